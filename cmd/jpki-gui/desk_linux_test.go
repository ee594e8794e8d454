package main_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ebfe/scard"

	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// programs is the folder of the programs under test, built once by TestMain.
var programs string

func TestMain(m *testing.M) { os.Exit(testMain(m)) }

func testMain(m *testing.M) int {
	if programs = os.Getenv("JPKI_TEST_PROGRAMS"); programs == "" { // else it is a test's child in a namespace
		dir, err := os.MkdirTemp("", "jpki-gui-test")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		programs = dir
		os.Setenv("JPKI_TEST_PROGRAMS", dir)
		build := exec.Command("go", "build", "-o", dir, "../jpki", ".")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintln(os.Stderr, "building the programs:", err)
			return 1
		}
	}
	return m.Run()
}

// desk is a display with nothing on it, and the home of a user who sits before it.
type desk struct {
	t      *testing.T
	home   string
	env    []string
	server *exec.Cmd // the X server
}

// newDesk starts an X server of its own. Without the means the test is skipped, unless
// JPKI_TEST_REQUIRE_X is set.
func newDesk(t *testing.T) *desk {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("JPKI_TEST_REQUIRE_X") != "" {
				t.Fatal(err)
			}
			t.Skipf("SKIPPED: no window is tested: %v", err)
		}
	}
	d := &desk{t: t, home: t.TempDir()}
	number, err := d.startServer()
	for range 20 { // another one may have the number
		if err != nil {
			number, err = d.startServer()
		}
	}
	if err != nil {
		t.Fatalf("the X server does not start: %v", err)
	}
	d.env = []string{"DISPLAY=:" + number, "HOME=" + d.home, "PATH=" + programs + ":" + os.Getenv("PATH"), "LANG=ja_JP.UTF-8"}
	for _, name := range []string{"CONFIG", "CACHE", "DATA", "STATE"} {
		d.env = append(d.env, "XDG_"+name+"_HOME="+filepath.Join(d.home, strings.ToLower(name)))
	}
	runtime := filepath.Join(d.home, "run")
	os.Mkdir(runtime, 0o700)
	d.env = append(d.env, "XDG_RUNTIME_DIR="+runtime)
	return d
}

// displays counts the X servers of this process.
var displays atomic.Int32

// startServer starts an X server and waits until it takes connections. Its number depends on
// the process: a server that looks for a free one cannot see those of other namespaces, and
// takes over the socket that they share. It does not start afresh when the last window is
// closed (-noreset): one opened at that moment would be refused.
func (d *desk) startServer() (number string, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer r.Close()
	number = fmt.Sprint(100 + (os.Getpid()*8+int(displays.Add(1)))%50000)
	server := exec.Command("Xvfb", ":"+number, "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset", "-displayfd", "3")
	server.ExtraFiles = []*os.File{w}
	err = server.Start()
	w.Close()
	if err != nil {
		return "", err
	}
	d.server = server
	d.t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	_, err = bufio.NewReader(r).ReadString('\n')
	return number, err
}

func (d *desk) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	if filepath.Dir(name) == "." && (name == "jpki" || name == "jpki-gui") {
		c.Path = filepath.Join(programs, name)
		c.Err = nil
	}
	c.Env, c.Dir = d.env, d.home
	return c
}

// run runs a program to its end and returns what it prints.
func (d *desk) run(name string, args ...string) string {
	d.t.Helper()
	out, err := d.command(name, args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// pane is a window on the desk.
type pane struct {
	*desk
	id     string
	cmd    *exec.Cmd
	output *strings.Builder
	ended  chan error
}

// open starts jpki-gui and waits for its window.
func (d *desk) open(args ...string) *pane {
	d.t.Helper()
	p := &pane{desk: d, cmd: d.command("jpki-gui", args...), output: &strings.Builder{}, ended: make(chan error, 1)}
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	if err := p.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	d.t.Cleanup(func() {
		if d.t.Failed() {
			p.keep("failed")
			d.t.Logf("the window said: %q, the program %q", p.title(), p.output)
		}
		p.cmd.Process.Kill()
	})
	p.wait("a window", func() bool {
		out, err := d.command("xdotool", "search", "--all", "--onlyvisible", "--pid", fmt.Sprint(p.cmd.Process.Pid), "--name", "jpki").Output()
		p.id = strings.TrimSpace(strings.Split(string(out), "\n")[0])
		return err == nil && p.id != ""
	})
	d.run("xdotool", "windowfocus", "--sync", p.id)
	return p
}

func (p *pane) wait(what string, cond func() bool) {
	p.t.Helper()
	for late := time.Now().Add(30 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-p.ended:
			p.t.Fatalf("waiting for %s: the program ended: %v\n%s", what, err, p.output)
		default:
		}
		if cond() {
			return
		}
	}
	p.t.Fatalf("waited in vain for %s; the title is %q", what, p.title())
}

// title is the title of the window, where it says what it shows and what has happened.
func (p *pane) title() string {
	out, _ := p.command("xdotool", "getwindowname", p.id).Output()
	return strings.TrimSpace(string(out))
}

// untilTitle waits until the window says s.
func (p *pane) untilTitle(s string) {
	p.t.Helper()
	p.wait(fmt.Sprintf("the title %q", s), func() bool { return strings.Contains(p.title(), s) })
}

// keys presses keys one after the other, as X names them.
func (p *pane) keys(names ...string) {
	p.t.Helper()
	for _, name := range names {
		p.run("xdotool", "key", "--window", "0", name)
		time.Sleep(30 * time.Millisecond)
	}
}

// types types a text on the keyboard. It reaches xdotool through a file, since a PIN has
// no place among arguments.
func (p *pane) types(s string) {
	p.t.Helper()
	c := p.command("xdotool", "type", "--delay", "20", "--file", "-")
	c.Stdin = strings.NewReader(s)
	if out, err := c.CombinedOutput(); err != nil {
		p.t.Fatalf("typing: %v\n%s", err, out)
	}
}

// click clicks at a place of the window.
func (p *pane) click(x, y int) {
	p.t.Helper()
	p.run("xdotool", "mousemove", "--window", p.id, fmt.Sprint(x), fmt.Sprint(y), "click", "1")
}

// keep keeps a picture of the window, if JPKI_TEST_PICTURES names a folder for it.
func (p *pane) keep(name string) {
	folder := os.Getenv("JPKI_TEST_PICTURES")
	if folder == "" {
		return
	}
	time.Sleep(300 * time.Millisecond) // drawn after the title is set
	name = strings.ReplaceAll(p.t.Name()+"-"+name, "/", "-")
	p.command("import", "-window", "root", filepath.Join(folder, name+".png")).Run()
}

// colours is how many colours the window shows: one is nothing at all.
func (p *pane) colours() int {
	p.t.Helper()
	img := p.sight()
	seen := map[[4]uint32]bool{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 3 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 3 {
			r, g, b, a := img.At(x, y).RGBA()
			seen[[4]uint32{r, g, b, a}] = true
		}
	}
	return len(seen)
}

// serve puts the user's practice card into the reader until pull is called.
func (d *desk) serve(args ...string) (pull func()) {
	d.t.Helper()
	c := d.command("jpki", append([]string{"dev", "card", "serve"}, args...)...)
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	done := false
	pull = func() {
		if !done {
			done = true
			c.Process.Signal(os.Interrupt)
			c.Wait()
			awaitEmpty(args)
		}
	}
	d.t.Cleanup(pull)
	return pull
}

// awaitEmpty waits until the service has seen that the card left. It looks every 400 ms, and
// would take a card that comes before that for the same one, which fell silent.
func awaitEmpty(args []string) {
	service, err := scard.EstablishContext()
	if err != nil {
		return // stopped
	}
	defer service.Release()
	reader := []scard.ReaderState{{Reader: pcsctest.Reader}}
	if slices.Contains(args, pcsctest.Addr2) {
		reader[0].Reader = pcsctest.Reader2
	}
	for service.GetStatusChange(reader, time.Second) == nil && reader[0].EventState&scard.StatePresent != 0 {
		reader[0].CurrentState = reader[0].EventState
	}
}

// withPCSCD tells whether the test goes on here, beside a real smart card service.
func withPCSCD(t *testing.T) bool {
	if !pcsctest.InNamespace(t) {
		return false
	}
	pcsctest.StartPCSCD(t)
	return true
}
