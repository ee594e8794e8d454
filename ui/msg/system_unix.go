//go:build !windows

package msg

import (
	"bufio"
	"os"
	"strings"
)

// systemLocale reads the locale of the machine where the environment names none, as in
// a cron job: locale.conf(5), and Debian's file of the same content.
func systemLocale() string {
	for _, path := range []string{"/etc/locale.conf", "/etc/default/locale"} {
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if v, ok := strings.CutPrefix(lines.Text(), "LANG="); ok {
				return strings.Trim(v, `"'`)
			}
		}
	}
	return ""
}
