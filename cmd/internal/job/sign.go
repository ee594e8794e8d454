package job

import (
	"context"
	"io"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
)

// SignRequest says what to sign and how.
type SignRequest struct {
	Files        []string // "-" is Stdin
	Output       string   // a file (for one input), a folder, "-" for Stdout, or "" for beside the input
	Options      sign.Options
	Raise             // to a level above B
	Force        bool // existing files are replaced
	LastTry      bool // the last try of the password may be spent
	AllowExpired bool // an expired certificate may sign
	PIN          card.PINFunc
	Progress     func(Progress) // may be nil
	Stdin        io.Reader
	Stdout       io.Writer
}

// Progress tells how far the work is.
type Progress struct {
	File  string
	Index int   // of File, from 0
	Count int   // files in all
	Done  int64 // bytes of File that were read
	Total int64 // bytes of File; -1 if unknown

	// Signing tells that all files were read and the card signs File, so that Done and
	// Total say nothing any more.
	Signing bool
}

// Signed is the result for one file.
type Signed struct {
	Input  string
	Output string
	Format sign.Format
	Level  sign.Level
	Err    error
}

// SignFiles signs files with one entry of the password. What would keep a file from
// being read or written is found before the password is asked; all files are hashed
// before the card signs, in one short transaction. A file that fails does not stop the
// others. If the card leaves or ctx ends while the card signs, what is signed by then is
// kept, and the results of the others say why they are not; an error returned means that
// none was signed. What a level above B needs is fetched once all are signed, and before
// any of them gets its place: then it is all or nothing.
func SignFiles(ctx context.Context, c *Card, r SignRequest) ([]Signed, error) {
	b := plan(&r)
	defer b.abort()
	if !b.alive() {
		return b.results(), nil
	}
	var extend *cms.ExtendOptions
	if r.above() {
		var err error
		if extend, _, err = r.options(); err != nil {
			return nil, err
		}
	}
	id, err := c.Identity(GuardLastTry(r.PIN, r.LastTry))
	if err != nil {
		return nil, err
	}
	if err := checkValidity(id.Cert, time.Now()); err != nil && !r.AllowExpired {
		return nil, err
	}
	if err := b.each(func(i int, f *file) error { return f.hash(ctx, i, len(b.files), id, &r) }); err != nil {
		return nil, err
	}
	if !b.alive() {
		return b.results(), nil
	}
	if err := b.finish(ctx, c, id.Signer, &r); err != nil {
		return nil, err
	}
	if extend != nil {
		if err := b.each(func(_ int, f *file) error { return f.raise(ctx, extend) }); err != nil {
			return nil, err
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	b.each(func(_ int, f *file) error { return f.out.Commit() })
	return b.results(), nil
}

// GuardLastTry refuses to spend the last try of a PIN unless it was allowed.
func GuardLastTry(pin card.PINFunc, allowed bool) card.PINFunc {
	return func(k card.Key, tries int) (card.PIN, error) {
		if tries == 1 && !allowed {
			return nil, fail("pin_last_try", nil, k)
		}
		return pin(k, tries)
	}
}
