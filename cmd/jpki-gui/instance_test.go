package main

import (
	"net"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
)

// runtimeFolder gives the test a folder of its own for the socket.
func runtimeFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", dir)
	xdg.Reload()
	t.Cleanup(xdg.Reload)
	return filepath.Join(dir, "jpki")
}

func first(t *testing.T) (taken chan request, l net.Listener) {
	t.Helper()
	l, err := handOver(request{})
	if err != nil || l == nil {
		t.Fatalf("the first start: listener %v, %v", l, err)
	}
	t.Cleanup(func() { l.Close() })
	taken = make(chan request, 10)
	go receive(l, func(q request) { taken <- q })
	return taken, l
}

func TestSecondStartHandsItsFilesToTheFirst(t *testing.T) {
	folder := runtimeFolder(t)
	taken, _ := first(t)
	want := request{Files: []string{"/tmp/申告 書.xtx", "/tmp/b"}, Source: "emu:"}
	if l, err := handOver(want); l != nil || err != nil {
		t.Fatalf("the second start: listener %v, %v", l, err)
	}
	if got := <-taken; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("others may reach the socket: %v, %v", info.Mode(), err)
	}
}

func TestSocketOfAWindowThatCrashedIsNoWindow(t *testing.T) {
	folder := runtimeFolder(t)
	_, l := first(t)
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	l.Close()
	if _, err := os.Stat(filepath.Join(folder, "window.sock")); err != nil {
		t.Fatal(err)
	}
	first(t)
}

func TestStartsAtTheSameMomentMakeOneWindow(t *testing.T) {
	runtimeFolder(t)
	windows := make(chan net.Listener, 8)
	for range cap(windows) {
		go func() {
			l, err := handOver(request{})
			if err != nil {
				t.Error(err)
			}
			if l != nil {
				go receive(l, func(request) {})
			}
			windows <- l
		}()
	}
	count := 0
	for range cap(windows) {
		if l := <-windows; l != nil {
			count++
			defer l.Close()
		}
	}
	if count != 1 {
		t.Errorf("%d windows", count)
	}
}

func TestNonsenseThroughTheSocketIsPassedOver(t *testing.T) {
	folder := runtimeFolder(t)
	taken, _ := first(t)
	for _, nonsense := range []string{"", "x", "{", `{"files": 7}`, `{"files": ["` + strings.Repeat("a", maxRequest) + `"]}`} {
		conn, err := net.Dial("unix", filepath.Join(folder, "window.sock"))
		if err != nil {
			t.Fatal(err)
		}
		conn.Write([]byte(nonsense))
		conn.Close()
	}
	if l, err := handOver(request{Files: []string{"/a"}}); l != nil || err != nil {
		t.Fatalf("afterwards: listener %v, %v", l, err)
	}
	select {
	case q := <-taken:
		if len(q.Files) != 1 || q.Files[0] != "/a" {
			t.Errorf("took %.100v", q)
		}
	case <-time.After(5 * time.Second):
		t.Error("the request after the nonsense was not taken")
	}
}

func TestArgumentsNameFilesOfTheCallersFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	dir, _ := os.Getwd()
	o, err := parse([]string{"--lang", "en", "-r", "emu:", "--", "a.xtx", "/b", "-c"})
	want := options{lang: "en", source: "emu:", files: []string{filepath.Join(dir, "a.xtx"), "/b", filepath.Join(dir, "-c")}}
	if err != nil || !reflect.DeepEqual(o, want) {
		t.Errorf("got %+v, %v; want %+v", o, err, want)
	}
	for _, bad := range [][]string{{"--lang", "fr"}, {"--nonsense"}} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}
