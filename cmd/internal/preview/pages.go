package preview

import (
	"bytes"
	"context"
	"io"
	"os"
	"sync"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// The limits of counting the pages of a PDF.
const (
	maxPDF     = 32 << 20 // bytes of the file
	maxDecoded = 16 << 20 // bytes of one stream, decoded
	maxPages   = 1_000_000
	pdfTime    = 5 * time.Second
)

// counting holds one token: a count that does not end in time is left to itself, and no
// other begins before it has ended.
var counting = make(chan struct{}, 1)

// countPages counts the pages of a PDF of size bytes. It returns 0 if that cannot be told
// within the limits.
func countPages(ctx context.Context, f *os.File, size int64) int {
	if size > maxPDF {
		return 0
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, size), data); err != nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	select {
	case counting <- struct{}{}:
	case <-ctx.Done():
		return 0
	}
	counted := make(chan int, 1)
	go func() {
		defer func() { <-counting }()
		counted <- pages(ctx, data)
	}()
	select {
	case n := <-counted:
		return n
	case <-ctx.Done():
		return 0
	}
}

// pages is how many pages the PDF data says it has, 0 if that cannot be read.
func pages(ctx context.Context, data []byte) (n int) {
	defer func() {
		if recover() != nil {
			n = 0 // a broken file may break the parser, which must not end the program
		}
	}()
	c, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), configuration())
	if err != nil || c.EnsurePageCount() != nil || c.PageCount < 0 || c.PageCount > maxPages {
		return 0
	}
	return c.PageCount
}

var withoutFolder = sync.OnceFunc(api.DisableConfigDir)

// configuration keeps the parser in its limits, and from making a folder for its settings.
func configuration() *model.Configuration {
	withoutFolder()
	conf := model.NewDefaultConfiguration()
	conf.Limits.MaxDecodeBytes = maxDecoded
	conf.Offline = true
	return conf
}
