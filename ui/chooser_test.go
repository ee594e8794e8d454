package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/adrg/xdg"

	"github.com/jpki-desktop/jpki/ui/msg"
)

// folderOf makes a folder with files, and with folders where a name ends in a slash.
func folderOf(t *testing.T, names ...string) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range names {
		path := filepath.Join(folder, name)
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o700)
		} else {
			err = os.WriteFile(path, []byte(name), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// choosing is an open chooser, and what came of it.
type choosing struct {
	*testWindow
	c       *chooser
	paths   []string
	replace bool
	ended   bool
}

// newChoosing opens a chooser in a folder and waits until that is shown.
func newChoosing(t *testing.T, kind choice, folder, name string) *choosing {
	t.Helper()
	ch := &choosing{testWindow: newTestWindow(t, Backend{}, Settings{})}
	ch.folder = folder
	ch.c = newChooser(ch.Window, kind, func(paths []string, replace bool) {
		ch.paths, ch.replace, ch.ended = paths, replace, true
	})
	ch.c.open("選ぶ", name)
	ch.untilIn(folder)
	return ch
}

func (ch *choosing) untilIn(folder string) {
	ch.t.Helper()
	ch.until("showing "+folder, func() bool { return ch.c.now.folder == folder })
}

func (ch *choosing) untilEnded() {
	ch.t.Helper()
	ch.until("the end of the choice", func() bool { return ch.ended })
}

func (ch *choosing) names() []string {
	var all []string
	for _, i := range ch.c.list.rows {
		all = append(all, i.shown)
	}
	return all
}

// typeKeys types keys into what has the focus.
func (ch *choosing) typeKeys(keys ...fyne.KeyName) {
	for _, k := range keys {
		ch.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func (ch *choosing) typeText(s string) {
	for _, r := range s {
		ch.win.Canvas().Focused().TypedRune(r) // the focus may move with the first
	}
}

// tapRow taps the row of that name.
func (ch *choosing) tapRow(name string) {
	ch.t.Helper()
	i := slices.Index(ch.names(), name)
	if i < 0 {
		ch.t.Fatalf("no row %q among %q", name, ch.names())
	}
	ch.c.list.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, (float32(i)+0.5)*rowHeight())})
}

func expectPaths(t *testing.T, got []string, folder string, want ...string) {
	t.Helper()
	for i, name := range want {
		want[i] = filepath.Join(folder, name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("chose %q, want %q", got, want)
	}
}

func TestAFileIsChosenByMouse(t *testing.T) {
	folder := folderOf(t, "申告/", "申告/書類.xtx", "申告/控え.pdf")
	ch := newChoosing(t, oneFile, folder, "")
	if !ch.button("このファイルを選ぶ").Disabled() {
		t.Error("nothing is chosen, and it can be accepted")
	}
	ch.tapRow("申告")
	ch.untilIn(filepath.Join(folder, "申告"))
	ch.tapRow("控え.pdf")
	ch.tapRow("書類.xtx")
	ch.untilText("選んだもの：書類.xtx")
	ch.tap("このファイルを選ぶ")
	expectPaths(t, ch.paths, folder, "申告/書類.xtx")
	if ch.folder != filepath.Join(folder, "申告") {
		t.Errorf("remembers %q", ch.folder)
	}
}

func TestSeveralFilesAreChosenByKeyboard(t *testing.T) {
	folder := folderOf(t, "in/", "in/1", "in/2", "in/3")
	ch := newChoosing(t, manyFiles, folder, "")
	ch.typeKeys(fyne.KeyReturn)
	ch.untilIn(filepath.Join(folder, "in"))
	ch.typeKeys(fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace, fyne.KeyUp, fyne.KeySpace, fyne.KeySpace)
	ch.untilText("2 件を選んでいます")
	if label := ch.c.list.AccessibilityLabel(); label != "ファイル 2" {
		t.Errorf("the row is called %q", label)
	}
	ch.typeKeys(fyne.KeyReturn)
	expectPaths(t, ch.paths, folder, "in/1", "in/3")
}

func TestAllFilesShownAreChosenAtOnce(t *testing.T) {
	folder := folderOf(t, "sub/", "1.txt", "2.txt", "3.pdf")
	ch := newChoosing(t, manyFiles, folder, "")
	ch.typeText("txt")
	ch.tap("表示中のファイルをすべて選ぶ")
	ch.tap("2 件を選ぶ")
	expectPaths(t, ch.paths, folder, "1.txt", "2.txt")
}

func TestWhatIsTypedIsChosenBesideWhatIsChosenAlready(t *testing.T) {
	folder := folderOf(t, "1", "2", "3.pdf", "in/", "in/4")
	ch := newChoosing(t, manyFiles, folder, "")
	ch.typeKeys(fyne.KeyDown, fyne.KeySpace)
	ch.typeText("pdf")
	ch.typeKeys(fyne.KeyReturn)
	ch.untilText("2 件を選んでいます")
	ch.typeText("/")
	ch.c.field.SetText(filepath.Join(folder, "in/4"))
	ch.typeKeys(fyne.KeyReturn)
	ch.untilEnded()
	expectPaths(t, ch.paths, folder, "1", "3.pdf", "in/4")
}

func TestEnterOnOneOfSeveralFilesChoosesIt(t *testing.T) {
	folder := folderOf(t, "1", "2")
	ch := newChoosing(t, manyFiles, folder, "")
	ch.typeKeys(fyne.KeyEnd, fyne.KeyEnter)
	expectPaths(t, ch.paths, folder, "2")
}

func TestBackspaceGoesUpOneFolder(t *testing.T) {
	folder := folderOf(t, "in/")
	ch := newChoosing(t, oneFile, filepath.Join(folder, "in"), "")
	ch.typeKeys(fyne.KeyBackspace)
	ch.untilIn(folder)
	if text := ch.texts(); !strings.Contains(text, "いまの場所："+folder) {
		t.Errorf("does not say where it is:\n%s", text)
	}
}

func TestTypingInTheListNarrowsItAndEnterOpensTheOnlyMatch(t *testing.T) {
	folder := folderOf(t, "ｶﾞｽ料金.pdf", "報告書.pdf", "Report.PDF", "other.txt")
	for typed, want := range map[string]string{"ガス": "ｶﾞｽ料金.pdf", "ｒｅｐｏｒｔ": "Report.PDF", "other.txt": "other.txt"} {
		ch := newChoosing(t, oneFile, folder, "")
		ch.typeText(typed)
		if got := ch.names(); len(got) != 1 || got[0] != want {
			t.Errorf("%q lists %q", typed, got)
		}
		ch.typeKeys(fyne.KeyReturn)
		ch.untilEnded()
		expectPaths(t, ch.paths, folder, want)
	}
}

func TestATypedPathIsChosenOrEntered(t *testing.T) {
	folder := folderOf(t, "in/", "in/deep/", "in/書類 1.xtx")
	t.Cleanup(xdg.Reload) // after the environment is as it was
	t.Setenv("HOME", folder)
	t.Setenv("USERPROFILE", folder)
	xdg.Reload()
	for _, typed := range []string{filepath.Join(folder, "in", "書類 1.xtx"), "in/書類 1.xtx", "~/in/書類 1.xtx", ` "in/書類 1.xtx" `, "./in/../in/書類 1.xtx"} {
		ch := newChoosing(t, oneFile, folder, "")
		ch.focus(ch.c.field)
		ch.c.field.SetText(typed)
		ch.typeKeys(fyne.KeyReturn)
		ch.untilEnded()
		expectPaths(t, ch.paths, folder, "in/書類 1.xtx")
	}
	ch := newChoosing(t, oneFile, folder, "")
	for _, step := range [][2]string{{"~/in", "in"}, {"deep", "in/deep"}, {"..", "in"}, {"~", ""}} {
		ch.focus(ch.c.field)
		ch.c.field.SetText(step[0])
		ch.typeKeys(fyne.KeyReturn)
		ch.untilIn(filepath.Join(folder, step[1]))
		if ch.c.field.Text != "" {
			t.Errorf("%q stays in the field", ch.c.field.Text)
		}
	}
}

func (ch *choosing) focus(f fyne.Focusable) { ch.win.Canvas().Focus(f) }

func TestWhatCannotBeChosenIsExplainedAndLeavesTheListAsItIs(t *testing.T) {
	folder := folderOf(t, "file", "in/")
	if err := os.Symlink("loop", filepath.Join(folder, "loop")); err != nil {
		t.Skip(err)
	}
	for _, l := range languages {
		for path, words := range map[string]msg.Text{
			"none": msg.ChooserMissing, "in/none": msg.ChooserMissing, "file/in": msg.ChooserUnreadable, "./loop": msg.ChooserUnreadable,
		} {
			ch := newChoosing(t, oneFile, folder, "")
			ch.settings.Lang = l
			ch.c.field.SetText(path)
			ch.c.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			ch.untilText(words.In(l, filepath.Join(folder, path)))
			if ch.ended || ch.c.now.folder != folder {
				t.Errorf("%s: it goes to %q", path, ch.c.now.folder)
			}
		}
	}
}

func TestFoldersAloneAreChosenWhereAFolderIsWanted(t *testing.T) {
	folder := folderOf(t, "file", "in/", "in/deep/")
	ch := newChoosing(t, oneFolder, folder, "")
	if want := []string{"in"}; !slices.Equal(ch.names(), want) {
		t.Errorf("lists %q", ch.names())
	}
	ch.c.field.SetText("./file")
	ch.c.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	ch.untilText("はファイルです")
	ch.tapRow("in")
	ch.untilIn(filepath.Join(folder, "in"))
	ch.tabTo("このフォルダーに決める")
	expectPaths(t, ch.paths, folder, "in")
}

func TestALargeFolderShowsAPartAndSaysSo(t *testing.T) {
	folder := t.TempDir()
	for i := range mostShown + 7 {
		os.WriteFile(filepath.Join(folder, "file"+strings.Repeat("x", i%3)+string(rune('a'+i%26))+strings.Repeat("0", i/26)), nil, 0o600)
	}
	ch := newChoosing(t, oneFile, folder, "")
	if len(ch.names()) != mostShown || !strings.Contains(ch.texts(), "ほかに 7 件あります") {
		t.Errorf("%d of %d rows:\n%s", len(ch.names()), len(ch.c.now.items), ch.texts())
	}
	if n := len(test.WidgetRenderer(ch.c.list).Objects()); n > 200 {
		t.Errorf("%d objects are drawn", n)
	}
}

func TestAListThatIsCutSaysSo(t *testing.T) {
	ch := newChoosing(t, oneFile, folderOf(t, "a"), "")
	ch.c.show(listing{folder: ch.c.now.folder, items: ch.c.now.items, cut: true})
	ch.untilText("はじめの 20000 件だけ")
}

func TestEscLeavesWithoutAChoiceWhateverIsUnderWay(t *testing.T) {
	ch := newChoosing(t, oneFile, folderOf(t, "in/"), "")
	ch.typeKeys(fyne.KeyReturn, fyne.KeyEscape)
	ch.runner.settleAll()
	for len(ch.queue) > 0 {
		(<-ch.queue)()
	}
	if ch.ended || len(ch.sheets) > 0 || filepath.Base(ch.c.now.folder) == "in" {
		t.Errorf("ended %v, %d dialogs, shows %q", ch.ended, len(ch.sheets), ch.c.now.folder)
	}
}

// settleAll waits until all work has ended.
func (r *runner) settleAll() { r.busy.Wait() }

func TestALastFolderThatIsGoneGivesWayToTheHomeFolder(t *testing.T) {
	w := newTestWindow(t, Backend{}, Settings{})
	w.folder = filepath.Join(t.TempDir(), "gone")
	c := newChooser(w.Window, oneFile, nil)
	c.open("選ぶ", "")
	w.until("showing the home folder", func() bool { return c.now.folder == xdg.Home })
}

func TestEveryPartOfTheChooserIsReachedByTab(t *testing.T) {
	ch := newChoosing(t, manyFiles, folderOf(t, "1", "2"), "")
	ch.until("the places", func() bool { return len(ch.c.places.Objects) > 0 })
	stops := map[fyne.Focusable]bool{}
	for range 40 {
		ch.win.Canvas().FocusNext()
		stops[ch.win.Canvas().Focused()] = true
	}
	walk(ch.top(), func(o fyne.CanvasObject) {
		if f, ok := o.(fyne.Focusable); ok && !stops[f] {
			if b, ok := o.(*button); !ok || !b.Disabled() {
				t.Errorf("Tab does not reach %T %v", o, o)
			}
		}
	})
	if !stops[ch.c.list] || !stops[ch.c.field] || len(stops) < 5 {
		t.Errorf("Tab stops at %d things", len(stops))
	}
}

func TestThePathAndNamePublicFunctionsHandOver(t *testing.T) {
	folder := folderOf(t, "a")
	w := newTestWindow(t, Backend{}, Settings{Lang: msg.En})
	w.folder = folder
	var got []string
	w.chooseFiles("Files", true, func(paths []string) { got = paths })
	w.untilText("Folder: " + folder)
	w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.chooseFolder("Folder", func(path string) { got = append(got, path) })
	w.untilText("Folder: " + folder)
	w.tap("Choose this folder")
	w.saveAs("Save", "new", func(path string, replace bool) { got = append(got, path) })
	w.untilText("Folder: " + folder)
	w.tap("Save")
	w.until("saving", func() bool { return len(got) == 3 })
	if want := []string{filepath.Join(folder, "a"), folder, filepath.Join(folder, "new")}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
