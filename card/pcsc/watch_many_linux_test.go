package pcsc_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/pcsc"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

func TestSeveralWhoWaitLetOthersAsk(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for range 3 {
		states := pcsc.Watch(ctx)
		await(t, states, "the readers", first(empty))
		go func() {
			for {
				select {
				case <-states:
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	time.Sleep(100 * time.Millisecond)
	c, _ := newCard(t)
	insert(t, c, pcsctest.Addr)
	begin := time.Now()
	for range 20 {
		if err := signOnce(pcsc.Options{}, func() {}); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("20 signatures in %v", time.Since(begin))
	if d := time.Since(begin); d > 5*time.Second {
		t.Errorf("20 signatures took %v", d)
	}
}

func TestSeveralWhoWatchSeeEachChange(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var all []<-chan pcsc.State
	for range 4 {
		all = append(all, pcsc.Watch(ctx))
	}
	c, _ := newCard(t)
	for range 3 {
		pull := insert(t, c, pcsctest.Addr)
		for _, states := range all {
			await(t, states, "a card that came", first(present))
		}
		pull()
		for _, states := range all {
			await(t, states, "a card that went", first(empty))
		}
	}
	before := spent(t)
	time.Sleep(time.Second)
	if used := spent(t) - before; used > 20*time.Millisecond {
		t.Errorf("%v of processor time in a second without a change", used)
	}
}

func TestWhoSawLessIsToldAtOnce(t *testing.T) {
	if _, ok := inService(t); !ok {
		return
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	c, _ := newCard(t)
	awaitBefore := pcsc.Look(t)
	insert(t, c, pcsctest.Addr)
	awaitAfter := pcsc.Look(t)
	after := make(chan error, 1)
	go func() { after <- awaitAfter(ctx) }()
	time.Sleep(100 * time.Millisecond) // until it waits
	if err := awaitBefore(ctx); err != nil {
		t.Errorf("a card that came before somebody else began to wait: %v", err)
	}
	if err := <-after; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("where nothing happened: %v", err)
	}
}
