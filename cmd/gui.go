package cmd

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// windowPatience is how long the window is watched after its start. One that cannot
// open, for want of a display or of a library, ends within it.
const windowPatience = time.Second

// windowError is a window that did not open; its code is in the catalogue.
type windowError struct {
	code   string
	detail any
}

func (e *windowError) Error() string { return e.code }
func (e *windowError) Code() string  { return e.code }
func (e *windowError) Args() []any   { return []any{e.detail} }

func newGUI(a *app) *cobra.Command {
	return &cobra.Command{
		Use:     "gui [FILE…]",
		Short:   a.say(msg.GUIShort),
		Long:    a.say(msg.GUILong),
		Example: "  jpki gui\n  jpki gui kakutei.xtx\n  jpki gui -r emu:",
		RunE:    func(c *cobra.Command, args []string) error { return a.openWindow(a.windowArgs(c, args)) },
	}
}

// windowArgs are the arguments of the window: what was asked for here, and the files. The
// language is left to the window, which remembers its own, unless it was named.
func (a *app) windowArgs(c *cobra.Command, files []string) []string {
	var args []string
	if c.Flags().Changed("lang") {
		args = append(args, "--lang", a.lang.String())
	}
	if a.reader != "" {
		args = append(args, "-r", a.reader)
	}
	if len(files) > 0 {
		args = append(append(args, "--"), files...)
	}
	return args
}

// openWindow starts the window apart from this program and its terminal.
func (a *app) openWindow(args []string) error {
	path, err := windowProgram()
	if err != nil {
		return err
	}
	window := exec.Command(path, args...)
	detach(window)
	if err := window.Start(); err != nil {
		return &windowError{"window_not_started", err}
	}
	ended := make(chan error, 1)
	go func() { ended <- window.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return &windowError{"window_ended", err}
		}
	case <-time.After(windowPatience):
	}
	return nil
}

// openByClick opens the window for whoever double-clicked the program, and lets them read
// why if it does not open.
func (a *app) openByClick() error {
	err := a.openWindow(nil)
	if err == nil {
		return nil
	}
	code := a.report(err)
	keepConsole(a)
	return status(code)
}

// windowProgram is where jpki-gui is: beside this program, or in PATH.
func windowProgram() (string, error) {
	name := "jpki-gui"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if self, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(self); err == nil {
			self = real
		}
		if path, err := exec.LookPath(filepath.Join(filepath.Dir(self), name)); err == nil {
			return path, nil
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", &windowError{"window_missing", name}
	}
	return path, nil
}
