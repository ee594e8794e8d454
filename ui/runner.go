package ui

import (
	"context"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
)

// runner starts all work off the drawing thread. It is the only place of this package
// with a goroutine.
type runner struct {
	ctx  context.Context
	stop context.CancelFunc
	do   func(func()) // hands a function to the drawing thread
	busy sync.WaitGroup
}

func newRunner() *runner {
	ctx, stop := context.WithCancel(context.Background())
	return &runner{ctx: ctx, stop: stop, do: fyne.Do}
}

// start runs work off the drawing thread and done, with its result, on it. The function
// returned ends the context of work. Once the runner is stopped, nothing is begun.
func start[T any](r *runner, work func(ctx context.Context) (T, error), done func(T, error)) context.CancelFunc {
	ctx, cancel := context.WithCancel(r.ctx)
	if ctx.Err() != nil {
		return cancel
	}
	r.busy.Add(1)
	go func() {
		defer r.busy.Done()
		defer cancel()
		result, err := guarded(ctx, work)
		r.do(func() { done(result, err) })
	}()
	return cancel
}

// guarded is work whose panic is an error: what it had begun is cleaned up by whoever
// began it, and the window goes on.
func guarded[T any](ctx context.Context, work func(ctx context.Context) (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return work(ctx)
}

// ask has the drawing thread ask the user, and waits for the answer. It is for work that
// needs one on the way, such as a PIN.
func ask[T any](ctx context.Context, r *runner, question func(answer func(T, error))) (T, error) {
	type answered struct {
		value T
		err   error
	}
	answers := make(chan answered, 1)
	r.do(func() {
		question(func(value T, err error) {
			select {
			case answers <- answered{value, err}:
			default: // asked and answered already
			}
		})
	})
	select {
	case a := <-answers:
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// settle calls done on the drawing thread once all work has ended, of a runner that was
// stopped.
func (r *runner) settle(done func()) {
	go func() {
		r.busy.Wait()
		r.do(done)
	}()
}
