package job

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
)

// VerifyRequest says what to verify and what to trust.
type VerifyRequest struct {
	File    string    // a signature, or a document with its signature beside it; "-" is Stdin
	Content string    // the document of a detached signature; "" = look beside File
	At      time.Time // zero = now
	Trust
	AllowWeak         bool
	RequireRevocation bool
	Extract           string // where attached content goes; "" = nowhere, "-" = Stdout
	Force             bool   // an existing file is replaced by the extracted content
	Progress          func(Progress)
	Stdin             io.Reader
	Stdout            io.Writer
}

// Verified is the result of a verification.
type Verified struct {
	*sign.Report
	File    string    // the signature
	Content string    // the document, if one beside the signature was looked at
	At      time.Time // the time judged at, if it was not the present
}

// VerifyFile verifies the signature that r names. What it extracts is there only if the
// content is intact.
func VerifyFile(ctx context.Context, r VerifyRequest) (*Verified, error) {
	judge, err := r.judge()
	if err != nil {
		return nil, err
	}
	v, err := r.locate()
	if err != nil || v.Report != nil {
		return v, err
	}
	v.At = r.At
	o := &sign.VerifyOptions{Judge: judge, Timestamps: judge.timestamps(), Certificates: judge.certs, At: r.At, AllowWeak: r.AllowWeak, RequireRevocation: r.RequireRevocation}
	out, err := r.extractTo(o, v)
	if err != nil {
		return nil, err
	}
	if out != nil {
		defer out.Abort()
	}
	if v.Report, err = r.verify(ctx, v, o); err != nil {
		return nil, err
	}
	if out != nil && extractable(v.Report) {
		err = out.Commit()
	}
	return v, err
}

// extractable tells whether the content may be used: it is what every signer signed,
// though it may not be known whether they are to be trusted.
func extractable(r *sign.Report) bool {
	for _, s := range r.Signatures {
		if s.Signer == nil || len(s.Covers.Sum) == 0 || !s.Covers.Attached {
			return false
		}
	}
	return r.Verdict != sign.Failed && len(r.Signatures) > 0
}

// locate finds out which file is the signature and which the document. Where nothing is
// signed, it says so in a report.
func (r *VerifyRequest) locate() (*Verified, error) {
	if r.File == Stdio {
		return &Verified{File: Stdio, Content: r.Content}, nil
	}
	info, err := checkInput(r.File)
	if err != nil {
		return nil, err
	}
	head, err := ReadHead(r.File)
	if err != nil {
		return nil, err
	}
	switch {
	case cms.Detect(head) || r.Content != "" || NamedSignature(r.File):
		return &Verified{File: r.File, Content: r.besides()}, nil
	case SignatureBeside(r.File):
		return &Verified{File: r.File + ".p7s", Content: r.File}, nil
	}
	report := &sign.Report{Format: sign.CMS, Verdict: sign.NoSignature}
	if info.Size() == 0 {
		report.Findings = append(report.Findings, sign.Finding{Code: "file_empty", Verdict: sign.NoSignature})
	}
	return &Verified{File: r.File, Report: report}, nil
}

// besides is the document of the detached signature File, which may have been extended.
func (r *VerifyRequest) besides() string {
	if r.Content != "" {
		return r.Content
	}
	name, ok := strings.CutSuffix(r.File, ".p7s")
	if !ok {
		return ""
	}
	for _, level := range []string{"", "-t", "-lt"} {
		if document, ok := strings.CutSuffix(name, level); ok && exists(document) {
			return document
		}
	}
	return ""
}

// SignatureBeside tells whether a signature of the document at path lies beside it.
func SignatureBeside(path string) bool { return exists(path + ".p7s") }

// NamedSignature tells whether a file's name says that it is a CMS signature, so that
// one which cannot be read is broken, and not a document without a signature.
func NamedSignature(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".p7s", ".p7m", ".p7b", ".p7", ".cms":
		return true
	}
	return false
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// ReadHead reads as much of a file as tells its format.
func ReadHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, reading(path, err)
	}
	defer f.Close()
	head := make([]byte, cms.HeadSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, reading(path, err)
	}
	return head[:n], nil
}

// extractTo prepares the file for attached content.
func (r *VerifyRequest) extractTo(o *sign.VerifyOptions, v *Verified) (committer, error) {
	switch r.Extract {
	case "":
		return nil, nil
	case Stdio:
		out := &stdout{w: r.Stdout}
		o.Extract = out
		return out, nil
	}
	inputs := append([]string{r.File, v.File, v.Content}, slices.Concat(r.Anchors, r.Certs, r.CRLs)...)
	out, err := newOutput(r.Extract, r.Force, inputs...)
	if err != nil {
		return nil, err
	}
	o.Extract = out
	return out, nil
}

// verify reads the signature and the document. Where the signature holds a document, too,
// the two must be the same: whoever names a document wants to know about that one.
func (r *VerifyRequest) verify(ctx context.Context, v *Verified, o *sign.VerifyOptions) (*sign.Report, error) {
	p := Progress{File: v.File, Count: 1, Total: -1}
	advance := func(n int) {
		p.Done += int64(n)
		if r.Progress != nil {
			r.Progress(p)
		}
	}
	sig, err := openInput(ctx, v.File, r.Stdin, advance)
	if err != nil {
		return nil, err
	}
	defer sig.Close()
	p.Total = sig.size()
	var content io.Reader
	if v.Content != "" {
		doc, err := openInput(ctx, v.Content, r.Stdin, advance)
		if err != nil {
			return nil, err
		}
		defer doc.Close()
		p.Total += doc.size()
		content = doc
	}
	report, err := cms.Verify(ctx, sig, content, o)
	if err != nil && ctx.Err() == nil {
		err = reading(v.File, err)
	}
	return report, err
}
