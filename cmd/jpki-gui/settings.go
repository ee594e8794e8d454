package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/ui"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// kept is the file of the settings. The toolkit has one of its own, which it writes in place
// while the program ends, and so loses now and then (fyne 2.8.1, app/preferences.go).
type kept struct {
	Language string `json:"language"`
	Scheme   string `json:"scheme"`
	Size     string `json:"size"`
}

// maxSettings is more than all settings take, in bytes.
const maxSettings = 64 << 10

func settingsFile() string { return filepath.Join(xdg.ConfigHome, "jpki", "window.json") }

// settings are those that were saved, or the usual ones where none can be read. lang, if it
// is a language, comes first; that of the system comes last.
func settings(lang string) ui.Settings {
	var k kept
	if info, err := os.Stat(settingsFile()); err == nil && info.Mode().IsRegular() && info.Size() <= maxSettings {
		data, err := os.ReadFile(settingsFile())
		if err != nil || json.Unmarshal(data, &k) != nil {
			k = kept{}
		}
	}
	s := ui.Settings{Lang: msg.EnvLang(os.Getenv), Scheme: k.Scheme, Size: k.Size}
	for _, chosen := range []string{k.Language, lang} {
		if l, ok := msg.ParseLang(chosen); ok {
			s.Lang = l
		}
	}
	return s
}

// save keeps s for the next start. The error is only that this window's choices end with it.
func save(s ui.Settings) error {
	data, err := json.Marshal(kept{Language: s.Lang.String(), Scheme: s.Scheme, Size: s.Size})
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(settingsFile()), 0o700); err != nil {
		return err
	}
	return job.WriteFile(settingsFile(), data, true, nil)
}

// dropToolkitSettings removes the settings that the toolkit keeps for us: we have none there,
// and it does not start with some of what a file broken by chance may hold.
func dropToolkitSettings() {
	if config, err := os.UserConfigDir(); err == nil {
		os.Remove(filepath.Join(config, "fyne", appID, "preferences.json"))
	}
}
