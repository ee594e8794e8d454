package job

import (
	"cmp"
	"context"
	"crypto"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
)

// committer is an output that appears as a whole or not at all.
type committer interface {
	io.Writer
	Commit() error
	Abort()
}

// file is one file on its way.
type file struct {
	Signed
	out     committer
	pending *cms.Pending
	signed  bool // by the card; not in its place yet
	draft   draft
	spool   *os.File // a copy of standard input, when its size must be known first
}

type batch struct{ files []*file }

// plan decides where each file's signature goes, and finds what can go wrong there.
func plan(r *SignRequest) *batch {
	b := &batch{}
	taken := map[string]bool{}
	for _, path := range r.Files {
		f := &file{Signed: Signed{Input: path, Format: sign.CMS, Level: cmp.Or(r.Level, sign.LevelB)}}
		b.files = append(b.files, f)
		if f.Output, f.Err = outputPath(path, r); f.Err != nil {
			continue
		}
		if path != Stdio {
			if _, f.Err = checkInput(path); f.Err != nil {
				continue
			}
		}
		if f.Output == Stdio {
			f.out = &stdout{w: r.Stdout}
			continue
		}
		if taken[f.Output] {
			f.Err = fail("output_twice", nil, f.Output)
			continue
		}
		taken[f.Output] = true
		f.out, f.Err = newOutput(f.Output, r.Force, r.Files...)
	}
	return b
}

// newOutput is NewOutput, and refuses to replace one of the inputs of the work.
func newOutput(path string, force bool, inputs ...string) (committer, error) {
	if out, err := os.Stat(path); err == nil {
		for _, input := range inputs {
			if in, err := os.Stat(input); err == nil && os.SameFile(in, out) {
				return nil, fail("output_is_input", nil, path)
			}
		}
	}
	o, err := NewOutput(path, force)
	if err != nil {
		return nil, err // not a nil *Output in an interface
	}
	return o, nil
}

// outputPath is where the signature of the file at path goes.
func outputPath(path string, r *SignRequest) (string, error) {
	suffix := ".p7s"
	if r.Options.Attached {
		suffix = ".p7m"
	}
	if r.Output == "" && path != Stdio {
		return path + suffix, nil
	}
	if r.Output == "" || r.Output == Stdio {
		return Stdio, nil
	}
	info, err := os.Stat(r.Output)
	folder := err == nil && info.IsDir()
	switch {
	case folder && path == Stdio:
		return "", fail("output_unwritable", nil, r.Output)
	case folder:
		return filepath.Join(r.Output, filepath.Base(path)+suffix), nil
	case strings.HasSuffix(r.Output, string(filepath.Separator)):
		return "", fail("output_unwritable", err, r.Output)
	}
	return r.Output, nil
}

// alive tells whether there is a file left to work on.
func (b *batch) alive() bool {
	for _, f := range b.files {
		if f.Err == nil {
			return true
		}
	}
	return false
}

// each does step to every file that has not failed. An error that is about the card or
// the whole run, not about one file, stops it.
func (b *batch) each(step func(i int, f *file) error) error {
	for i, f := range b.files {
		if f.Err != nil {
			continue
		}
		f.Err = step(i, f)
		if f.Err != nil && !ofFile(f.Err) {
			return f.Err
		}
	}
	return nil
}

// finish has the card sign what was read. If that ends early, the files that were signed
// go on, unless all of them are wanted for a level above B; the others have the reason.
func (b *batch) finish(ctx context.Context, c *Card, key crypto.Signer, r *SignRequest) error {
	signed := 0
	err := b.each(func(i int, f *file) error {
		if r.Progress != nil {
			r.Progress(Progress{File: f.Input, Index: i, Count: len(b.files), Total: -1, Signing: true})
		}
		err := c.in(f.pending.Finish(ctx, key))
		if f.signed = err == nil; f.signed {
			signed++
		}
		return err
	})
	if err != nil && (signed == 0 || r.above()) {
		return err
	}
	c.Release() // the card may be gone, and what it signed is good all the same
	for _, f := range b.files {
		if f.Err == nil && !f.signed {
			f.Err = err
		}
	}
	return nil
}

// ofFile tells whether err concerns one file only.
func ofFile(err error) bool {
	var coded *Error
	return errors.As(err, &coded) || errors.Is(err, sign.ErrSizeChanged)
}

func (b *batch) results() []Signed {
	list := make([]Signed, len(b.files))
	for i, f := range b.files {
		list[i] = f.Signed
	}
	return list
}

func (b *batch) abort() {
	for _, f := range b.files {
		if f.out != nil {
			f.out.Abort()
		}
		removeSpool(f.spool)
		removeSpool(f.draft.file)
	}
}

// hash reads the document once; attached, it is copied to the output on the way.
func (f *file) hash(ctx context.Context, index, count int, id *sign.Identity, r *SignRequest) error {
	p := Progress{File: f.Input, Index: index, Count: count, Total: -1}
	in, err := openInput(ctx, f.Input, r.Stdin, func(n int) {
		p.Done += int64(n)
		if r.Progress != nil {
			r.Progress(p)
		}
	})
	if err != nil {
		return err
	}
	defer in.Close()
	p.Total = in.size()
	src, o := io.Reader(in), r.Options
	if o.Attached {
		o.Size = in.size()
		if in.file == nil {
			src, o.Size, err = f.spoolInput(in)
		}
	}
	if err != nil {
		return err
	}
	dst, err := f.target(r)
	if err != nil {
		return err
	}
	f.pending, err = cms.Prepare(ctx, dst, src, id.Cert, id.Chain, &o)
	if err == nil {
		err = in.unchanged()
	}
	if err != nil && !ofFile(err) && ctx.Err() == nil {
		err = reading(f.Input, err)
	}
	return err
}

// spoolInput copies standard input to a temporary file: attached content is preceded by
// its length, which a pipe does not tell.
func (f *file) spoolInput(in io.Reader) (io.Reader, int64, error) {
	var err error
	if f.spool, err = newSpool(os.TempDir()); err != nil {
		return nil, 0, err
	}
	n, err := io.Copy(f.spool, in)
	if err != nil {
		return nil, 0, writing(f.spool.Name(), err)
	}
	_, err = f.spool.Seek(0, io.SeekStart)
	return f.spool, n, err
}
