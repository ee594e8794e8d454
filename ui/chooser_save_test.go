package ui

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestAFileIsSavedUnderANewName(t *testing.T) {
	folder := folderOf(t, "in/")
	ch := newChoosing(t, newFile, folder, "報告.txt")
	if ch.win.Canvas().Focused() != ch.c.name {
		t.Error("the name has no focus")
	}
	ch.typeKeys(fyne.KeyReturn)
	ch.untilEnded()
	if expectPaths(t, ch.paths, folder, "報告.txt"); ch.replace {
		t.Error("replaces what is not there")
	}
}

func TestReplacingAFileIsAskedFirst(t *testing.T) {
	folder := folderOf(t, "100%.txt")
	ch := newChoosing(t, newFile, folder, "x")
	ch.tapRow("100%.txt")
	for _, answer := range []string{"戻る", "置き換える"} {
		if ch.ended {
			t.Fatal("not asked")
		}
		ch.tap("保存する")
		ch.untilText("「100%.txt」のいまの内容は失われます")
		ch.tap(answer)
	}
	if expectPaths(t, ch.paths, folder, "100%.txt"); !ch.replace {
		t.Error("the agreement is lost")
	}
}

func TestNamesUnderWhichNothingCanBeSavedAreExplained(t *testing.T) {
	folder := folderOf(t, "in/", "file")
	ch := newChoosing(t, newFile, folder, "")
	for name, words := range map[string]string{
		"": "ファイル名を入力してください", "in": "というフォルダーがあります", "none/x": "見つかりません", "..": "というフォルダーがあります",
	} {
		ch.c.name.SetText(name)
		ch.tap("保存する")
		ch.untilText(words)
	}
	if ch.ended {
		t.Errorf("saves as %q", ch.paths)
	}
}
