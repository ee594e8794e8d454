package pcsc_test

import (
	"context"
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
