//go:build !windows

package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// drives are the folders at which the desktops of Linux and macOS show media that can be
// taken out (udisks2: /run/media/USER, Debian's: /media/USER).
func drives() []string {
	user := os.Getenv("USER")
	var roots []string
	for _, pattern := range []string{"/run/media/" + user + "/*", "/media/" + user + "/*", "/Volumes/*"} {
		found, _ := filepath.Glob(pattern)
		roots = append(roots, found...)
	}
	return roots
}

func hiddenEntry(e fs.DirEntry) bool { return strings.HasPrefix(e.Name(), ".") }
