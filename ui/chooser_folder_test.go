package ui

import (
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

func FuzzNaturalOrder(f *testing.F) {
	f.Add("a10", "a9", "a010")
	f.Add("", "0", "00")
	f.Add("第2回", "第10回", "第１回")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if naturally(a, b) != -naturally(b, a) {
			t.Errorf("%q and %q have two orders", a, b)
		}
		if naturally(a, b) <= 0 && naturally(b, c) <= 0 && naturally(a, c) > 0 {
			t.Errorf("%q, %q and %q are in a circle", a, b, c)
		}
	})
}

func TestOnlyOrdinaryFilesAndFoldersAreLookedAt(t *testing.T) {
	if _, err := look(t.Context(), os.DevNull); !errors.Is(err, errNotOrdinary) {
		t.Errorf("a device: %v", err)
	}
}

func TestALongNameIsShortenedInItsMiddle(t *testing.T) {
	newTestWindow(t, Backend{}, Settings{})
	long := newText(strings.Repeat("長い名前", 60) + "まとめ.pdf").inline()
	fitted(long, 300)
	if long.natural() > 300 || !strings.HasPrefix(long.content, "長い名前") || !strings.HasSuffix(long.content, ".pdf") || !strings.Contains(long.content, "…") {
		t.Errorf("%q is %v wide", long.content, long.natural())
	}
	short := newText("書類.pdf").inline()
	if fitted(short, 300); short.content != "書類.pdf" {
		t.Errorf("%q", short.content)
	}
}

func TestAFolderIsListedInTheOrderOfPeople(t *testing.T) {
	folder := folderOf(t, "b10.pdf", "b9.pdf", "B2.pdf", "書類/", "a/", ".git/", ".x", "b010.pdf")
	ch := newChoosing(t, oneFile, folder, "")
	if want := []string{"a", "書類", "B2.pdf", "b9.pdf", "b010.pdf", "b10.pdf"}; !slices.Equal(ch.names(), want) {
		t.Errorf("lists %q, want %q", ch.names(), want)
	}
	ch.tap("隠しファイルも表示")
	if want := []string{".git", "a", "書類", ".x", "B2.pdf", "b9.pdf", "b010.pdf", "b10.pdf"}; !slices.Equal(ch.names(), want) {
		t.Errorf("with hidden ones lists %q, want %q", ch.names(), want)
	}
}

func TestNamesThatAreNoTextCanBeChosen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("names are text here")
	}
	name := "\xff\n\u202e.pdf"
	ch := newChoosing(t, oneFile, folderOf(t, name), "")
	if got := ch.names(); got[0] != "〓〓\u202e.pdf" {
		t.Errorf("lists %q", got)
	}
	ch.typeKeys(fyne.KeyReturn)
	expectPaths(t, ch.paths, ch.folder, name)
}
