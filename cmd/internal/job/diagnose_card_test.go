package job

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign/testca"
)

// scripted is a connection that answers by a function, and remembers the commands.
type scripted struct {
	card.Conn
	answer func(capdu []byte) ([]byte, error)
	sent   [][]byte
}

func (s *scripted) Transmit(capdu []byte) ([]byte, error) {
	s.sent = append(s.sent, bytes.Clone(capdu))
	return s.answer(capdu)
}

func (s *scripted) Begin() error { return nil }
func (s *scripted) End() error   { return nil }
func (s *scripted) Close() error { return nil }

// examined is what the doctor finds on a card, without the checks before it.
func examined(t *testing.T, conn card.Conn, change func(*Doctor)) *Diagnosis {
	t.Helper()
	home(t)
	d := &Doctor{Limit: time.Second}
	d.complete()
	if change != nil {
		change(d)
	}
	d.clock()
	d.examine(t.Context(), conn)
	return &Diagnosis{Checks: d.checks, Reached: true}
}

func TestApplicationsAreSelectedAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		name, answering string
		answer          func(n int, id []byte) []byte
	}{
		{"all", "jpki_ap profile_input_ap profile_display_ap juki_ap common_ap", func(int, []byte) []byte { return []byte{0x90, 0x00} }},
		{"none", "", func(int, []byte) []byte { return []byte{0x6A, 0x82} }},
		{"unwell at first", "jpki_ap profile_input_ap profile_display_ap juki_ap common_ap", func(n int, _ []byte) []byte {
			if n == 1 {
				return []byte{0x6F, 0x00}
			}
			return []byte{0x90, 0x00}
		}},
		{"without jpki", "profile_input_ap profile_display_ap juki_ap common_ap", func(_ int, id []byte) []byte {
			if id[0] == 0xD3 && id[1] == 0x92 && id[2] == 0xF0 {
				return []byte{0x6A, 0x82}
			}
			return []byte{0x61, 0x20}
		}},
	} {
		s := &scripted{}
		s.answer = func(capdu []byte) ([]byte, error) { return c.answer(len(s.sent), capdu[5:]), nil }
		answering, silent, err := selectApplications(s)
		if err != nil || strings.Join(answering, " ") != c.answering || len(answering)+len(silent) != len(applications) {
			t.Errorf("%s: %v, %v, %v", c.name, answering, silent, err)
		}
		for _, capdu := range s.sent {
			if !bytes.HasPrefix(capdu, []byte{0x00, 0xA4, 0x04, 0x0C}) {
				t.Errorf("%s: sent % X", c.name, capdu)
			}
		}
		if last := s.sent[len(s.sent)-1]; !bytes.Equal(last[5:], []byte{0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}) {
			t.Errorf("%s: the last one selected is % X", c.name, last)
		}
	}
}

func TestFailuresOfTheCard(t *testing.T) {
	for _, c := range []struct {
		name, want string
		answer     func(capdu []byte) ([]byte, error)
	}{
		{"removed", "applications/removed", func([]byte) ([]byte, error) { return nil, card.ErrRemoved }},
		{"no sense", "applications/failed", func([]byte) ([]byte, error) { return []byte{0x90}, nil }},
		{"unwell", "token/failed", func([]byte) ([]byte, error) { return []byte{0x6F, 0x00}, nil }},
		{"service gone", "applications/failed", func([]byte) ([]byte, error) { return nil, card.ErrNoService }},
		{"broken", "applications/failed", func([]byte) ([]byte, error) { return nil, errors.New("broken") }},
	} {
		d := examined(t, &scripted{answer: c.answer}, nil)
		if cause := d.Cause(); cause == nil || cause.Name+"/"+cause.State != c.want {
			t.Errorf("%s: %v", c.name, cause)
		}
		for _, check := range d.Checks {
			if check.State == "failed" && len(check.Facts) != 1 {
				t.Errorf("%s: %v does not say how", c.name, check)
			}
		}
	}
}

// TestHangingCard has a card that stops answering; the doctor goes on without it.
func TestHangingCard(t *testing.T) {
	for after, want := range map[int]string{0: "applications", 6: "token", 12: "auth_certificate"} {
		hangingCard(t, after, want)
	}
}

func hangingCard(t *testing.T, after int, want string) {
	release := make(chan struct{})
	defer close(release)
	s := &scripted{}
	s.answer = func([]byte) ([]byte, error) {
		if len(s.sent) > after {
			<-release
		}
		return []byte{0x90, 0x00}, nil
	}
	start := time.Now()
	d := examined(t, s, func(d *Doctor) { d.Limit = 50 * time.Millisecond })
	if took := time.Since(start); took > 2*time.Second {
		t.Errorf("took %v", took)
	}
	if cause := d.Cause(); cause == nil || cause.Name != want || cause.State != "hanging" {
		t.Errorf("after %d commands: %v", after, cause)
	}
	if last := d.Checks[len(d.Checks)-1]; last.Name != "auth_pin" || last.State != "not_looked_at" {
		t.Errorf("%v", last)
	}
}

// practiceContent is a card's content, issued with the given options.
func practiceContent(t *testing.T, opts ...testca.Option) (content emu.Content, authority *testca.CA) {
	t.Helper()
	signCA, err1 := testca.New()
	authority, err2 := testca.New(testca.ForAuthentication())
	key, err3 := rsa.GenerateKey(rand.Reader, 2048)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	signCert, err1 := signCA.IssueSigning(&key.PublicKey, testca.SampleOwner(), opts...)
	authCert, err2 := authority.IssueAuth(&key.PublicKey, opts...)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return emu.Content{
		SignKey: key, SignCert: signCert.Raw, SignCA: signCA.Cert.Raw,
		AuthKey: key, AuthCert: authCert.Raw, AuthCA: authority.Cert.Raw,
	}, authority
}

func cardWith(t *testing.T, profile emu.Profile, content emu.Content) card.Conn {
	t.Helper()
	c, err := emu.Create(filepath.Join(t.TempDir(), "card.json"), profile, content)
	if err != nil {
		t.Fatal(err)
	}
	return inProcess{c}
}

func TestCertificatesOfTheCard(t *testing.T) {
	content, _ := practiceContent(t)
	from, to := time.Now(), EndOfDay(time.Now(), 1000)
	for _, c := range []struct {
		days        int // from now on the clock
		want, cause string
	}{
		{0, "valid", ""},
		{700, "valid_this_year", ""},
		{1000 - 90, "expires_soon", ""},
		{1002, "expired", "auth_certificate/expired"},
		{-1, "not_yet_valid", "clock/before_certificate"},
	} {
		dated, _ := practiceContent(t, testca.WithValidity(from, to))
		content.AuthCert, content.AuthCA, content.AuthKey = dated.AuthCert, dated.AuthCA, dated.AuthKey
		d := examined(t, cardWith(t, emu.Mynumber, content), func(d *Doctor) {
			d.Clock = func() time.Time { return time.Now().AddDate(0, 0, c.days) }
		})
		if got := stateIn(d, "auth_certificate"); got != c.want {
			t.Errorf("in %d days: %s, want %s", c.days, got, c.want)
		}
		if cause := d.Cause(); (cause == nil) != (c.cause == "") || cause != nil && cause.Name+"/"+cause.State != c.cause {
			t.Errorf("in %d days: %v", c.days, cause)
		}
	}
}

func stateIn(d *Diagnosis, name string) string {
	i := slices.IndexFunc(d.Checks, func(c Check) bool { return c.Name == name })
	if i < 0 {
		return ""
	}
	return d.Checks[i].State
}

func TestHostileContentOfTheCard(t *testing.T) {
	good, _ := practiceContent(t)
	for _, c := range []struct {
		name   string
		change func(*emu.Content)
		check  string
		want   string
	}{
		{"cut authentication certificate", func(c *emu.Content) { c.AuthCert = c.AuthCert[:300] }, "auth_certificate", "malformed"},
		{"no certificate at all", func(c *emu.Content) { c.AuthCert = bytes.Repeat([]byte{0x30, 0x01}, 50) }, "auth_certificate", "malformed"},
		{"CA of nonsense", func(c *emu.Content) { c.SignCA = []byte{0x30, 0x03, 0x02, 0x01, 0x00} }, "sign_ca", "malformed"},
	} {
		content := good
		c.change(&content)
		d := examined(t, cardWith(t, emu.Mynumber, content), nil)
		if got := stateIn(d, c.check); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.name, c.check, got, c.want)
		}
		if stateIn(d, "auth_pin") != "full" {
			t.Errorf("%s: the rest was not looked at", c.name)
		}
	}
}

func TestIssuersOfTheCard(t *testing.T) {
	for _, c := range []struct {
		organization string
		want         string
	}{
		{"JPKI-TEST", "test"},
		{"JPKI", "unknown"},
		{"Somebody", "unknown"},
	} {
		authority, err := testca.New(testca.ForAuthentication(), testca.WithOrganization(c.organization))
		if err != nil {
			t.Fatal(err)
		}
		content, _ := practiceContent(t)
		cert, err := authority.IssueAuth(&content.AuthKey.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		content.AuthCert, content.AuthCA = cert.Raw, authority.Cert.Raw
		d := examined(t, cardWith(t, emu.Mynumber, content), nil)
		if got := stateIn(d, "auth_issuer"); got != c.want {
			t.Errorf("%s: issuer %s, want %s", c.organization, got, c.want)
		}
		if got := stateIn(d, "auth_ca"); got != c.want {
			t.Errorf("%s: CA %s, want %s", c.organization, got, c.want)
		}
	}
}
