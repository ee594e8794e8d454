package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// checked is a file that was verified, or why it could not be.
type checked struct {
	request VerifyRequest
	result  *Verified // nil if err is not
	err     error
	open    map[int]bool // signatures whose details are unfolded
}

// batch is what came of verifying files. Those that the user stopped are not among checked.
type batch struct {
	asked   int
	checked []*checked
}

// requests says what to verify if files were chosen together: two of which one is a
// signature belong together, as do those whose names say so; the others are verified one
// by one.
func requests(ctx context.Context, describe func(context.Context, string) Document, files []string, practice bool) []VerifyRequest {
	files = withoutSigned(files)
	if len(files) == 2 {
		a, b := describe(ctx, files[0]).Kind, describe(ctx, files[1]).Kind
		switch {
		case a == SignatureDocument && b != SignatureDocument:
			return []VerifyRequest{{File: files[0], Content: files[1], Practice: practice}}
		case b == SignatureDocument && a != SignatureDocument:
			return []VerifyRequest{{File: files[1], Content: files[0], Practice: practice}}
		}
	}
	var all []VerifyRequest
	for _, f := range files {
		all = append(all, VerifyRequest{File: f, Practice: practice})
	}
	return all
}

// withoutSigned leaves out what is named twice, and the documents whose signatures are
// among files, too: they are found beside those.
func withoutSigned(files []string) []string {
	here, taken := map[string]bool{}, map[string]bool{}
	for _, f := range files {
		here[f] = true
	}
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		drop := taken[f] || here[f+".p7s"]
		taken[f] = true
		return drop
	})
}

// verifyAll runs requests one after the other until ctx ends.
func verifyAll(ctx context.Context, verify func(context.Context, VerifyRequest) (*Verified, error), requests []VerifyRequest, show func(Progress)) batch {
	b := batch{asked: len(requests)}
	for i, q := range requests {
		if ctx.Err() != nil {
			break
		}
		q.Progress = func(p Progress) {
			p.Index, p.Count = i, len(requests)
			show(p)
		}
		v, err := guarded(ctx, func(ctx context.Context) (*Verified, error) { return verify(ctx, q) })
		if err != nil && ctx.Err() != nil {
			break
		}
		q.Progress = nil
		b.checked = append(b.checked, &checked{request: q, result: v, err: err, open: map[int]bool{}})
	}
	return b
}

// verdicts are all verdicts, the worst first.
var verdicts = []sign.Verdict{
	sign.Failed, sign.ModifiedAfter, sign.Indeterminate, sign.NoSignature, sign.PassedRevocationUnchecked, sign.Passed,
}

// worstFirst puts results in the order in which they need attention: after the files that
// could not be verified, the worst verdict first.
func worstFirst(list []*checked) []*checked {
	rank := func(c *checked) int {
		if c.err != nil {
			return -1
		}
		return slices.Index(verdicts, c.result.Verdict)
	}
	slices.SortStableFunc(list, func(x, y *checked) int { return rank(x) - rank(y) })
	return list
}

// headline is the outcome in a few words.
func (c *checked) headline(l msg.Lang) string {
	if c.err != nil {
		return msg.WindowError(l, c.err).Message
	}
	return c.result.Headline(l).Message
}

func (c *checked) tone() tone {
	if c.err != nil {
		return problemTone
	}
	return verdictTone(c.result.Verdict)
}

// verdictTone is that of a headline. A good sign is for what nothing is left open about.
func verdictTone(v sign.Verdict) tone {
	if v == sign.Passed {
		return goodTone
	}
	return findingTone(v)
}

// has tells whether something with that code was found.
func (c *checked) has(code string) bool {
	is := func(f sign.Finding) bool { return f.Code == code }
	return slices.ContainsFunc(c.result.Findings, is) || slices.ContainsFunc(c.result.Signatures, func(s sign.Signature) bool {
		return slices.ContainsFunc(s.Findings, is)
	})
}

// holdsDocument tells whether there is a document inside the signature which is what
// every signer signed.
func holdsDocument(v *Verified) bool {
	broken := func(s sign.Signature) bool { return s.Signer == nil || len(s.Covers.Sum) == 0 || !s.Covers.Attached }
	return len(v.Signatures) > 0 && v.Verdict != sign.Failed && !slices.ContainsFunc(v.Signatures, broken)
}

// documentName is the name to propose for the document inside the signature at path.
func documentName(path string) string {
	name := filepath.Base(path)
	if ext := filepath.Ext(name); strings.EqualFold(ext, ".p7m") || strings.EqualFold(ext, ".p7s") {
		return strings.TrimSuffix(name, ext)
	}
	return name + ".content"
}
