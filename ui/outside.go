package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// documentNames are how the names of documents end that are opened with the user's
// program. Opening others may run them: programs, scripts, links, pages with scripts.
var documentNames = []string{
	".bmp", ".csv", ".doc", ".docx", ".gif", ".heic", ".jpeg", ".jpg", ".jtd", ".odp", ".ods", ".odt", ".pdf",
	".png", ".ppt", ".pptx", ".rtf", ".tif", ".tiff", ".txt", ".webp", ".xls", ".xlsx", ".xml", ".xtx",
}

// opens tells whether the file at path may be opened with the user's program. The system
// goes by its name, too, whatever is in it.
func opens(path string) bool {
	return slices.Contains(documentNames, strings.ToLower(filepath.Ext(path)))
}

// openOutside shows a file or folder with the user's program for it.
func (w *Window) openOutside(path string) {
	start(w.runner, func(context.Context) (struct{}, error) {
		return struct{}{}, w.backend.Open(path)
	}, func(_ struct{}, err error) {
		if err != nil {
			words := msg.WindowError(w.settings.Lang, err)
			w.announce(words.Message)
			w.tell(words.Message, w.hints(words.Hint)...)
		}
	})
}
