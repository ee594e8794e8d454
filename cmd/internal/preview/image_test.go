package preview

import (
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestOneImageIsReadAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	f.Close()
	decoding <- struct{}{} // as another one that is being read
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if d := Describe(ctx, path); d.Kind != Image || d.Image != nil {
		t.Errorf("beside another: %+v", d)
	}
	<-decoding
	if d := Describe(t.Context(), path); d.Image == nil {
		t.Errorf("afterwards: %+v", d)
	}
}
