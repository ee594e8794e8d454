package ui

import (
	"io/fs"
	"strings"
	"syscall"

	"golang.org/x/sys/windows"
)

// drives are the roots of the drives.
func drives() []string {
	present, err := windows.GetLogicalDrives()
	if err != nil {
		return nil
	}
	var roots []string
	for i := range 26 {
		if present&(1<<i) != 0 {
			roots = append(roots, string(rune('A'+i))+`:\`)
		}
	}
	return roots
}

func hiddenEntry(e fs.DirEntry) bool {
	info, err := e.Info()
	if err != nil {
		return false
	}
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return strings.HasPrefix(e.Name(), ".") || ok && data.FileAttributes&syscall.FILE_ATTRIBUTE_HIDDEN != 0
}
