package ui

// chooseFiles lets the user choose a file, or several if many.
func (w *Window) chooseFiles(title string, many bool, done func(paths []string)) {}

// chooseFolder lets the user choose a folder.
func (w *Window) chooseFolder(title string, done func(path string)) {}

// saveAs lets the user choose where to save a file that would be called name. Replace
// says that the user agreed to overwrite one that is there.
func (w *Window) saveAs(title, name string, done func(path string, replace bool)) {}
