// Command jpki-gui is the window of jpki: it shows the certificates of Japan's public
// identity card, signs and verifies files, and looks after the PINs.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// Version is the version of this build; the Makefile sets it.
var Version = ""

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && Version == "" {
		return info.Main.Version
	}
	return Version
}

//go:embed data/icon.svg
var icon []byte

// appID names the program to the system.
const appID = "io.github.jpki_desktop.jpki"

func main() { os.Exit(run(os.Args[1:], os.Stderr)) }

func run(args []string, stderr io.Writer) int {
	job.Harden()
	o, err := parse(args)
	if err != nil {
		fmt.Fprintln(stderr, "jpki-gui:", msg.WindowUsage.In(msg.EnvLang(os.Getenv)))
		return 2
	}
	listener, err := handOver(request{Files: o.files, Source: o.source})
	if listener == nil && err == nil {
		return 0 // the window that is there has it
	}
	removeAtExit()
	// A window without a place to hand files to is better than none, so err is let pass.
	err = show(o, listener)
	job.RemoveUnfinished()
	if err != nil {
		fmt.Fprintf(stderr, "jpki-gui: %s\n(%v)\n", msg.NoDisplay.In(msg.EnvLang(os.Getenv)), err)
		return 1
	}
	return 0
}

type options struct {
	lang   string
	source string
	files  []string
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("jpki-gui", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.lang, "lang", "", "")
	flags.StringVar(&o.source, "r", "", "")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if _, ok := msg.ParseLang(o.lang); !ok && o.lang != "" {
		return o, fmt.Errorf("unknown language")
	}
	for _, f := range flags.Args() {
		path, err := filepath.Abs(f) // the window that takes it over may be in another folder
		if err != nil {
			return o, err
		}
		o.files = append(o.files, path)
	}
	return o, nil
}

// show shows the window until it is closed. The error is that there is no display.
func show(o options, listener net.Listener) error {
	dropToolkitSettings()
	os.Setenv("FYNE_THEME", "light")  // our looks are our own: nobody needs to ask the system for its
	os.MkdirAll(xdg.CacheHome, 0o700) // the toolkit makes only the last folder of its own
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("jpki.svg", icon))
	b, r := newBackend(), &rest{}
	b.Do = r.do
	b.Open = func(path string) error { return a.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}) }
	b.Save = func(s ui.Settings) {
		if err := save(s); err != nil {
			fyne.LogError("the settings are not kept", err)
		}
	}
	w := ui.New(a, b, settings(o.lang))
	if listener != nil {
		defer listener.Close()
		go receive(listener, func(q request) { w.Open(q.Source, q.Files) })
	}
	if err := open(w, o.source); err != nil {
		return err
	}
	quitBySignal(w)
	for _, shown := range a.Driver().AllWindows() {
		shown.SetOnClosed(func() {
			r.end()
			if listener != nil {
				listener.Close() // who starts the program from now on gets a window
			}
			time.AfterFunc(lastWait, func() { finish(0) })
		})
	}
	w.Open("", o.files)
	r.after(awake)
	a.Run()
	return nil
}

// lastWait is how long the toolkit may take to end after its window is closed. Now and then
// it waits for ever: for an event that was queued while it empties the queue (fyne 2.8.1,
// internal/driver/glfw/loop.go).
const lastWait = 2 * time.Second

// finish ends the program and leaves no half file.
func finish(code int) {
	job.RemoveUnfinished()
	os.Exit(code)
}

// quitBySignal closes w when the system or the user asks for it, and ends at once when that
// is asked for again. The toolkit's own answer leaves no time to stop work. It is undone once
// it is there, which the toolkit sees to beside its loop when that begins.
func quitBySignal(w *ui.Window) {
	asks := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	interrupted := make(chan os.Signal, 1)
	take := func() {
		signal.Reset(asks...)
		signal.Notify(interrupted, asks...)
	}
	take()
	go fyne.Do(take)
	time.AfterFunc(awake, take)
	go func() {
		<-interrupted
		w.Quit()
		<-interrupted
		finish(1)
	}()
}

// open shows w. Without a display the toolkit panics (fyne 2.8.1, driver/glfw/loop_desktop.go).
func open(w *ui.Window, source string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("showing the window: %v", p)
		}
	}()
	w.Show(source)
	return nil
}
