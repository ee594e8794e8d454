package job

import (
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
)

// FirstTime tells whether the notice of that name was never given to this user before,
// and remembers that it is given now. A state folder that cannot be written only means
// that the notice comes again.
func FirstTime(notice string) bool {
	path := filepath.Join(xdg.StateHome, "jpki", "seen-"+notice)
	if _, err := os.Stat(path); err == nil {
		return false
	}
	if os.MkdirAll(filepath.Dir(path), 0o700) == nil {
		os.WriteFile(path, nil, 0o600)
	}
	return true
}
