//go:build !windows

package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesAreNotHandedToAFolderOfOthers(t *testing.T) {
	for name, spoil := range map[string]func(folder string) error{
		"others may write": func(folder string) error {
			if err := os.Mkdir(folder, 0o700); err != nil {
				return err
			}
			return os.Chmod(folder, 0o777)
		},
		"a link": func(folder string) error { return os.Symlink(t.TempDir(), folder) },
		"a file": func(folder string) error { return os.WriteFile(folder, nil, 0o600) },
	} {
		folder := runtimeFolder(t)
		if err := spoil(folder); err != nil {
			t.Fatal(err)
		}
		l, err := handOver(request{Files: []string{"/a"}})
		if l != nil || err == nil {
			t.Errorf("%s: listener %v, %v", name, l, err)
		}
	}
}

func TestFolderOfAnotherUserIsRefused(t *testing.T) {
	if os.Geteuid() == 0 {
		folder := t.TempDir()
		if err := os.Chown(folder, 65534, 65534); err != nil {
			t.Fatal(err)
		}
		if private(folder) == nil {
			t.Error("the folder of another user is taken for one's own")
		}
		return
	}
	if private("/") == nil {
		t.Error("the folder of another user is taken for one's own")
	}
}

func TestFolderThatOthersMayReadIsShut(t *testing.T) {
	folder := runtimeFolder(t)
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	first(t)
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

func TestAWindowThatDoesNotTakeItKeepsItsPlace(t *testing.T) {
	folder := runtimeFolder(t)
	taken, _ := first(t)
	many := request{Files: []string{"/" + strings.Repeat("a", maxRequest)}}
	if l, err := handOver(many); l != nil || err == nil {
		t.Fatalf("too much: listener %v, %v", l, err)
	}
	conn, err := net.Dial("unix", filepath.Join(folder, "window.sock"))
	if err != nil {
		t.Fatal("the open window has lost its place:", err)
	}
	conn.Close()
	if l, err := handOver(request{Files: []string{"/b"}}); l != nil || err != nil {
		t.Fatalf("afterwards: listener %v, %v", l, err)
	}
	if q := <-taken; len(q.Files) != 1 || q.Files[0] != "/b" {
		t.Errorf("took %.100v", q)
	}
}
