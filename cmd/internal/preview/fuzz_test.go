package preview

import (
	"context"
	"encoding/binary"
	"hash/crc32"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// fixCRC makes the checksum of a PNG's header fit what was changed in it.
func fixCRC(data []byte) []byte {
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// FuzzDescribe looks at any file under any name: it never panics, and what it shows is
// sound and bounded.
func FuzzDescribe(f *testing.F) {
	etax, err := os.ReadFile("../../../testdata/etax/kakutei.xtx")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(".xtx", etax)
	f.Add(".pdf", pdfOf(2))
	f.Add(".png", pngOf(f, 20, 10))
	f.Add(".png", fixCRC(pngOf(f, 9, 9)))
	f.Add(".gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
	f.Add(".jpg", []byte("\xff\xd8\xff\xe0"))
	f.Add(".p7s", []byte(signedData))
	f.Add(".xml", []byte("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x82\xa0</a>"))
	f.Add(".txt", []byte("\xff\xfe\x42\x30"))
	f.Add("", []byte{})
	path := file(f, "name", nil)
	f.Fuzz(func(t *testing.T, extension string, data []byte) {
		if strings.ContainsAny(extension, "/\\\x00") || len(extension) > 20 {
			return
		}
		if err := os.WriteFile(path+extension, data, 0o600); err != nil {
			t.Skip(err)
		}
		defer os.Remove(path + extension)
		d := Describe(context.Background(), path+extension)
		switch {
		case d.Err != nil:
			t.Fatal(d.Err)
		case d.Size != int64(len(data)):
			t.Fatalf("size %d of %d", d.Size, len(data))
		case !utf8.ValidString(d.Text) || len(d.Text) > 3*MaxText:
			t.Fatalf("text of %d bytes, valid %t", len(d.Text), utf8.ValidString(d.Text))
		case d.Pages < 0 || d.Pages > maxPages || d.Pages > 0 && d.Kind != PDF:
			t.Fatalf("%d pages of %s", d.Pages, d.Kind)
		case d.Image != nil && (d.Kind != Image || max(d.Image.Bounds().Dx(), d.Image.Bounds().Dy()) > MaxSide):
			t.Fatalf("image of %v", d.Image.Bounds())
		}
	})
}
