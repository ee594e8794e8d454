package preview

import (
	"bytes"
	"context"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"os"

	"golang.org/x/image/draw"
)

// MaxSide is the width and the height that an image to be shown has at most, in pixels.
const MaxSide = 1024

// maxPixels is how many pixels an image may have to be shown: about 300 MB while it is read
// if each has 64 bits.
const maxPixels = 40_000_000

func isImage(head []byte) bool {
	for _, magic := range []string{"\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF87a", "GIF89a"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

// decoding holds one token: two images of the largest kind at once would take twice the
// memory.
var decoding = make(chan struct{}, 1)

// readImage reads an image and makes it small, after any that is being read. It returns nil
// if it is broken, too large, or no longer wanted.
func readImage(ctx context.Context, f *os.File) image.Image {
	select {
	case decoding <- struct{}{}:
		defer func() { <-decoding }()
	case <-ctx.Done():
		return nil
	}
	src := reading{ctx, f}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil
	}
	size, _, err := image.DecodeConfig(src)
	if err != nil || size.Width <= 0 || size.Height <= 0 || size.Width > maxPixels/size.Height {
		return nil
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil
	}
	img, _, err := image.Decode(src)
	if err != nil || ctx.Err() != nil {
		return nil
	}
	return small(img)
}

// small is img with no side longer than MaxSide.
func small(img image.Image) image.Image {
	from := img.Bounds()
	longest := max(from.Dx(), from.Dy())
	if longest <= MaxSide {
		return img
	}
	to := image.Rect(0, 0, max(1, from.Dx()*MaxSide/longest), max(1, from.Dy()*MaxSide/longest))
	out := image.NewRGBA(to)
	draw.BiLinear.Scale(out, to, img, from, draw.Src, nil)
	return out
}
