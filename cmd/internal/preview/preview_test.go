package preview

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
)

// file writes data under name in a folder of its own.
func file(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func describe(t testing.TB, name string, data []byte) Document {
	t.Helper()
	d := Describe(context.Background(), file(t, name, data))
	if d.Err != nil {
		t.Fatalf("%s: %v", name, d.Err)
	}
	if d.Size != int64(len(data)) {
		t.Errorf("%s: size %d, want %d", name, d.Size, len(data))
	}
	return d
}

const taxReturn = `<?xml version="1.0" encoding="UTF-8"?>
<DATA xmlns="http://xml.e-tax.nta.go.jp/XSD/shotoku" id="DATA"><A>練習</A></DATA>
`

// signedData is the beginning of a SignedData in DER: the OID, then a version.
const signedData = "\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x02\x01\x01"

// pdfOf is a PDF with that many empty pages.
func pdfOf(pages int) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, args...)...)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 3+i))
	}
	object("<< /Type /Pages /Count %d /Kids [%s] >>", pages, strings.Join(kids, " "))
	for range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func picture(width, height int) image.Image {
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
	for x := range width {
		img.SetColorIndex(x, x%height, 1)
	}
	return img
}

func pngOf(t testing.TB, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture(width, height)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestKindsAreToldByContentAndName(t *testing.T) {
	armored := "-----BEGIN PKCS7-----\n" + base64.StdEncoding.EncodeToString([]byte(signedData+strings.Repeat("\x00", 40))) + "\n"
	message := "MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=\"b\"\r\n\r\n--b\r\n"
	for _, c := range []struct {
		name, data string
		want       Kind
	}{
		{"申告書.pdf", string(pdfOf(1)), PDF},
		{"scan", "\xef\xbb\xbfsome mail before\n%PDF-1.7\n", PDF},
		{"kakutei.xtx", taxReturn, Tax},
		{"KAKUTEI.XTX", taxReturn, Tax},
		{"kakutei.xml", taxReturn, Tax},
		{"broken.xtx", "not xml, but said to be", Tax},
		{"a.xml", "<?xml version=\"1.0\"?><a/>", XML},
		{"a", "<?xml version=\"1.0\"?><a/>", XML},
		{"a", "\n<svg xmlns=\"http://www.w3.org/2000/svg\">", XML},
		{"a.txt", "<これは山括弧で始まる文です>", Text},
		{"memo.txt", "こんにちは\r\n", Text},
		{"empty.txt", "", Text},
		{"a.p7s", signedData, Signature},
		{"a.bin", signedData, Signature},
		{"a.txt", armored, Signature},
		{"a.eml", message, Signature},
		{"damaged.P7M", "no signature at all", Signature},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", Other},
		{"a.zip", "PK\x03\x04\x14\x00\x06\x00", Other},
		{"a.xtx", "PK\x03\x04\x14\x00\x06\x00", Other},
		{"p.png", string(pngOf(t, 3, 2)), Image},
		{"p.png", "\x89PNG\r\n\x1a\nnothing more", Image},
	} {
		if d := describe(t, c.name, []byte(c.data)); d.Kind != c.want {
			t.Errorf("%s (%.20q): kind %s, want %s", c.name, c.data, d.Kind, c.want)
		}
	}
}

func TestTextIsReadInEveryEncoding(t *testing.T) {
	const poem = "春はあけぼの。やうやう白くなりゆく山ぎは、\r\nカタカナ、ABC 123"
	want := strings.ReplaceAll(poem, "\r\n", "\n")
	for name, e := range map[string]encoding.Encoding{
		"UTF-8":            unicode.UTF8,
		"UTF-8 with a BOM": unicode.UTF8BOM,
		"Shift_JIS":        japanese.ShiftJIS,
		"EUC-JP":           japanese.EUCJP,
		"UTF-16LE":         unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"UTF-16BE":         unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	} {
		data, err := e.NewEncoder().Bytes([]byte(poem))
		if err != nil {
			t.Fatal(err)
		}
		if d := describe(t, "memo.txt", data); d.Kind != Text || d.Text != want || d.More {
			t.Errorf("%s: kind %s, more %t, text %q", name, d.Kind, d.More, d.Text)
		}
	}
}

func TestXMLIsReadInTheEncodingItDeclares(t *testing.T) {
	// In EUC-JP and in Shift_JIS alike, these bytes are sound.
	data, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>ｱｱｱｱ</a>"))
	if err != nil {
		t.Fatal(err)
	}
	if d := describe(t, "a.xml", data); !strings.Contains(d.Text, "<a>ｱｱｱｱ</a>") {
		t.Errorf("text %q", d.Text)
	}
	// What is declared wrongly is read as what it is.
	d := describe(t, "a.xml", []byte("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>髙﨑</a>"))
	if d.Kind != XML || !strings.Contains(d.Text, "髙﨑") {
		t.Errorf("kind %s, text %q", d.Kind, d.Text)
	}
}

func TestLongTextIsCutAtALetter(t *testing.T) {
	for name, e := range map[string]encoding.Encoding{"UTF-8": unicode.UTF8, "Shift_JIS": japanese.ShiftJIS, "EUC-JP": japanese.EUCJP} {
		for shift := range 3 {
			data, err := e.NewEncoder().Bytes([]byte(strings.Repeat("x", shift) + strings.Repeat("漢字", MaxText/2)))
			if err != nil {
				t.Fatal(err)
			}
			d := describe(t, "long.txt", data)
			if d.Kind != Text || !d.More || !utf8.ValidString(d.Text) || strings.ContainsRune(d.Text, utf8.RuneError) {
				t.Errorf("%s, shifted by %d: kind %s, more %t, end %q", name, shift, d.Kind, d.More, d.Text[max(0, len(d.Text)-9):])
			}
			if got := []rune(d.Text); len(got) < MaxText/3 || len(got) > MaxText {
				t.Errorf("%s: %d letters", name, len(got))
			}
		}
	}
}

func TestWhatNoEncodingExplainsIsNoText(t *testing.T) {
	for _, data := range []string{"abc\x00def", "漢字\xff\xff", "\x1b[31mred", "end in half a letter \x81"} {
		if d := describe(t, "a.txt", []byte(data)); d.Kind != Other || d.Text != "" {
			t.Errorf("%q: kind %s, text %q", data, d.Kind, d.Text)
		}
	}
}

func TestPagesOfAPDFAreCounted(t *testing.T) {
	for _, pages := range []int{1, 3, 40} {
		if d := describe(t, "a.pdf", pdfOf(pages)); d.Pages != pages {
			t.Errorf("%d pages, want %d", d.Pages, pages)
		}
	}
}

func TestPagesThatCannotBeCountedAreUnknown(t *testing.T) {
	whole := pdfOf(3)
	for name, data := range map[string][]byte{
		"only a header": []byte("%PDF-1.7\n"),
		"cut off":       whole[:40],
		"lies":          bytes.Replace(whole, []byte("/Count 3"), []byte("/Count -3"), 1),
		"lies more":     bytes.Replace(whole, []byte("/Count 3 /Kids"), []byte("/Count 99999999999 /Kids"), 1),
		"loops":         bytes.Replace(whole, []byte("/Pages 2 0 R"), []byte("/Pages 1 0 R"), 1),
	} {
		if d := describe(t, "a.pdf", data); d.Kind != PDF || d.Pages != 0 {
			t.Errorf("%s: kind %s, %d pages", name, d.Kind, d.Pages)
		}
	}
	if d := describe(t, "large.pdf", append(whole, make([]byte, maxPDF)...)); d.Pages != 0 {
		t.Errorf("a large file: %d pages", d.Pages)
	}
}

func TestCountingEndsWithItsContext(t *testing.T) {
	counting <- struct{}{} // as if another count did not end
	defer func() { <-counting }()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if d := Describe(ctx, file(t, "a.pdf", pdfOf(2))); d.Pages != 0 || d.Err != nil || d.Kind != PDF {
		t.Errorf("%+v", d)
	}
}

func TestImagesAreMadeSmall(t *testing.T) {
	var jpg, animation bytes.Buffer
	if err := jpeg.Encode(&jpg, picture(2000, 500), nil); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&animation, picture(40, 30), nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		data          []byte
		width, height int
	}{
		{"a.png", pngOf(t, 3000, 1500), MaxSide, MaxSide / 2},
		{"a.png", pngOf(t, 2, 4000), 1, MaxSide},
		{"a.png", pngOf(t, 100, 50), 100, 50},
		{"a.jpg", jpg.Bytes(), MaxSide, MaxSide / 4},
		{"a.gif", animation.Bytes(), 40, 30},
	} {
		d := describe(t, c.name, c.data)
		if d.Image == nil {
			t.Errorf("%s: no image", c.name)
			continue
		}
		if size := d.Image.Bounds().Size(); size != image.Pt(c.width, c.height) {
			t.Errorf("%s: %v, want %d×%d", c.name, size, c.width, c.height)
		}
	}
}

func TestHugeAndBrokenImagesAreNotShown(t *testing.T) {
	whole := pngOf(t, 30, 20)
	huge := bytes.Clone(whole)
	copy(huge[16:], "\x00\x00\xff\xff\x00\x00\xff\xff") // the header's width and height
	for name, data := range map[string][]byte{"huge": fixCRC(huge), "cut off": whole[:len(whole)-30]} {
		if d := describe(t, "a.png", data); d.Kind != Image || d.Image != nil {
			t.Errorf("%s: kind %s, image %v", name, d.Kind, d.Image != nil)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if d := Describe(ctx, file(t, "a.png", whole)); d.Image != nil {
		t.Error("an image was read that is no longer wanted")
	}
}

func TestSignatureBesideIsSeen(t *testing.T) {
	path := file(t, "a.txt", []byte("a"))
	if Describe(context.Background(), path).Beside {
		t.Error("a signature is seen where there is none")
	}
	if err := os.WriteFile(path+".p7s", []byte(signedData), 0o600); err != nil {
		t.Fatal(err)
	}
	if !Describe(context.Background(), path).Beside {
		t.Error("the signature is not seen")
	}
}

func TestWhatIsNoFileIsAnErrorWithItsCode(t *testing.T) {
	dir := t.TempDir()
	paths := map[string]string{
		dir:                          "input_directory",
		filepath.Join(dir, "absent"): "input_missing",
		os.DevNull:                   "input_special",
	}
	addSpecial(t, dir, paths)
	for path, want := range paths {
		d := Describe(context.Background(), path)
		var coded *job.Error
		if !errors.As(d.Err, &coded) || coded.Code() != want {
			t.Errorf("%s: error %v, want %s", path, d.Err, want)
		}
	}
}
