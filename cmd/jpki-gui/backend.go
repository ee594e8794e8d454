package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/preview"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/ui"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// backend does what the window asks for, by the functions that the command line uses.
type backend struct {
	mu      sync.Mutex
	birth   pki.Birth // of the holder, if the signing certificate was read: new PINs must not be it
	watches int       // begun so far
	arrival string    // tells the card that was watched last from those before it
}

func newBackend() ui.Backend {
	b := &backend{}
	return ui.Backend{
		Version:          version(),
		Watch:            b.watch,
		ReadCard:         b.readCard,
		ResetPractice:    resetPractice,
		Certificates:     b.certificates,
		FileCertificates: b.fileCertificates,
		Export:           export,
		Remind:           remind,
		Describe:         describe,
		Sign:             signFiles,
		Verify:           verify,
		ChangePIN:        b.changePIN,
		WeakPIN:          b.weakPIN,
		Doctor:           diagnose,
		WriteFile:        func(path string, data []byte, replace bool) error { return job.WriteFile(path, data, replace, nil) },
	}
}

func (b *backend) watch(ctx context.Context, source string, show func(ui.Card)) {
	b.mu.Lock()
	b.watches++
	watch := b.watches
	b.mu.Unlock()
	job.WatchCard(ctx, job.Source{Reader: source}, func(s job.Snapshot) {
		if !s.Reading {
			b.arrived(watch, s.Arrival)
		}
		show(b.card(ctx, source, s))
	})
}

// arrived takes note of the card that a watch found, 0 = none.
func (b *backend) arrived(watch, arrival int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := fmt.Sprint(watch, ".", arrival)
	if watch != b.watches || now == b.arrival {
		return
	}
	b.arrival = now
	b.birth = pki.Birth{} // the card may be another person's
}

// lastArrival tells cards apart that nothing else does, such as two phones.
func (b *backend) lastArrival() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.arrival
}

func (b *backend) readCard(ctx context.Context, source string) ui.Card {
	return b.card(ctx, source, job.ReadCard(ctx, job.Source{Reader: source}))
}

// card is a snapshot as the window shows it.
func (b *backend) card(ctx context.Context, source string, s job.Snapshot) ui.Card {
	c := ui.Card{Reading: s.Reading, Err: s.Err, Reader: s.Reader, Info: s.Info, Tries: s.Tries}
	var where *card.ReaderError
	if errors.Is(s.Err, card.ErrSeveral) && errors.As(s.Err, &where) {
		c.Readers = where.Names
	}
	if c.Usable() {
		c.ID = b.lastArrival()
	}
	if s.Certificate != nil {
		c.ID = fmt.Sprintf("%x", s.Certificate.SHA256)
		if judged, err := judge(ctx, source, []*job.Certificate{s.Certificate}); err == nil {
			c.Auth = judged[0]
		}
	}
	return c
}

func (b *backend) certificates(ctx context.Context, source string, kinds []string, pin card.PINFunc) ([]*ui.Certificate, error) {
	c, err := job.Open(ctx, job.Source{Reader: source})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	var wanted []job.Kind
	for _, k := range kinds {
		wanted = append(wanted, job.Kind(k))
	}
	certs, err := c.Certificates(wanted, pin)
	if err != nil {
		return nil, err
	}
	if len(certs) == 0 {
		return nil, card.ErrNoCertificate
	}
	for _, cert := range certs {
		if cert.Kind == job.SignCert && cert.Owner != nil {
			b.know(cert.Owner.Birth)
		}
	}
	return judge(ctx, source, certs)
}

func (b *backend) fileCertificates(ctx context.Context, path string) ([]*ui.Certificate, error) {
	certs, err := job.FileCertificates(ctx, path, nil)
	if err != nil {
		return nil, err
	}
	return judge(ctx, "", certs)
}

func (b *backend) changePIN(ctx context.Context, q ui.PINChange) error {
	c, err := job.Open(ctx, job.Source{Reader: q.Source})
	if err != nil {
		return err
	}
	defer c.Close()
	return job.ChangePIN(ctx, c, job.PINChange{
		Key: q.Key, LastTry: q.LastTry, Known: b.known(), Unattended: true, // all was entered before
		Old: q.Old, New: q.New, Again: q.Again,
	})
}

func (b *backend) weakPIN(k card.Key, new, old card.PIN) error {
	return job.WeakPIN(k, new, old, b.known())
}

func (b *backend) know(birth pki.Birth) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.birth = birth
}

func (b *backend) known() job.Known {
	b.mu.Lock()
	defer b.mu.Unlock()
	return job.Known{Birth: b.birth}
}

func resetPractice() error {
	_, err := job.NewPractice("", "mynumber", time.Time{})
	return err
}

func describe(ctx context.Context, path string) ui.Document {
	d := preview.Describe(ctx, path)
	return ui.Document{
		Path: d.Path, Err: d.Err, Kind: ui.DocumentKind(d.Kind), Size: d.Size, Pages: d.Pages,
		Text: report.Printable(d.Text), More: d.More, Image: d.Image, Beside: d.Beside,
	}
}

func signFiles(ctx context.Context, q ui.SignRequest) ([]ui.Signed, error) {
	c, err := job.Open(ctx, job.Source{Reader: q.Source})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	r := job.SignRequest{
		Files: q.Files, Output: q.Folder, Force: q.Replace, LastTry: q.LastTry, PIN: q.PIN, Progress: progress(q.Progress),
	}
	r.Options.Attached = q.Attached
	results, err := job.SignFiles(ctx, c, r)
	var signed []ui.Signed
	for _, s := range results {
		signed = append(signed, ui.Signed{Input: s.Input, Output: s.Output, Err: s.Err})
	}
	return signed, err
}

func progress(show func(ui.Progress)) func(job.Progress) {
	return func(p job.Progress) { show(ui.Progress(p)) }
}

func verify(ctx context.Context, q ui.VerifyRequest) (*ui.Verified, error) {
	v, err := job.VerifyFile(ctx, job.VerifyRequest{
		File: q.File, Content: q.Content, Extract: q.Extract, Trust: job.Trust{Practice: q.Practice}, Progress: progress(q.Progress),
		Force: q.Replace,
	})
	if err != nil {
		return nil, err
	}
	return verified(v), nil
}

func diagnose(ctx context.Context, source string) *ui.Diagnosis {
	doctor := job.Doctor{Source: job.Source{Reader: source}, Version: version(), Built: job.Built()}
	d := doctor.Diagnose(ctx)
	out := &ui.Diagnosis{System: msg.System(d.Family)}
	for _, c := range d.Checks {
		out.Checks = append(out.Checks, ui.Check{Name: c.Name, State: c.State, Level: string(c.Level), Facts: c.Facts})
	}
	out.Text = text(func(w *bytes.Buffer, l msg.Lang) error { return report.DoctorText(w, l, d) })
	return out
}

// text is what write writes, which cannot fail into memory.
func text(write func(*bytes.Buffer, msg.Lang) error) func(msg.Lang) []byte {
	return func(l msg.Lang) []byte {
		var b bytes.Buffer
		if err := write(&b, l); err != nil {
			return nil
		}
		return b.Bytes()
	}
}

func remind(l msg.Lang, certs []*ui.Certificate, path string, replace bool) error {
	reminders := job.Reminders(handles(certs))
	calendar := job.Calendar(reminders, time.Now(), func(r job.Reminder) (string, string) {
		return msg.RemindTitle(string(r.Event)).In(l, msg.CertKind(string(r.Kind)).In(l)), msg.RemindText.In(l)
	})
	return job.WriteFile(path, calendar, replace, nil)
}
