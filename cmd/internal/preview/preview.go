// Package preview looks at a file before somebody signs or verifies it: what it is, how
// large, and what of it can be shown.
//
// It is for the eyes of the user only, who must see what is about to be signed. What a
// signature holds is for package job to say; nothing here decides whether a file may be
// signed. Files may be of any origin: all that is read is bounded, and what cannot be
// understood is left out.
package preview

import (
	"bytes"
	"context"
	"image"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign/cms"
)

// Kind is what a file is to somebody who signs or verifies.
type Kind string

// The kinds.
const (
	PDF       Kind = "pdf"
	Tax       Kind = "xtx" // e-Tax's XML
	XML       Kind = "xml"
	Text      Kind = "text"
	Image     Kind = "image"
	Signature Kind = "signature" // CMS in DER, BER, PEM or S/MIME, or a file named like one
	Other     Kind = "other"
)

// Document is a file as it is shown before it is signed or verified.
type Document struct {
	Path  string
	Err   error // why it cannot be used; a [job.Error]
	Kind  Kind
	Size  int64       // bytes
	Pages int         // of a PDF; 0 = unknown
	Text  string      // the beginning of text and XML
	More  bool        // there is more than Text
	Image image.Image // of an image, at most MaxSide wide and high; nil if too large or broken

	// Beside tells whether a signature of the file lies beside it.
	Beside bool
}

// Describe looks at the file at path. It reads a part of the file that is bounded, takes a
// few seconds at most, and ends early when ctx does: the document then lacks what was not
// read yet.
func Describe(ctx context.Context, path string) Document {
	d := Document{Path: path, Kind: Other}
	f, info, err := job.OpenDocument(path)
	if err != nil {
		d.Err = err
		return d
	}
	defer f.Close()
	head, err := job.ReadHead(path)
	if err != nil {
		d.Err = err
		return d
	}
	d.Size, d.Beside = info.Size(), job.SignatureBeside(path)
	d.fill(ctx, f, head)
	return d
}

// fill finds out what the file is that begins with head.
func (d *Document) fill(ctx context.Context, f *os.File, head []byte) {
	switch {
	case cms.Detect(head), job.NamedSignature(d.Path):
		d.Kind = Signature
	case isPDF(head):
		d.Kind = PDF
		d.Pages = countPages(ctx, f, d.Size)
	case isImage(head):
		d.Kind = Image
		d.Image = readImage(ctx, f)
	default:
		d.fillText(head)
	}
}

// fillText takes over the text that begins with head, if it is text.
func (d *Document) fillText(head []byte) {
	part := head[:min(len(head), MaxText)]
	whole := int64(len(part)) == d.Size
	text, ok := decode(part, whole)
	if !ok {
		return
	}
	d.Text, d.More = text, !whole
	extension := strings.ToLower(filepath.Ext(d.Path))
	switch {
	case extension == ".xtx", isTax(text):
		d.Kind = Tax
	case extension == ".xml", isXML(text):
		d.Kind = XML
	default:
		d.Kind = Text
	}
}

// isPDF looks for the header of a PDF within the first 1024 bytes, where readers accept it
// (ISO 32000-1, annex H, implementation note 13 of the Adobe supplement).
func isPDF(head []byte) bool {
	return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-"))
}

// reading ends with its context, between one read and the next.
type reading struct {
	ctx context.Context
	io.Reader
}

func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
