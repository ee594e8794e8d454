package pcsc

import (
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Program is a running program that uses the service, or a reader past it.
type Program struct {
	Name string // file name, without its folder
	Kind ProgramKind
}

// ProgramKind is the kind of a program that uses cards.
type ProgramKind string

// The kinds of programs.
const (
	Browser      ProgramKind = "browser"
	GnuPG        ProgramKind = "gnupg"  // scdaemon: takes a reader for itself
	OpenSC       ProgramKind = "opensc" // the tools of OpenSC and pcsc-tools
	JPKIClient   ProgramKind = "jpki"   // this program, the official client, e-Tax
	OtherProgram ProgramKind = "other"
)

// programKinds pairs the beginning of a program's name, in lower case, with its kind.
var programKinds = []struct {
	prefix string
	kind   ProgramKind
}{
	{"scdaemon", GnuPG}, {"gpg", GnuPG},
	{"firefox", Browser}, {"chrom", Browser}, {"google-chrome", Browser}, {"msedge", Browser}, {"brave", Browser},
	{"vivaldi", Browser}, {"opera", Browser}, {"librewolf", Browser}, {"epiphany", Browser}, {"thunderbird", Browser},
	{"opensc", OpenSC}, {"pkcs11", OpenSC}, {"pkcs15", OpenSC}, {"pcsc_scan", OpenSC}, {"scriptor", OpenSC}, {"p11", OpenSC},
	{"jpki", JPKIClient}, {"e-tax", JPKIClient}, {"etax", JPKIClient},
}

func kindOfProgram(name string) ProgramKind {
	name = strings.ToLower(name)
	for _, k := range programKinds {
		if strings.HasPrefix(name, k.prefix) {
			return k.kind
		}
	}
	return OtherProgram
}

// programs lists the programs of this user that have the service's library in memory,
// each name once, and scdaemon, which reaches readers without it. Of other users'
// programs the system tells nothing. Running is whether pcscd is among the processes.
func programs(root fs.FS) (found []Program, running bool) {
	entries, err := fs.ReadDir(root, "proc")
	if err != nil {
		return nil, false
	}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		dir := "proc/" + e.Name()
		name := programName(root, dir)
		if name == "pcscd" {
			running = running || sameMounts(root, dir)
			continue
		}
		p := Program{name, kindOfProgram(name)}
		if name != "" && !slices.Contains(found, p) && (name == "scdaemon" || hasLibrary(root, dir)) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b Program) int { return strings.Compare(a.Name, b.Name) })
	return found, running
}

// programName is the file name of a process's program, or the name that everybody may
// read (at most 15 letters, proc_pid_comm(5)).
func programName(root fs.FS, dir string) string {
	if to, err := fs.ReadLink(root, dir+"/exe"); err == nil {
		return visible(strings.TrimSuffix(path.Base(to), " (deleted)"))
	}
	return visible(text(root, dir+"/comm"))
}

// sameMounts reports whether a process sees the same file system as this one: a service
// in a container is no service here. Of the processes of others only root can know; what
// root may not see is outside of its user namespace.
func sameMounts(root fs.FS, dir string) bool {
	ours, err1 := fs.ReadLink(root, "proc/self/ns/mnt")
	theirs, err2 := fs.ReadLink(root, dir+"/ns/mnt")
	if err1 != nil || err2 != nil {
		return os.Geteuid() != 0
	}
	return ours == theirs
}

const maxMaps = 8 << 20 // bytes of one process's list; a browser's takes one

func hasLibrary(root fs.FS, dir string) bool {
	f, err := root.Open(dir + "/maps")
	if err != nil {
		return false
	}
	defer f.Close()
	maps, err := io.ReadAll(io.LimitReader(f, maxMaps))
	return err == nil && strings.Contains(string(maps), "/libpcsclite.so")
}
