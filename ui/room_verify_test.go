package ui

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// codedError is an error of the work packages, as the backend returns them.
type codedError struct {
	code string
	args []any
}

func (e *codedError) Error() string { return e.code }
func (e *codedError) Code() string  { return e.code }
func (e *codedError) Args() []any   { return e.args }

// verifier is a backend that answers by the name of the file and remembers what it was
// asked.
type verifier struct {
	mu      sync.Mutex
	asked   []VerifyRequest
	answers map[string]func(VerifyRequest) (*Verified, error)
	wrote   map[string]string
}

func (v *verifier) verify(_ context.Context, q VerifyRequest) (*Verified, error) {
	v.mu.Lock()
	v.asked = append(v.asked, q)
	v.mu.Unlock()
	answer, ok := v.answers[filepath.Base(q.File)]
	if !ok {
		answer = func(q VerifyRequest) (*Verified, error) { return verified(q, sign.PassedRevocationUnchecked), nil }
	}
	return answer(q)
}

func (v *verifier) backend() Backend {
	return Backend{
		Verify: v.verify,
		Describe: func(_ context.Context, path string) Document {
			d := Document{Path: path, Kind: OtherDocument}
			if ext := filepath.Ext(path); ext == ".p7s" || ext == ".p7m" || ext == ".dat" {
				d.Kind = SignatureDocument
			}
			return d
		},
		WriteFile: func(path string, data []byte, replace bool) error {
			if strings.HasPrefix(filepath.Base(path), "full") {
				return &codedError{"disk_full", []any{path}}
			}
			v.wrote = map[string]string{path: fmt.Sprint(string(data), replace)}
			return nil
		},
	}
}

// last is the latest request.
func (v *verifier) last() VerifyRequest {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.asked[len(v.asked)-1]
}

// verified is a result with one signature for each list of codes.
func verified(q VerifyRequest, verdict sign.Verdict, codes ...[]string) *Verified {
	r := &sign.Report{Verdict: verdict}
	if len(codes) == 0 && verdict != sign.NoSignature {
		codes = [][]string{nil}
	}
	for _, list := range codes {
		s := sign.Signature{Verdict: verdict, Signer: &x509.Certificate{}, Covers: sign.Coverage{Sum: []byte{1}}}
		for _, code := range list {
			s.Findings = append(s.Findings, sign.Finding{Code: code, Verdict: verdict})
		}
		r.Signatures = append(r.Signatures, s)
	}
	return &Verified{
		Report: r, File: q.File, Content: q.Content,
		Headline: func(l msg.Lang) msg.Words { return msg.Verdict(l, verdict) },
		Main: func(l msg.Lang, i int) []Row {
			return []Row{{Label: msg.LabelName.In(l), Value: fmt.Sprintf("山本　翔太 %d", i+1)}, {Label: msg.LabelSigned.In(l), Value: msg.TimeNone.In(l)}}
		},
		Details: func(l msg.Lang, i int) []Row {
			return []Row{{Label: msg.LabelSerial.In(l), Value: fmt.Sprint("0A", i)}}
		},
		Text: func(msg.Lang) []byte { return []byte("report") },
		JSON: func(msg.Lang) []byte { return []byte("{}") },
	}
}

// always answers with that verdict and findings.
func always(verdict sign.Verdict, codes ...[]string) func(VerifyRequest) (*Verified, error) {
	return func(q VerifyRequest) (*Verified, error) { return verified(q, verdict, codes...), nil }
}

// newVerifyWindow opens the room over v, with files dropped on it.
func newVerifyWindow(t *testing.T, v *verifier, l msg.Lang, files ...string) (*testWindow, *verifying) {
	t.Helper()
	w := newTestWindow(t, v.backend(), Settings{Lang: l})
	w.enter(verifyRoom)
	r := w.rooms[verifyRoom].(*verifying)
	if len(files) > 0 {
		w.drop(files)
		w.untilDone(r)
	}
	return w, r
}

func (w *testWindow) untilDone(r *verifying) {
	w.t.Helper()
	w.until("the end of the verification", func() bool { return !r.working && len(w.sheets) == 0 })
}

// says fails the test unless the window says all of that.
func (w *testWindow) says(all ...string) {
	w.t.Helper()
	for _, s := range all {
		if !strings.Contains(w.texts(), s) {
			w.t.Errorf("the window does not say %q; it says:\n%s", s, w.texts())
		}
	}
}

// saysNot fails the test if the window says any of that.
func (w *testWindow) saysNot(any ...string) {
	w.t.Helper()
	for _, s := range any {
		if strings.Contains(w.texts(), s) {
			w.t.Errorf("the window says %q; it says:\n%s", s, w.texts())
		}
	}
}

// chooses types a path into the chooser that is open.
func (w *testWindow) chooses(path string) {
	w.t.Helper()
	w.until("the chooser", func() bool { return len(w.sheets) == 1 })
	var field *entry
	walk(w.top(), func(o fyne.CanvasObject) {
		if e, ok := o.(*entry); ok {
			field = e
		}
	})
	field.setText(path)
	field.OnSubmitted(path)
	w.until("the end of the choice", func() bool { return len(w.sheets) == 0 || w.sheets[0].cancel != nil && !isChooser(w) })
}

func isChooser(w *testWindow) bool {
	found := false
	walk(w.top(), func(o fyne.CanvasObject) {
		if _, ok := o.(*fileList); ok {
			found = true
		}
	})
	return found
}

func TestEveryVerdictIsShownWithItsWordsInBothLanguages(t *testing.T) {
	for _, l := range []msg.Lang{msg.Ja, msg.En} {
		for _, verdict := range verdicts {
			v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": always(verdict)}}
			w, _ := newVerifyWindow(t, v, l, "/d/a.p7s")
			words := msg.Verdict(l, verdict)
			w.says(words.Message, words.Hint)
			if !strings.Contains(w.win.Title(), words.Message) {
				t.Errorf("%s: the window is called %q", verdict, w.win.Title())
			}
			if verdict != sign.NoSignature {
				w.says("山本　翔太 1", "/d/a.p7s")
			}
		}
	}
}

func TestOnlyASignatureWithNothingLeftOpenLooksGood(t *testing.T) {
	for _, v := range verdicts {
		if good := verdictTone(v) == goodTone; good != (v == sign.Passed) {
			t.Errorf("%s looks good: %v", v, good)
		}
	}
	for _, v := range []sign.Verdict{sign.Failed, sign.ModifiedAfter} {
		if verdictTone(v) != problemTone {
			t.Errorf("%s does not look like a problem", v)
		}
	}
}

func TestAValidSignatureIsNotCalledValidWithoutWhatWasChecked(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": always(sign.Passed)}}
	w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s")
	w.says(msg.VerifyWhole.Ja)
	w, _ = newVerifyWindow(t, &verifier{}, msg.Ja, "/d/a.p7s")
	w.says("失効は未確認")
	w.saysNot("有効です", msg.VerifyWhole.Ja)
}

func TestASignatureAndItsDocumentBelongTogetherInEitherOrder(t *testing.T) {
	for _, files := range [][]string{{"/a/x.dat", "/b/y.pdf"}, {"/b/y.pdf", "/a/x.dat"}} {
		v := &verifier{}
		newVerifyWindow(t, v, msg.Ja, files...)
		if len(v.asked) != 1 || v.last().File != "/a/x.dat" || v.last().Content != "/b/y.pdf" {
			t.Errorf("%v: asked %+v", files, v.asked)
		}
	}
}

func TestDocumentsWhoseSignaturesAreThereAreNotVerifiedTwice(t *testing.T) {
	v := &verifier{}
	newVerifyWindow(t, v, msg.Ja, "/d/a", "/d/a.p7s", "/d/b.p7s", "/d/b", "/d/c", "/d/c")
	var files []string
	for _, q := range v.asked {
		files = append(files, q.File+q.Content)
	}
	if want := []string{"/d/a.p7s", "/d/b.p7s", "/d/c"}; !slices.Equal(files, want) {
		t.Errorf("verified %v, want %v", files, want)
	}
}

func TestManyFilesAreAListWithTheWorstFirst(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){
		"7.p7s": always(sign.Failed),
		"8.p7s": func(VerifyRequest) (*Verified, error) { return nil, &codedError{"input_missing", []any{"/d/8.p7s"}} },
	}}
	var files []string
	for i := range 500 {
		files = append(files, fmt.Sprintf("/d/%d.p7s", i))
	}
	began := time.Now()
	w, r := newVerifyWindow(t, v, msg.Ja, files...)
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("500 results took %v", took)
	}
	w.says("500 件のファイルを確かめました", "署名は無効です：1 件", "改ざんはありません（失効は未確認）：498 件", "確かめられなかったファイル：1 件")
	w.says("8.p7s", "7.p7s", "1 ～ 50 件目（全 500 件）")
	if r.checked[0].err == nil || r.checked[1].result.Verdict != sign.Failed {
		t.Error("the worst is not first")
	}
	w.tap("次の 50 件（ほか 450 件）")
	w.says("51 ～ 100 件目（全 500 件）", "前の 50 件")
	w.tap("前の 50 件")
	r.shown = 1
	r.tell()
	w.says("署名は無効です", "/d/7.p7s")
	w.tabTo("一覧に戻る")
	w.says("500 件のファイルを確かめました")
}

func TestStoppingKeepsTheResultsSoFar(t *testing.T) {
	for _, l := range []msg.Lang{msg.Ja, msg.En} {
		v := &verifier{}
		b := v.backend()
		waiting := make(chan struct{})
		b.Verify = func(ctx context.Context, q VerifyRequest) (*Verified, error) {
			if q.File == "/d/c.p7s" {
				close(waiting)
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return v.verify(ctx, q)
		}
		w := newTestWindow(t, b, Settings{Lang: l})
		w.enter(verifyRoom)
		w.drop([]string{"/d/a.p7s", "/d/b.p7s", "/d/c.p7s", "/d/d.p7s"})
		<-waiting
		w.press(fyne.KeyEscape)
		w.untilDone(w.rooms[verifyRoom].(*verifying))
		w.says(msg.VerifyStopped.In(l, "4", "2"))
	}
}

func TestStoppingTheOnlyFileSaysSo(t *testing.T) {
	b := (&verifier{}).backend()
	b.Verify = func(ctx context.Context, _ VerifyRequest) (*Verified, error) { <-ctx.Done(); return nil, ctx.Err() }
	w := newTestWindow(t, b, Settings{})
	w.enter(verifyRoom)
	w.drop([]string{"/d/a.p7s"})
	w.tap(msg.Stop.Ja)
	w.untilDone(w.rooms[verifyRoom].(*verifying))
	w.says("中止しました")
}

func TestTheSignedDocumentIsAskedForWhereItIsMissing(t *testing.T) {
	document := filepath.Join(t.TempDir(), "書類.pdf")
	if err := os.WriteFile(document, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": func(q VerifyRequest) (*Verified, error) {
		if q.Content == "" {
			return verified(q, sign.Indeterminate, []string{"content_missing"}), nil
		}
		return verified(q, sign.PassedRevocationUnchecked), nil
	}}}
	w, r := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s")
	w.saysNot("--content")
	w.tabTo("署名された書類を選ぶ")
	w.chooses(document)
	w.untilDone(r)
	if v.last().Content != document {
		t.Errorf("verified with %q", v.last().Content)
	}
	w.says("改ざんはありません（失効は未確認）", document)
}

func TestAPracticeSignatureCountsOnlyOnceThatIsWanted(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": func(q VerifyRequest) (*Verified, error) {
		r := verified(q, sign.Indeterminate, []string{"practice_certificate"})
		if q.Practice {
			r = verified(q, sign.PassedRevocationUnchecked)
		}
		r.Practice = true
		return r, nil
	}}}
	w, r := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s")
	w.says("【練習用】", "判定できません")
	w.saysNot("--practice")
	w.tap("練習用カードの署名として確かめる")
	w.untilDone(r)
	w.says("【練習用】", "改ざんはありません（失効は未確認）")
	w.saysNot("練習用カードの署名として確かめる")

	w.watch(Practice)
	w.drop([]string{"/d/a.p7s"})
	w.untilDone(r)
	if !v.last().Practice {
		t.Error("with the practice card, its signatures do not count")
	}
}

func TestAnUnsignedDocumentLeadsOnToSigning(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.pdf": always(sign.NoSignature)}}
	w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.pdf")
	w.says("署名がありません", "署名のファイルを選ぶ")
	w.tabTo("この書類に署名する")
	if w.current != signRoom {
		t.Errorf("it leads to room %d", w.current)
	}
}

func TestSeveralSignaturesHavePanelsOfTheirOwn(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){
		"a.p7s": always(sign.Failed, []string{"digest_mismatch"}, []string{"signature_invalid"}),
	}}
	w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s")
	w.says("署名 1 / 2：署名は無効です", "署名 2 / 2：署名は無効です", "山本　翔太 1", "山本　翔太 2",
		"書類が署名のあとに書き換えられています。", "署名の値が正しくありません。")
}

func TestDetailsAreFoldedAndStayAsTheyWereInTheOtherLanguage(t *testing.T) {
	w, _ := newVerifyWindow(t, &verifier{}, msg.Ja, "/d/a.p7s")
	w.saysNot("0A0")
	w.tabTo("▶ くわしい内容")
	w.says("0A0")
	w.press(fyne.KeyF10)
	w.says("0A0", "Not altered (revocation not checked)", "▼ Details")
}

func TestTheReportIsSaved(t *testing.T) {
	folder := t.TempDir()
	for label, want := range map[string]string{"結果を保存（文章）": "report", "結果を保存（JSON）": "{}"} {
		v := &verifier{}
		w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s")
		w.tap(label)
		path := filepath.Join(folder, want[:1]+".out")
		w.saves(path)
		w.untilText("保存しました")
		w.says(path)
		if v.wrote[path] != want+"false" {
			t.Errorf("%s: wrote %q", label, v.wrote)
		}
	}
}

func TestAReportThatCannotBeSavedIsTold(t *testing.T) {
	w, _ := newVerifyWindow(t, &verifier{}, msg.Ja, "/d/a.p7s")
	w.tap("結果を保存（文章）")
	w.saves(filepath.Join(t.TempDir(), "full.txt"))
	w.untilText("空き容量が足りず")
	w.saysNot("保存しました", "-o")
}

// saves types a path as the name in the chooser that is open for saving.
func (w *testWindow) saves(path string) {
	w.t.Helper()
	w.until("the chooser", func() bool { return isChooser(w) })
	var name *entry
	walk(w.top(), func(o fyne.CanvasObject) {
		if e, ok := o.(*entry); ok && e.label == w.say(msg.SaveName) {
			name = e
		}
	})
	name.setText(path)
	name.OnSubmitted(path)
	w.until("the end of the choice", func() bool { return !isChooser(w) })
}

// attached answers with an intact signature that has its document inside.
func attached(q VerifyRequest) (*Verified, error) {
	r := verified(q, sign.PassedRevocationUnchecked)
	r.Signatures[0].Covers.Attached = true
	return r, nil
}

func TestTheDocumentInsideIsTakenOut(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.pdf.p7m": attached}}
	w, r := newVerifyWindow(t, v, msg.Ja, "/d/a.pdf.p7m")
	w.tap("中の書類を取り出す")
	path := filepath.Join(t.TempDir(), "a.pdf")
	w.saves(path)
	w.untilText("保存しました")
	if r.working || v.last().Extract != path {
		t.Errorf("asked %+v", v.last())
	}
}

func TestNothingIsSaidToBeTakenOutOfASignatureThatHasGoneBad(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7m": func(q VerifyRequest) (*Verified, error) {
		if q.Extract != "" {
			return verified(q, sign.Failed), nil
		}
		return attached(q)
	}}}
	w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.p7m")
	w.tap("中の書類を取り出す")
	w.saves(filepath.Join(t.TempDir(), "a"))
	w.untilText(msg.VerifyNotTakenOut.Ja)
	w.tap("閉じる")
	w.says("署名は無効です")
	w.saysNot("中の書類を取り出す")
}

func TestOnlyAnIntactDocumentInsideCanBeTakenOut(t *testing.T) {
	for name, verdict := range map[string]sign.Verdict{"detached": sign.Passed, "failed": sign.Failed} {
		r := verified(VerifyRequest{}, verdict)
		r.Signatures[0].Covers.Attached = name == "failed"
		if holdsDocument(r) {
			t.Errorf("%s: a document can be taken out", name)
		}
	}
}

func TestAFileThatCannotBeReadIsToldAndTriedAgain(t *testing.T) {
	there := false
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": func(q VerifyRequest) (*Verified, error) {
		if !there {
			return nil, &codedError{"input_missing", []any{q.File}}
		}
		return verified(q, sign.Passed), nil
	}}}
	w, r := newVerifyWindow(t, v, msg.En)
	r.field.setText("'/d/a.p7s'")
	r.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.untilDone(r)
	w.says("There is no file “/d/a.p7s”.")
	if r.field.Text != "'/d/a.p7s'" {
		t.Errorf("what was typed is %q now", r.field.Text)
	}
	there = true
	w.tap("Verify again")
	w.untilDone(r)
	w.says("Valid")
}

func TestLateResultsDoNotDrawOverAnotherRoom(t *testing.T) {
	b := (&verifier{}).backend()
	free := make(chan struct{})
	b.Verify = func(_ context.Context, q VerifyRequest) (*Verified, error) {
		<-free
		return verified(q, sign.Passed), nil
	}
	w := newTestWindow(t, b, Settings{})
	w.enter(verifyRoom)
	w.drop([]string{"/d/a.p7s"})
	w.enter(helpRoom)
	close(free)
	w.untilDone(w.rooms[verifyRoom].(*verifying))
	w.saysNot("有効です")
	w.enter(verifyRoom)
	w.says("有効です")
}

func TestAnUnexpectedErrorIsNoCrash(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){
		"a.p7s": func(VerifyRequest) (*Verified, error) { return nil, errors.New("disk on fire") },
	}}
	w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s")
	w.says("予期しない問題が起きました")
	w.saysNot("-v")
}

func TestInASmallWindowTheResultIsInSightAtOnce(t *testing.T) {
	w, r := newVerifyWindow(t, &verifier{}, msg.Ja)
	w.win.Resize(fyne.NewSize(450, 300))
	w.drop([]string{"/d/a.p7s"})
	w.untilDone(r)
	d := w.app.Driver()
	top := d.AbsolutePositionForObject(w.frame.scroll).Y
	if title := d.AbsolutePositionForObject(w.frame.room).Y; title < top || title > top+20 {
		t.Errorf("the room's title is at %v in a window that scrolls from %v", title, top)
	}
	if focused, ok := w.win.Canvas().Focused().(*button); !ok || focused.label != "別のファイルを選ぶ" {
		t.Errorf("the focus is on %v", w.win.Canvas().Focused())
	}
}

func TestNothingOfAResultIsCutOffInASmallWindow(t *testing.T) {
	long := "/home/" + strings.Repeat("長い名前のフォルダー", 20) + "/" + strings.Repeat("a", 120)
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){
		"bad.p7s": always(sign.Indeterminate, []string{"content_missing"}, []string{"issuer_unknown"}),
		"no.pdf":  always(sign.NoSignature),
		"no.p7m":  attached,
	}}
	for _, l := range []msg.Lang{msg.Ja, msg.En} {
		w := newTestWindow(t, v.backend(), Settings{Lang: l, Size: "large"})
		w.win.Resize(fyne.NewSize(450, 300))
		w.enter(verifyRoom)
		w.fits(t, "verify")
		for _, files := range [][]string{{long + "/bad.p7s"}, {long + "/no.pdf"}, {long + "/no.p7m"}, {long + "/bad.p7s", long + "1.p7s", long + "2.p7s"}} {
			w.drop(files)
			w.untilDone(w.rooms[verifyRoom].(*verifying))
			w.fits(t, "verify "+filepath.Base(files[0]))
		}
	}
}

func TestPracticeSignaturesAreSaidToBeThatInAListToo(t *testing.T) {
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": func(q VerifyRequest) (*Verified, error) {
		r := verified(q, sign.PassedRevocationUnchecked)
		r.Practice = true
		return r, nil
	}}}
	w, _ := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s", "/d/b.p7s")
	if n := strings.Count(w.texts(), "【練習用】"); n != 1 {
		t.Errorf("%d of 2 files are said to be for practice:\n%s", n, w.texts())
	}
}

func TestAListCountsWhatWasVerifiedAgain(t *testing.T) {
	there := false
	v := &verifier{answers: map[string]func(VerifyRequest) (*Verified, error){"a.p7s": func(q VerifyRequest) (*Verified, error) {
		if !there {
			return nil, &codedError{"input_missing", []any{q.File}}
		}
		return verified(q, sign.PassedRevocationUnchecked), nil
	}, "b.p7s": always(sign.Failed)}}
	w, r := newVerifyWindow(t, v, msg.Ja, "/d/a.p7s", "/d/b.p7s")
	r.shown = 0
	r.tell()
	there = true
	w.tap("もう一度確かめる")
	w.untilDone(r)
	w.says("改ざんはありません（失効は未確認）", "/d/a.p7s")
	w.tap("一覧に戻る")
	w.says("署名は無効です：1 件", "改ざんはありません（失効は未確認）：1 件")
	w.saysNot("確かめられなかったファイル")
	if r.checked[0].tone() != problemTone {
		t.Error("the worst result is not the first")
	}
}
