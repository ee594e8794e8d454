package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// secretLimit is the most characters of a secret that are kept. Every PIN is shorter;
// what is longer is malformed.
const secretLimit = 64

// codedError is an error of the command line that has an entry in the catalogue.
type codedError struct {
	code string
	args []any
}

func (e *codedError) Error() string { return e.code }
func (e *codedError) Code() string  { return e.code }
func (e *codedError) Args() []any   { return e.args }

// secrets asks for PINs: on the terminal, or line by line from a file descriptor.
type secrets struct {
	app *app
	fd  int // -1 = ask on the terminal
	src *os.File
}

// next returns the next secret. prompt says what is asked, name is what it is called in
// messages.
func (s *secrets) next(ctx context.Context, prompt, name string) (card.PIN, error) {
	if s.fd >= 0 {
		return s.line(name)
	}
	return askTerminal(ctx, prompt)
}

// line reads one line from the file descriptor, byte by byte so that no buffer keeps
// what belongs to the next one.
func (s *secrets) line(name string) (card.PIN, error) {
	if s.src == nil {
		s.src = os.NewFile(uintptr(s.fd), "pin-fd")
		if s.src == nil {
			return nil, &codedError{"pin_fd_unreadable", []any{s.fd}}
		}
	}
	l := newLine()
	defer l.wipe()
	for {
		switch n, err := s.src.Read(l.key[:]); {
		case n == 1 && l.key[0] == '\n':
			return l.take(), nil
		case n == 1:
			l.add(l.key[0])
		case errors.Is(err, io.EOF) && l.n > 0:
			return l.take(), nil
		case errors.Is(err, io.EOF):
			return nil, &codedError{"pin_missing", []any{name}}
		case err != nil:
			return nil, &codedError{"pin_fd_unreadable", []any{s.fd}}
		}
	}
}

// line is a secret while it is typed, in a buffer that never grows and so is never
// copied by the runtime.
type line struct {
	buf [secretLimit + 1]byte
	n   int
	key [1]byte
}

func newLine() *line { return new(line) }

func (l *line) add(b byte) {
	if l.n < len(l.buf) {
		l.buf[l.n] = b
		l.n++
	}
}

func (l *line) backspace() {
	if l.n > 0 {
		l.n--
	}
}

// take moves the secret out, without a carriage return at its end, and wipes the rest.
func (l *line) take() card.PIN {
	n := l.n
	if n > 0 && l.buf[n-1] == '\r' {
		n--
	}
	pin := make(card.PIN, n)
	copy(pin, l.buf[:n])
	l.wipe()
	return pin
}

func (l *line) wipe() {
	clear(l.buf[:])
	l.key[0], l.n = 0, 0
}

// askTerminal asks for a secret on the terminal itself, without echo.
func askTerminal(ctx context.Context, prompt string) (card.PIN, error) {
	in, out, err := openTerminal()
	if err != nil {
		return nil, &codedError{"no_terminal", nil}
	}
	defer in.Close()
	defer out.Close()
	restore, err := silence(in)
	if err != nil {
		return nil, &codedError{"no_terminal", nil}
	}
	defer restore()
	stop := context.AfterFunc(ctx, func() { in.SetReadDeadline(time.Now()) })
	defer stop()
	fmt.Fprint(out, prompt)
	defer fmt.Fprint(out, "\r\n")
	return typed(ctx, in)
}

// typed reads keys until Enter.
func typed(ctx context.Context, in io.Reader) (card.PIN, error) {
	l := newLine()
	defer l.wipe()
	for {
		n, err := in.Read(l.key[:])
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && n == 0 {
			return nil, context.Canceled
		}
		switch l.key[0] {
		case '\r', '\n':
			return l.take(), nil
		case 3, 4: // Ctrl-C, Ctrl-D
			return nil, context.Canceled
		case 8, 127:
			l.backspace()
		case 21: // Ctrl-U
			l.n = 0
		default:
			l.add(l.key[0])
		}
	}
}

// terminal is how to restore the terminal, while it is silenced.
var terminal struct {
	sync.Mutex
	restore func()
}

// silence turns echo off until restore is called.
func silence(tty *os.File) (restore func(), err error) {
	raw, err := tty.SyscallConn() // Fd would make reads block beyond a deadline
	if err != nil {
		return nil, err
	}
	var fd int
	var state *term.State
	var stateErr error
	if err := raw.Control(func(p uintptr) { fd = int(p); state, stateErr = term.MakeRaw(fd) }); err != nil {
		return nil, err
	}
	if stateErr != nil {
		return nil, stateErr
	}
	terminal.Lock()
	defer terminal.Unlock()
	terminal.restore = func() { term.Restore(fd, state) }
	return restoreTerminal, nil
}

// restoreTerminal undoes silence; it may be called at any time.
func restoreTerminal() {
	terminal.Lock()
	defer terminal.Unlock()
	if terminal.restore != nil {
		terminal.restore()
		terminal.restore = nil
	}
}

// pinPrompt is the question for the PIN of a key.
func (a *app) pinPrompt(k card.Key, tries int) string {
	if k == card.SignKey {
		return a.say(msg.AskSignPIN, tries)
	}
	return a.say(msg.AskAuthPIN, tries)
}

// askPIN returns the function that a card calls for a PIN.
func (a *app) askPIN(ctx context.Context, s *secrets) card.PINFunc {
	return func(k card.Key, tries int) (card.PIN, error) {
		return s.next(ctx, a.pinPrompt(k, tries), a.say(msg.KeyPIN(k)))
	}
}
