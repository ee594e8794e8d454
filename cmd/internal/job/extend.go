package job

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/cms"
	"github.com/jpki-desktop/jpki/sign/pki"
)

// Raise says to which level signatures are raised, and with whose help. The practice
// authorities count here: what they say is judged again by whoever verifies.
type Raise struct {
	Level sign.Level // "" = LevelB
	TSA   string     // address of a time-stamp authority; may be empty where a time-stamp is there
	Trust Trust      // for LevelLT: who certified the authority, and where to learn of revocation
}

func (r *Raise) above() bool { return r.Level != "" && r.Level != sign.LevelB }

// options makes what [cms.Extend] needs, and the judge that is behind it.
func (r *Raise) options() (*cms.ExtendOptions, *judge, error) {
	if r.TSA != "" {
		if err := pki.CheckTSA(r.TSA); err != nil {
			return nil, nil, err
		}
	}
	r.Trust.Practice = true
	j, err := r.Trust.judge()
	if err != nil {
		return nil, nil, err
	}
	a := &pki.Authority{TSA: r.TSA, Store: j.Store}
	return &cms.ExtendOptions{Level: r.Level, Authority: a, Timestamps: j.timestamps()}, j, nil
}

// timestamps is the judge of time-stamp authorities.
func (j *judge) timestamps() *judge { return &judge{j.For(pki.UseTimestamp), j.certs} }

// Informed implements [sign.InformedJudge].
func (j *judge) Informed(e *sign.Evidence) sign.Judge {
	return &judge{j.WithEvidence(e), j.certs}
}

// runError is about the whole run, not about one file.
type runError struct{ coded *Error }

func (e runError) Error() string { return e.coded.Error() }
func (e runError) Unwrap() error { return e.coded.err }
func (e runError) Code() string  { return e.coded.code }
func (e runError) Args() []any   { return e.coded.args }

// raising gives an error from raising the level of a signature its code.
func raising(err error) error {
	var token *cms.TokenError
	var evidence *pki.EvidenceError
	switch {
	case errors.As(err, &token) && token.Finding.Code == cms.TimestampUntrusted:
		return runError{fail("tsa_unknown", err, token.Finding.Detail)}
	case errors.As(err, &token):
		return runError{fail("tsa_token_bad", err, token.Finding)}
	case errors.As(err, &evidence):
		return runError{fail("evidence_missing", err, pki.SubjectText(evidence.Certificate), evidence.Finding)}
	case errors.Is(err, cms.ErrTooLarge):
		return runError{fail("evidence_too_large", err)}
	}
	return err
}

// ExtendRequest says which signature is to be extended.
type ExtendRequest struct {
	File   string // a CMS signature; "-" is Stdin
	Output string // a file, "-" for Stdout, or "" for beside File, with the level in its name
	Raise
	Force    bool // an existing file is replaced
	Progress func(Progress)
	Stdin    io.Reader
	Stdout   io.Writer
}

// Extended is a signature that was extended.
type Extended struct {
	Input, Output string
	Format        sign.Format
	Level         sign.Level
}

// ExtendFile writes a signature with its level raised to a new file. A signature that is
// not valid is not extended. Nothing is there unless everything could be had.
func ExtendFile(ctx context.Context, r ExtendRequest) (*Extended, error) {
	o, judge, err := r.options()
	if err != nil {
		return nil, err
	}
	e := &Extended{Input: r.File, Output: r.output(), Format: sign.CMS, Level: r.Level}
	src, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	defer src.close()
	out := committer(&stdout{w: r.Stdout})
	if e.Output != Stdio {
		if out, err = newOutput(e.Output, r.Force, r.File); err != nil {
			return nil, err
		}
	}
	defer out.Abort()
	if err := r.check(ctx, src, judge); err != nil {
		return nil, err
	}
	err = raising(cms.Extend(ctx, out, src, o))
	if errors.Is(err, cms.ErrMessage) {
		err = fail("extend_no_signature", err, r.File)
	}
	if err != nil {
		return nil, err
	}
	return e, out.Commit()
}

// output is where the new signature goes: NAME-t.p7s for NAME.p7s.
func (r *ExtendRequest) output() string {
	switch {
	case r.Output != "":
		return r.Output
	case r.File == Stdio:
		return Stdio
	}
	extension := filepath.Ext(r.File)
	return strings.TrimSuffix(r.File, extension) + "-" + string(r.Level) + extension
}

// seekable is a signature that is read more than once.
type seekable struct {
	io.ReadSeeker
	in    *input
	spool *os.File
}

func (s *seekable) close() {
	s.in.Close()
	removeSpool(s.spool)
}

// open opens the signature; standard input is copied to a temporary file.
func (r *ExtendRequest) open(ctx context.Context) (*seekable, error) {
	in, err := openInput(ctx, r.File, r.Stdin, func(int) {})
	if err != nil {
		return nil, err
	}
	if in.file != nil {
		return &seekable{ReadSeeker: in.file, in: in}, nil
	}
	f := &file{}
	if _, _, err := f.spoolInput(in); err != nil {
		removeSpool(f.spool)
		return nil, err
	}
	return &seekable{f.spool, in, f.spool}, nil
}

// check refuses what is no signature, and a signature that is not valid.
func (r *ExtendRequest) check(ctx context.Context, src io.ReadSeeker, judge *judge) error {
	report, err := cms.Verify(ctx, src, nil, &sign.VerifyOptions{Judge: judge, Timestamps: judge.timestamps()})
	if err != nil {
		return reading(r.File, err)
	}
	switch report.Verdict {
	case sign.NoSignature:
		return fail("extend_no_signature", nil, r.File)
	case sign.Failed:
		return fail("extend_bad", nil, r.File, gravest(report))
	}
	_, err = src.Seek(0, io.SeekStart)
	return reading(r.File, err)
}

// gravest is the finding that made a report fail.
func gravest(r *sign.Report) sign.Finding {
	all := slices.Clone(r.Findings)
	for _, s := range r.Signatures {
		all = append(all, s.Findings...)
	}
	i := slices.IndexFunc(all, func(f sign.Finding) bool { return f.Verdict == sign.Failed })
	return all[i] // nothing else makes it fail
}

// draft holds a signature of level B until its level is raised: attached, beside its
// output, as it may be large.
type draft struct {
	bytes.Buffer
	file *os.File
}

// target is where a signature of level B goes first.
func (f *file) target(r *SignRequest) (io.Writer, error) {
	switch {
	case !r.above():
		return f.out, nil
	case !r.Options.Attached:
		return &f.draft.Buffer, nil
	}
	dir := os.TempDir()
	if f.Output != Stdio {
		dir = filepath.Dir(f.Output)
	}
	var err error
	f.draft.file, err = newSpool(dir)
	return f.draft.file, err
}

// raise writes the signature with its level raised.
func (f *file) raise(ctx context.Context, o *cms.ExtendOptions) error {
	if f.draft.file == nil {
		return raising(cms.Extend(ctx, f.out, bytes.NewReader(f.draft.Bytes()), o))
	}
	if _, err := f.draft.file.Seek(0, io.SeekStart); err != nil {
		return writing(f.draft.file.Name(), err)
	}
	return raising(cms.Extend(ctx, f.out, f.draft.file, o))
}
