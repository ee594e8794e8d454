package ui

import (
	"context"
	"path/filepath"
	"slices"
	"sync/atomic"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// maxSigned is how many files can be signed at once.
const maxSigned = 1000

// signFile is a file of the list.
type signFile struct {
	path  string
	doc   *Document // without what is shown of its content; nil while it is looked at
	about *text     // says what it is, on the page that is shown
	look  *button   // shows its content
	gone  atomic.Bool
}

// dropped adds files to the list. After something was signed, they begin another.
func (r *signing) dropped(files []string) {
	if r.working {
		return
	}
	if r.results != nil {
		r.files, r.results = nil, nil
	}
	r.forget()
	r.typed = ""
	fresh := r.add(files)
	r.w.redraw(r)
	r.tellList()
	r.look(fresh)
}

// add puts files that are not in the list yet at its end, and returns them.
func (r *signing) add(files []string) []*signFile {
	known := map[string]bool{}
	for _, f := range r.files {
		known[f.path] = true
	}
	before := len(r.files)
	for _, path := range files {
		if path = filepath.Clean(path); known[path] {
			continue
		}
		if len(r.files) >= maxSigned {
			r.tooMany = true
			break
		}
		known[path] = true
		r.files = append(r.files, &signFile{path: path})
	}
	return slices.Clone(r.files[before:])
}

// look finds out what files are, one after the other.
func (r *signing) look(files []*signFile) {
	w := r.w
	start(w.runner, func(ctx context.Context) (struct{}, error) {
		for _, f := range files {
			if ctx.Err() != nil {
				break
			}
			if f.gone.Load() {
				continue
			}
			d := w.backend.Describe(ctx, f.path)
			d.Text, d.Image = "", nil // a thousand images would not fit into memory
			w.runner.do(func() { r.known(f, d) })
		}
		return struct{}{}, nil
	}, func(struct{}, error) { r.sortOut(files) })
}

// known takes note of what f is, without drawing the room anew: the user may be typing.
func (r *signing) known(f *signFile, d Document) {
	f.doc = &d
	if f.about != nil {
		f.about.SetText(r.describe(f))
	}
}

// sortOut takes what cannot be signed out of the list and says why, once all of files are
// known.
func (r *signing) sortOut(files []*signFile) {
	for _, f := range files {
		if f.doc == nil || f.doc.Err == nil || f.gone.Load() || r.working {
			continue
		}
		r.refused = append(r.refused, f.doc.Err)
		r.drop(f)
	}
	r.w.redraw(r)
	if len(r.refused) > 0 {
		r.w.announce(r.w.say(msg.SignRefused))
	}
}

func (r *signing) drop(f *signFile) {
	f.gone.Store(true)
	r.files = slices.DeleteFunc(r.files, func(other *signFile) bool { return other == f })
	if r.looked == f {
		r.looked, r.content = nil, nil
	}
}

// remove takes f out of the list at the user's wish.
func (r *signing) remove(f *signFile) {
	r.drop(f)
	r.w.redraw(r)
	r.tellList()
}

func (r *signing) clear() {
	for _, f := range slices.Clone(r.files) {
		r.drop(f)
	}
	r.forget()
	r.w.redraw(r)
	r.tellList()
}

// forget drops what the room says of the work before.
func (r *signing) forget() { r.err, r.refused, r.tooMany = nil, nil, false }

func (r *signing) tellList() {
	if r.w.rooms[r.w.current] == r {
		r.w.announce(r.w.say(msg.SignList, msg.Number(len(r.files))))
	}
}

func (r *signing) paths() []string {
	list := make([]string, len(r.files))
	for i, f := range r.files {
		list[i] = f.path
	}
	return list
}
