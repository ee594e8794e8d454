package pcsc

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card"
)

// Diagnosis is what lies between a program and the cards, as facts without words. It
// serves to explain why a card cannot be reached; to reach one use [Find].
type Diagnosis struct {
	Host
	Version string // of the service's program, empty where it does not tell
	Access  Access
	Err     error           // of the step that failed; nil if Access is Granted and the readers were listed
	Readers []ReaderDetails // in the service's order; nil unless Access is Granted
}

// Access is how far a program comes with the service.
type Access string

// The outcomes of asking the service.
const (
	Granted       Access = "granted"
	Stopped       Access = "stopped"        // nothing is there to connect to
	StaleSocket   Access = "stale_socket"   // a socket that nobody listens at
	SocketRefused Access = "socket_refused" // the permissions of the socket refuse this user
	PolicyRefused Access = "policy_refused" // the service itself refuses this user (polkit)
	Mismatched    Access = "mismatched"     // library and service speak different versions of their protocol
	Hanging       Access = "hanging"        // the service does not answer in time
	Broken        Access = "broken"         // anything else
)

// ReaderDetails is a reader with what else the service tells of it.
type ReaderDetails struct {
	Reader
	Shared      bool // a program is connected to the card
	Unpowered   bool // the card has no power
	Unavailable bool // the reader itself cannot be used
	Driver      string
	Kind        ReaderKind
}

// Diagnose looks at every layer up to the readers, at files below root, the root of the
// file system (nil: at none). No step takes longer than limit, which must be below ten
// seconds. The cards themselves are left alone.
func Diagnose(ctx context.Context, root fs.FS, limit time.Duration) *Diagnosis {
	d := &Diagnosis{}
	if root != nil {
		d.Host = readHost(root)
		d.Version = programVersion(ctx, limit, d.Program)
	}
	s, err := limited(ctx, limit, establishContext, release)
	if d.Access = accessOf(err); d.Access != Granted {
		d.Err = err
		return d
	}
	d.Readers, d.Err = limited(ctx, limit, func() ([]ReaderDetails, error) { return details(s) }, keep)
	if errors.Is(d.Err, context.DeadlineExceeded) {
		d.Access = Hanging
		return d // s may still be in use
	}
	defer s.Release()
	for i := range d.Readers {
		r := &d.Readers[i]
		if r.Shared || r.InUse {
			continue // whoever has the card may make us wait
		}
		// A driver that does not tell, or not in time, stays unknown.
		r.Driver, _ = limited(ctx, limit, func() (string, error) { return driver(r.Name) }, keep)
	}
	return d
}

// limited is [patiently] for steps that concern no card.
func limited[T any](ctx context.Context, limit time.Duration, f func() (T, error), discard func(T)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return patiently(ctx, "", f, discard)
}

// keep discards nothing.
func keep[T any](T) {}

func release(s *scard.Context) {
	if s != nil {
		s.Release()
	}
}

// accessOf tells what an error of [scard.EstablishContext] means. Many states hide behind
// one code, so that the socket is asked too:
//   - The library says "no service" of whatever it cannot connect to.
//   - When polkit refuses a client, pcscd closes the connection without a word. The library
//     calls that no service, a failed communication or a violated security, as it happens
//     to notice (pcsc-lite, winscard_svc.c and winscard_msg.c).
//   - A service that speaks another version of the protocol answers "stopped" (the same).
func accessOf(err error) Access {
	switch {
	case err == nil:
		return Granted
	case errors.Is(err, context.DeadlineExceeded):
		return Hanging
	}
	socket := dialSocket()
	switch {
	case errors.Is(socket, fs.ErrPermission):
		return SocketRefused
	case errors.Is(socket, syscall.ECONNREFUSED):
		return StaleSocket
	case socket != nil, runtime.GOOS == "windows" && errors.Is(stateOf(err), card.ErrNoService):
		return Stopped
	case errors.Is(err, scard.ErrServiceStopped):
		return Mismatched
	case slices.ContainsFunc(cutOff, func(code error) bool { return errors.Is(err, code) }):
		return PolicyRefused
	}
	return Broken
}

// cutOff are the codes for a connection that the service closes.
var cutOff = []error{scard.ErrNoService, scard.ErrCommError, scard.ErrSecurityViolation, scard.ErrNoAccess}

// state is the state that the other commands call a by, or err where it has none.
func (a Access) state(err error) error {
	switch a {
	case SocketRefused, PolicyRefused:
		return card.ErrNotPermitted
	case Stopped, StaleSocket, Mismatched:
		return card.ErrNoService
	}
	return err
}

// details lists the readers and what the service knows without touching them.
func details(s *scard.Context) ([]ReaderDetails, error) {
	found, err := survey(s)
	if err != nil {
		return nil, err
	}
	readers := make([]ReaderDetails, len(found))
	for i, r := range found {
		readers[i] = ReaderDetails{
			Reader:      readerOf(r),
			Shared:      r.EventState&scard.StateInuse != 0,
			Unpowered:   r.EventState&scard.StateUnpowered != 0,
			Unavailable: r.EventState&scard.StateUnavailable != 0,
			Kind:        kindOfReader(r.Reader),
		}
	}
	return readers, nil
}

// driver returns the maker and the version of the driver of a reader, as the driver tells
// them (PC/SC part 3, attributes 0x0100 and 0x0102). A direct connection reaches the
// reader only: the card in it is not powered and keeps its state.
func driver(reader string) (string, error) {
	s, err := scard.EstablishContext()
	if err != nil {
		return "", err
	}
	defer s.Release()
	c, err := s.Connect(reader, scard.ShareDirect, scard.ProtocolUndefined)
	if err != nil {
		return "", err
	}
	defer c.Disconnect(scard.LeaveCard)
	vendor, err := c.GetAttrib(scard.AttrVendorName)
	if err != nil {
		return "", err
	}
	version, err := c.GetAttrib(scard.AttrVendorIfdVersion)
	if err != nil {
		version = nil
	}
	return driverName(vendor, version), nil
}

// driverName is a driver's maker and version: two bytes of build, then minor and major.
func driverName(vendor, version []byte) string {
	name := visible(string(vendor))
	if len(version) == 4 {
		name += fmt.Sprintf(" %d.%d.%d", version[3], version[2], binary.LittleEndian.Uint16(version))
	}
	return name
}

var versionOf = regexp.MustCompile(`version ([0-9][0-9.]*[0-9])`)

// programVersion asks the service's program for its version, which starts no service.
func programVersion(ctx context.Context, limit time.Duration, path string) string {
	if path == "" {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if m := versionOf.FindSubmatch(out); err == nil && m != nil {
		return string(m[1])
	}
	return ""
}

// Named returns the readers that [Find] would look into for a reader's name, "" being all
// of them. Its errors are those of Find for names that fit no reader or several.
func (d *Diagnosis) Named(name string) ([]ReaderDetails, error) {
	var all surveyed
	for _, r := range d.Readers {
		all = append(all, scard.ReaderState{Reader: r.Name})
	}
	fit, err := all.named(name)
	var readers []ReaderDetails
	for _, r := range d.Readers {
		if slices.Contains(fit.names(), r.Name) {
			readers = append(readers, r)
		}
	}
	return readers, err
}
