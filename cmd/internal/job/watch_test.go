package job

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
)

// watching runs WatchCard until stop is called or t ends, when it must return at once.
func watching(t *testing.T, s Source) (shots chan Snapshot, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	shots = make(chan Snapshot, 1000)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		WatchCard(ctx, s, func(shot Snapshot) { shots <- shot })
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case <-ended:
		case <-time.After(100 * time.Millisecond):
			t.Error("still watching 100 ms after the end")
		}
	})
	t.Cleanup(stop)
	return shots, stop
}

func seen(t *testing.T, shots <-chan Snapshot, what string, fits func(Snapshot) bool) Snapshot {
	t.Helper()
	var last Snapshot
	for deadline := time.After(15 * time.Second); ; {
		select {
		case last = <-shots:
			if fits(last) {
				return last
			}
		case <-deadline:
			t.Fatalf("not seen: %s; last %+v", what, last)
		}
	}
}

func unseen(t *testing.T, shots <-chan Snapshot, what string) {
	t.Helper()
	select {
	case shot := <-shots:
		t.Errorf("%s: shown %+v", what, shot)
	case <-time.After(time.Second):
	}
}

func state(err error) func(Snapshot) bool {
	return func(s Snapshot) bool { return errors.Is(s.Err, err) && !s.Reading }
}

func usable(s Snapshot) bool    { return s.Err == nil && !s.Reading }
func beingRead(s Snapshot) bool { return s.Reading }

func TestWatchCardReadsAPracticeCardOnce(t *testing.T) {
	home(t)
	shots, _ := watching(t, Source{Reader: PracticeReader})
	if s := <-shots; !s.Reading {
		t.Errorf("shown first: %+v", s)
	}
	if s := seen(t, shots, "the card", usable); s.Reader != PracticeReader || s.Arrival != 1 || s.Certificate == nil || s.Tries[card.SignKey] != 5 {
		t.Errorf("shown %+v", s)
	}
	unseen(t, shots, "nothing happens")
}

func TestReadCardOfEachProfile(t *testing.T) {
	home(t)
	for _, c := range []struct {
		profile     emu.Profile
		tries       map[card.Key]int
		certificate bool
	}{
		{emu.Mynumber, map[card.Key]int{card.AuthKey: 3, card.SignKey: 5}, true},
		{emu.Juki, map[card.Key]int{card.SignKey: 5}, false},
		{emu.Android, map[card.Key]int{card.AuthKey: 3, card.SignKey: 5}, false},
		{emu.Expired, map[card.Key]int{card.AuthKey: 3, card.SignKey: 5}, true},
		{emu.Blocked, map[card.Key]int{card.AuthKey: 0, card.SignKey: 0}, true},
	} {
		file := filepath.Join(t.TempDir(), "card.json")
		if _, err := NewPractice(file, c.profile, time.Time{}); err != nil {
			t.Fatal(err)
		}
		s := ReadCard(t.Context(), Source{Reader: PracticeReader + file})
		if s.Err != nil || s.CertificateErr != nil || !maps.Equal(s.Tries, c.tries) || (s.Certificate != nil) != c.certificate {
			t.Errorf("%s: %+v", c.profile, s)
		}
	}
}

// spoiled answers the reading of the authentication certificate (file 000A) in its own way.
type spoiled struct {
	card.Conn
	answer   []byte
	err      error
	selected bool
}

func (s *spoiled) Transmit(capdu []byte) ([]byte, error) {
	if capdu[1] == 0xA4 {
		s.selected = bytes.HasSuffix(capdu, []byte{0x02, 0x00, 0x0A})
	}
	if s.selected && capdu[1] == 0xB0 {
		return s.answer, s.err
	}
	return s.Conn.Transmit(capdu)
}

func TestDamagedCertificateHidesNothingElse(t *testing.T) {
	for _, c := range []struct {
		name        string
		answer      []byte
		err         error
		certificate func(error) bool // why there is none
		whole       error
	}{
		{"none", []byte{0xFF, 0xFF, 0x90, 0x00}, nil, isNil, nil},
		{"not a certificate", []byte{0x30, 0x02, 0x05, 0x00, 0x90, 0x00}, nil, func(err error) bool { return errors.Is(err, card.ErrMalformed) }, nil},
		{"unreadable", []byte{0x65, 0x81}, nil, isStatus, nil},
		{"removed", nil, card.ErrRemoved, isNil, card.ErrRemoved},
	} {
		_, e, err := insert(t)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := card.New(&spoiled{Conn: inProcess{e}, answer: c.answer, err: c.err})
		if err != nil {
			t.Fatal(err)
		}
		var s Snapshot
		err = s.read(&Card{opened, "emu:"})
		if !errors.Is(err, c.whole) || !c.certificate(s.CertificateErr) || s.Certificate != nil || len(s.Tries) != 2 {
			t.Errorf("%s: %+v, %v", c.name, s, err)
		}
	}
}

func isNil(err error) bool { return err == nil }

func isStatus(err error) bool {
	status, ok := errors.AsType[*card.StatusError](err)
	return ok && status.SW == 0x6581
}

func TestReadCardTellsWhyThereIsNone(t *testing.T) {
	home(t)
	file := document(t, "not a card")
	s := ReadCard(t.Context(), Source{Reader: PracticeReader + file})
	if e, ok := errors.AsType[*Error](s.Err); !ok || e.Code() != "practice_unreadable" || s.Reader != "" {
		t.Errorf("%+v", s)
	}
}
