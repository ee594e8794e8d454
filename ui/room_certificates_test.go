package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// newCertificate is a certificate of that kind as the backend judges it.
func newCertificate(kind string) *Certificate {
	value := map[string]string{"sign": "山本　翔太"}[kind]
	return &Certificate{
		Kind: kind, NotAfter: time.Date(2030, 9, 22, 14, 59, 59, 0, time.UTC), Standing: Good, Verdict: sign.PassedRevocationUnchecked,
		Title:    func(l msg.Lang) string { return msg.CertKind(kind).In(l) },
		Life:     func(l msg.Lang) string { return msg.LifeLeft.In(l, "1,399", msg.Day(l, 2030, 9, 22)) },
		Headline: func(l msg.Lang) string { return msg.CertKind(kind).In(l) + msg.CertPassedUnchecked.In(l) },
		Advice:   func(msg.Lang) string { return "" },
		Main: func(l msg.Lang) []Row {
			return []Row{{Label: msg.LabelName.In(l), Value: value + kind, Marks: []int{0}}}
		},
		Details: func(l msg.Lang) []Row {
			return []Row{{Label: msg.LabelIssuer.In(l), Value: "signca02" + msg.AnchorKind(sign.AnchorPinned).In(l)}}
		},
		FileName: func(pem bool) string { return fmt.Sprintf("Cert-%s-%v.cer", kind, pem) },
	}
}

// reading is a backend whose card has all certificates, and records what is written.
type reading struct {
	kinds [][]string
	err   error
	wrote []string
}

func (r *reading) backend() Backend {
	return Backend{
		Certificates: func(_ context.Context, _ string, kinds []string, _ card.PINFunc) ([]*Certificate, error) {
			r.kinds = append(r.kinds, kinds)
			if r.err != nil {
				return nil, r.err
			}
			var certs []*Certificate
			for _, k := range kinds {
				certs = append(certs, newCertificate(k))
			}
			return certs, nil
		},
		FileCertificates: func(_ context.Context, path string) ([]*Certificate, error) {
			switch filepath.Base(path) {
			case "none.txt":
				return nil, &codedError{"certificate_unreadable", []any{path}}
			case "many.p7b":
				var certs []*Certificate
				for range 256 {
					certs = append(certs, newCertificate("other"))
				}
				return certs, nil
			}
			return []*Certificate{newCertificate("sign")}, nil
		},
		ReadCard: func(context.Context, string) Card { return usableCard("1") },
		Export: func(c *Certificate, path string, pem, replace bool) error {
			r.wrote = append(r.wrote, fmt.Sprint(c.Kind, " ", filepath.Base(path), " ", pem, " ", replace))
			return nil
		},
		Remind: func(l msg.Lang, certs []*Certificate, path string, replace bool) error {
			r.wrote = append(r.wrote, fmt.Sprint(l, " ", len(certs), " ", filepath.Base(path), " ", replace))
			return nil
		},
	}
}

func usableCard(id string) Card {
	return Card{
		Reader: "Reader", ID: id, Info: card.Info{Sign: true, Auth: true},
		Tries: map[card.Key]int{card.SignKey: 5, card.AuthKey: 3},
	}
}

// newCertificateWindow opens the room with a card in the reader.
func newCertificateWindow(t *testing.T, b *reading, l msg.Lang) (*testWindow, *certificates) {
	t.Helper()
	w := newTestWindow(t, b.backend(), Settings{Lang: l})
	w.show(usableCard("1"))
	w.enter(certificateRoom)
	return w, w.rooms[certificateRoom].(*certificates)
}

func (w *testWindow) untilRead(r *certificates) {
	w.t.Helper()
	w.until("the end of the reading", func() bool { return !r.working && len(w.sheets) == 0 })
}

func TestTheCardsCertificatesAreShownByKindInBothLanguages(t *testing.T) {
	for _, l := range []msg.Lang{msg.Ja, msg.En} {
		for _, c := range []struct {
			button msg.Text
			kinds  []string
		}{
			{msg.CertSeeAuth, []string{"auth"}}, {msg.CertSeeSign, []string{"sign"}}, {msg.CertSeeCAs, []string{"sign-ca", "auth-ca"}},
		} {
			b := &reading{}
			w, r := newCertificateWindow(t, b, l)
			w.tabTo(c.button.In(l))
			w.untilRead(r)
			if !slices.Equal(b.kinds[0], c.kinds) {
				t.Errorf("read %v, want %v", b.kinds[0], c.kinds)
			}
			for _, k := range c.kinds {
				w.says(msg.CertKind(k).In(l), msg.CertKind(k).In(l)+msg.CertPassedUnchecked.In(l), msg.CertMarked.In(l))
			}
			if own := c.kinds[0] == "auth" || c.kinds[0] == "sign"; own != strings.Contains(w.texts(), msg.CertRevocationHint.In(l)) {
				t.Errorf("%v: the hint on revocation is there: %v", c.kinds, !own)
			}
		}
	}
}

func TestACertificateIsNeverCalledValidAlone(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.Ja)
	w.tap("利用者証明用を見る")
	w.untilRead(r)
	w.says("失効は未確認")
	w.saysNot("は有効です")
}

func TestThePrivateItemsGoWithTheirCard(t *testing.T) {
	states := map[string]Card{
		"removed": {Err: card.ErrNoCard}, "another": usableCard("2"), "being read": {Reading: true},
		"in use": {Err: card.ErrInUse, ID: "1"},
	}
	for name, state := range states {
		w, r := newCertificateWindow(t, &reading{}, msg.Ja)
		w.tap("署名用を見る（パスワード）")
		w.untilRead(r)
		w.says("山本　翔太")
		w.show(usableCard("1"))
		w.says("山本　翔太")
		w.show(state)
		if strings.Contains(w.texts(), "山本") || len(r.entries) != 0 {
			t.Errorf("%s: the name is still there", name)
		}
		w.says(msg.CertGone.Ja)
	}
}

func TestThePrivateItemsOfACardThatCannotBeToldFromOthersGoWithIt(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.Ja)
	w.show(usableCard(""))
	w.backend.ReadCard = func(context.Context, string) Card { return usableCard("") }
	w.tap("署名用を見る（パスワード）")
	w.untilRead(r)
	w.says("山本　翔太")
	w.show(Card{Err: card.ErrNoCard})
	w.saysNot("山本")
}

func TestWhatIsReadFromACardThatHasLeftIsNotShown(t *testing.T) {
	b := (&reading{}).backend()
	free := make(chan struct{})
	b.Certificates = func(context.Context, string, []string, card.PINFunc) ([]*Certificate, error) {
		<-free
		return []*Certificate{newCertificate("sign")}, nil
	}
	w := newTestWindow(t, b, Settings{})
	w.show(usableCard("1"))
	w.enter(certificateRoom)
	r := w.rooms[certificateRoom].(*certificates)
	w.tap("署名用を見る（パスワード）")
	w.show(usableCard("2"))
	close(free)
	w.untilRead(r)
	w.saysNot("山本")
	w.says(msg.CertGone.Ja)
}

func TestAFilesCertificatesStayWithoutTheCard(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.Ja)
	w.drop([]string{"/d/a.cer"})
	w.untilRead(r)
	w.show(Card{Err: card.ErrNoCard})
	w.says("山本　翔太", "/d/a.cer")
	w.press(fyne.KeyF10)
	w.says("File: /d/a.cer", "Signing certificate")
}

func TestWithoutACardOnlyFilesCanBeOpened(t *testing.T) {
	for _, state := range []Card{{Err: card.ErrNoCard}, {Err: card.ErrNoService}, {Reading: true}} {
		w := newTestWindow(t, (&reading{}).backend(), Settings{})
		w.show(state)
		w.enter(certificateRoom)
		if !w.button("署名用を見る（パスワード）").Disabled() || w.button("ファイルを開く").Disabled() {
			t.Errorf("%+v: the wrong buttons can be pressed", state)
		}
		if state.Err != nil {
			w.says(msg.WindowError(msg.Ja, state.Err).Message)
		}
	}
}

func TestGivingUpThePasswordChangesNothing(t *testing.T) {
	b := &reading{}
	w, r := newCertificateWindow(t, b, msg.Ja)
	w.tap("利用者証明用を見る")
	w.untilRead(r)
	b.err = errCancelled
	w.tap("署名用を見る（パスワード）")
	w.untilRead(r)
	w.says("利用者証明用電子証明書")
	w.saysNot("予期しない")
}

func TestAWrongPasswordIsTold(t *testing.T) {
	b := &reading{err: &card.PINError{Key: card.SignKey, Retries: 3}}
	w, r := newCertificateWindow(t, b, msg.Ja)
	w.tap("署名用を見る（パスワード）")
	w.untilRead(r)
	w.says("署名用パスワードが違います。あと 3 回")
	if len(b.kinds) != 1 {
		t.Error("the card was asked again")
	}
}

func TestACardWithoutTheCertificateIsTold(t *testing.T) {
	b := (&reading{}).backend()
	b.Certificates = func(context.Context, string, []string, card.PINFunc) ([]*Certificate, error) { return nil, nil }
	w := newTestWindow(t, b, Settings{})
	w.show(usableCard("1"))
	w.enter(certificateRoom)
	w.tap("認証局の証明書を見る")
	w.untilRead(w.rooms[certificateRoom].(*certificates))
	w.says("このカードには、その証明書が入っていません。")
}

func TestAFileWithoutACertificateIsTold(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.Ja)
	r.field.setText(`"/d/none.txt"`)
	r.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.untilRead(r)
	w.says("「/d/none.txt」から証明書を読み取れません。")
}

func TestManyCertificatesArePaged(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.En)
	w.drop([]string{"/d/many.p7b"})
	w.untilRead(r)
	w.says("1 to 10 of 256")
	w.tap("Next 10 (246 more)")
	w.says("11 to 20 of 256")
}

func TestWhatASigningCertificateRevealsIsSaidBeforeItIsSaved(t *testing.T) {
	b := &reading{}
	w, r := newCertificateWindow(t, b, msg.Ja)
	w.tap("署名用を見る（パスワード）")
	w.untilRead(r)
	w.tap("保存（.pem）")
	w.says(msg.ExportDiscloses.Ja)
	w.press(fyne.KeyEscape)
	if len(w.sheets) != 0 || len(b.wrote) != 0 {
		t.Fatal("Esc does not leave it")
	}
	w.tap("保存（.cer）")
	w.tap("保存先を選ぶ")
	path := filepath.Join(t.TempDir(), "私.cer")
	w.saves(path)
	w.untilText("保存しました")
	if want := []string{"sign 私.cer false false"}; !slices.Equal(b.wrote, want) {
		t.Errorf("wrote %q, want %q", b.wrote, want)
	}
}

func TestTheRenewalGoesIntoACalendar(t *testing.T) {
	b := &reading{}
	w, r := newCertificateWindow(t, b, msg.En)
	w.tap("Authentication certificate")
	w.untilRead(r)
	w.tap("Add the renewal to a calendar")
	w.saves(filepath.Join(t.TempDir(), "renew.ics"))
	w.untilText("Open the file to add its entries")
	if want := []string{"en 1 renew.ics false"}; !slices.Equal(b.wrote, want) {
		t.Errorf("wrote %q, want %q", b.wrote, want)
	}
}

func TestCopyTakesEveryRow(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.Ja)
	w.tap("署名用を見る（パスワード）")
	w.untilRead(r)
	w.tabTo("コピー")
	got := w.app.Clipboard().Content()
	for _, want := range []string{"氏名\t山本　翔太", "発行者\tsignca02", "失効は未確認", "あと 1,399 日"} {
		if !strings.Contains(got, want) {
			t.Errorf("the clipboard lacks %q:\n%s", want, got)
		}
	}
	w.says("[コピーしました]")
}

func TestDetailsOfACertificateAreFolded(t *testing.T) {
	w, r := newCertificateWindow(t, &reading{}, msg.Ja)
	w.tap("利用者証明用を見る")
	w.untilRead(r)
	w.saysNot("signca02")
	w.tabTo("▶ " + msg.CertDetail.Ja)
	w.says("signca02（公的個人認証サービスの認証局）")
}

func TestExpiryIsMoreSeriousThanAGoodVerdict(t *testing.T) {
	want := map[Standing]tone{Good: plainTone, EndsSoon: noteTone, NotYet: noteTone, Expired: problemTone, Undefined: noteTone}
	for s, want := range want {
		if got := max(standingTone(s), verdictTone(sign.PassedRevocationUnchecked)); got != want {
			t.Errorf("%s: tone %d, want %d", s, got, want)
		}
	}
}

func TestReadingFilesCanBeStopped(t *testing.T) {
	b := (&reading{}).backend()
	b.FileCertificates = func(ctx context.Context, _ string) ([]*Certificate, error) { <-ctx.Done(); return nil, ctx.Err() }
	w := newTestWindow(t, b, Settings{})
	w.enter(certificateRoom)
	w.drop([]string{"/d/a.cer"})
	w.press(fyne.KeyEscape)
	r := w.rooms[certificateRoom].(*certificates)
	w.untilRead(r)
	if len(r.entries) != 0 || r.err != nil {
		t.Errorf("after it was stopped: %+v, %v", r.entries, r.err)
	}
}

func TestNothingOfACertificateIsCutOffInASmallWindow(t *testing.T) {
	b := (&reading{}).backend()
	b.FileCertificates = func(context.Context, string) ([]*Certificate, error) {
		c := newCertificate("sign")
		c.Main = func(l msg.Lang) []Row {
			return []Row{{Label: msg.LabelAddress.In(l), Value: strings.Repeat("東京都千代田区霞が関", 20), Marks: []int{3, 190}}}
		}
		return []*Certificate{c}, nil
	}
	for _, l := range []msg.Lang{msg.Ja, msg.En} {
		w := newTestWindow(t, b, Settings{Lang: l, Size: "large"})
		w.win.Resize(fyne.NewSize(450, 300))
		w.enter(certificateRoom)
		w.show(Card{Err: card.ErrNoCard})
		w.fits(t, "certificates without a card")
		w.show(usableCard("1"))
		r := w.rooms[certificateRoom].(*certificates)
		w.drop([]string{"/home/" + strings.Repeat("長い名前のフォルダー", 20)})
		w.untilRead(r)
		r.entries[0].open = true
		w.redraw(r)
		w.fits(t, "certificates")
		w.tap(msg.CertSaveCER.In(l))
		w.fits(t, "before saving")
	}
}
