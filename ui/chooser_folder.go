package ui

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/adrg/xdg"
	"golang.org/x/text/unicode/norm"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// item is a file or folder in a folder.
type item struct {
	name   string // as the system has it
	shown  string // with 〓 for bytes that are no letters
	key    string // what a typed part of the name is looked for in
	folder bool
	hidden bool
}

// listing is what is in a folder: the folders first, each in the order of its name, in
// which 2 comes before 10.
type listing struct {
	folder string
	items  []item
	cut    bool // there is more than mostItems
}

// mostItems bounds the memory for a folder.
const mostItems = 20_000

// errNotOrdinary says that a path is neither a folder nor an ordinary file.
var errNotOrdinary = errors.New("neither a folder nor an ordinary file")

// look looks at path, and if it is a folder, into it; the listing of a file has no folder.
func look(ctx context.Context, path string) (listing, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return listing{}, err
	case info.Mode().IsRegular():
		return listing{}, nil
	case !info.IsDir(): // opening one of these might wait for ever
		return listing{}, errNotOrdinary
	}
	return readFolder(ctx, path)
}

func readFolder(ctx context.Context, folder string) (listing, error) {
	f, err := os.Open(folder)
	if err != nil {
		return listing{}, err
	}
	defer f.Close()
	l := listing{folder: folder}
	for !l.cut {
		entries, err := f.ReadDir(512)
		for _, e := range entries {
			l.add(e)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return listing{}, err
		}
	}
	slices.SortFunc(l.items, inOrder)
	return l, nil
}

// add adds an entry, unless it is something that nobody chooses, such as a device.
func (l *listing) add(e fs.DirEntry) {
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 {
		mode = 0 // one that leads nowhere is a file, which cannot be read
		if info, err := os.Stat(filepath.Join(l.folder, e.Name())); err == nil {
			mode = info.Mode().Type()
		}
	}
	switch {
	case mode != 0 && mode != fs.ModeDir:
	case len(l.items) == mostItems:
		l.cut = true
	default:
		shown := readable(e.Name())
		l.items = append(l.items, item{e.Name(), shown, searchKey(shown), mode.IsDir(), hiddenEntry(e)})
	}
}

// readable is a path with 〓 for bytes that are no letters, and for line breaks.
func readable(path string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return '〓'
		}
		return r
	}, strings.ToValidUTF8(path, "〓"))
}

// searchKey makes names comparable whether they are typed in wide or narrow, large or
// small letters, and however the system composes them.
func searchKey(s string) string { return strings.ToLower(norm.NFKC.String(s)) }

func inOrder(a, b item) int {
	if a.folder != b.folder {
		if a.folder {
			return -1
		}
		return 1
	}
	return cmp.Or(naturally(a.key, b.key), strings.Compare(a.name, b.name))
}

// naturally compares names so that numbers in them count as numbers.
func naturally(a, b string) int {
	for a != "" && b != "" {
		m, n := digits(a), digits(b)
		if m > 0 && n > 0 {
			x, y := strings.TrimLeft(a[:m], "0"), strings.TrimLeft(b[:n], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[m:], b[n:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// digits is the number of digits with which s begins.
func digits(s string) int {
	return len(s) - len(strings.TrimLeft(s, "0123456789"))
}

// isPath tells whether what was typed is a path and no part of a name.
func isPath(typed string) bool {
	typed = unquoted(typed)
	return typed == "." || typed == ".." || strings.HasPrefix(typed, "~") ||
		filepath.VolumeName(typed) != "" || strings.ContainsFunc(typed, func(r rune) bool { return r < 0x80 && os.IsPathSeparator(uint8(r)) })
}

// resolve is the path that was typed while folder was shown.
func resolve(folder, typed string) string {
	typed = unquoted(typed)
	if rest, ok := strings.CutPrefix(typed, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		typed = filepath.Join(xdg.Home, rest)
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(folder, typed)
	}
	return filepath.Clean(typed)
}

// unquoted is a path without what shells and the Explorer put around it when it is copied.
func unquoted(typed string) string { return strings.Trim(strings.TrimSpace(typed), `"'`) }

// place is a folder that people look for their files in.
type place struct {
	name  msg.Text
	drive string // its name, of a drive
	path  string
}

// places are those that exist.
func places() []place {
	dirs := xdg.UserDirs
	all := []place{
		{name: msg.PlaceHome, path: xdg.Home}, {name: msg.PlaceDesktop, path: dirs.Desktop},
		{name: msg.PlaceDocuments, path: dirs.Documents}, {name: msg.PlaceDownloads, path: dirs.Download},
	}
	for _, path := range drives() {
		all = append(all, place{name: msg.PlaceDrive, drive: driveName(path), path: path})
	}
	seen := map[string]bool{"": true}
	return slices.DeleteFunc(all, func(p place) bool {
		info, err := os.Stat(p.path)
		drop := seen[p.path] || err != nil || !info.IsDir()
		seen[p.path] = true
		return drop
	})
}

// driveName is what a drive is called: the last part of its path, or all of C:\.
func driveName(path string) string {
	if filepath.Dir(path) == path {
		return path
	}
	return readable(filepath.Base(path))
}
