package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/ui"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// maxSettings is more than all settings take, in bytes.
const maxSettings = 64 << 10

// dropBrokenSettings removes the file of the settings if it holds anything but what save
// writes: the toolkit does not start with some of that (fyne 2.8.1, app/preferences.go,
// convertLists).
func dropBrokenSettings() {
	config, err := os.UserConfigDir()
	if err != nil {
		return
	}
	path := filepath.Join(config, "fyne", appID, "preferences.json")
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err == nil && info.Mode().IsRegular() && info.Size() <= maxSettings {
		var values map[string]string
		data, err := os.ReadFile(path)
		if err == nil && json.Unmarshal(data, &values) == nil {
			return
		}
	}
	os.Remove(path)
}

// settings are those that were saved; the language is that of the system until the user
// has chosen one.
func settings(p fyne.Preferences, lang string) ui.Settings {
	s := ui.Settings{Lang: msg.EnvLang(os.Getenv), Scheme: p.String("scheme"), Size: p.String("size")}
	if l, ok := msg.ParseLang(p.String("language")); ok {
		s.Lang = l
	}
	if l, ok := msg.ParseLang(lang); ok {
		s.Lang = l
	}
	return s
}

func save(p fyne.Preferences, s ui.Settings) {
	p.SetString("language", s.Lang.String())
	p.SetString("scheme", s.Scheme)
	p.SetString("size", s.Size)
}
