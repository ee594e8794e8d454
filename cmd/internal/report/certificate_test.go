package report

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/sign/pki"
	"github.com/jpki-desktop/jpki/sign/testca"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// Of the sample's name the first letter stands for another, of the address the last one;
// between them is a letter that takes four octets.
const (
	sampleName    = "高𠮷　花子"
	sampleAddress = "練習県見本市葛"
)

var (
	sampleBegin = time.Date(2026, 4, 24, 0, 0, 0, 0, msg.Japan)
	sampleEnd   = time.Date(2031, 4, 23, 23, 59, 59, 0, msg.Japan)
	sampleNow   = time.Date(2026, 11, 22, 12, 0, 0, 0, msg.Japan)
)

// certificate issues a signing certificate and reads it as a user's file is read.
func certificate(t *testing.T) *job.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ca, err := testca.New(testca.WithKey(key))
	if err != nil {
		t.Fatal(err)
	}
	owner := testca.SampleOwner()
	owner.Name, owner.NameSubstitutes = sampleName, "10000"
	owner.Address, owner.AddressSubstitutes = sampleAddress, "0000002"
	cert, err := ca.IssueSigning(key.Public(), owner, testca.WithValidity(sampleBegin, sampleEnd))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sign.cer")
	if err := os.WriteFile(path, cert.Raw, 0o600); err != nil {
		t.Fatal(err)
	}
	certs, err := job.FileCertificates(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return certs[0]
}

// checked is that certificate, found good.
func checked(t *testing.T) *Checked {
	t.Helper()
	s := &sign.Signature{
		Verdict: sign.PassedRevocationUnchecked, Anchor: sign.Anchor{Name: "signca03", Kind: sign.AnchorPinned}, Revocation: sign.RevocationUnchecked,
		Findings: []sign.Finding{{Code: pki.PracticeCertificate, Verdict: sign.Indeterminate}, {Code: "clock_behind", Verdict: sign.Indeterminate, Time: sampleNow}},
	}
	return NewChecked(certificate(t), s, sampleNow, WarnDays)
}

func find(t *testing.T, rows []Row, label string) Row {
	t.Helper()
	i := slices.IndexFunc(rows, func(r Row) bool { return r.Label == label })
	if i < 0 {
		t.Fatalf("no row %s in %s", label, labels(rows))
	}
	return rows[i]
}

// TestMarksPointAtTheLettersOfTheValue looks at what is marked: the value must be the
// name and nothing else, whatever the note says.
func TestMarksPointAtTheLettersOfTheValue(t *testing.T) {
	rows := CertificateRows(msg.Ja, checked(t))
	for _, x := range []struct{ label, value, marked, note string }{
		{"氏名", sampleName, "高", "（代替文字：1 文字目「高」）"},
		{"住所", sampleAddress, "葛", "（代替文字：7 文字目「葛」）"},
		{"性別", "女", "", ""},
	} {
		r := find(t, rows, x.label)
		marked := ""
		for _, i := range r.Marks {
			marked += string([]rune(r.Value)[i])
		}
		if r.Value != x.value || marked != x.marked || r.Note != x.note {
			t.Errorf("%s: value %q, marked %q, note %q", x.label, r.Value, marked, r.Note)
		}
	}
}

// TestMarksStayInPlaceWhenLettersAreReplaced marks a letter behind ones that must not
// reach a display, an octet that is no letter among them.
func TestMarksStayInPlaceWhenLettersAreReplaced(t *testing.T) {
	rows := holderRows(msg.En, &pki.Owner{Name: "\u202e\x1b\xff高山", NameSubstitutes: "00010"})
	r := find(t, rows, "Name")
	if r.Value != "\uFFFD\uFFFD\uFFFD高山" || !slices.Equal(r.Marks, []int{3}) || r.Note != " (substitute letters: 4 “高”)" {
		t.Errorf("%+v", r)
	}
}

// TestJSONCountsLettersFromOne compares the document with the marks of the rows.
func TestJSONCountsLettersFromOne(t *testing.T) {
	d := CertJSON(msg.En, []*Checked{checked(t)})
	want := []substituteJSON{{"name", 1, "高"}, {"address", 7, "葛"}}
	if !slices.Equal(d.Holder.Substitutes, want) || d.Certificates[0].Serial != d.Serial {
		t.Errorf("%+v", d.Holder.Substitutes)
	}
}

func TestCertificateRowsSplit(t *testing.T) {
	for l, want := range map[msg.Lang][2]string{
		msg.Ja: {"氏名 生年月日 性別 住所 発行 有効期限", "発行者 用途 証明書ポリシー 証明書の番号 SHA-256 SHA-1"},
		msg.En: {"Name Born Sex Address Valid from Valid until", "Issuer Use Policy Serial number SHA-256 SHA-1"},
	} {
		main, details := Split(CertificateRows(l, checked(t)))
		if labels(main) != want[0] || labels(details) != want[1] {
			t.Errorf("%s: main %q, details %q", l, labels(main), labels(details))
		}
		if issuer := details[0].Value; !strings.HasPrefix(issuer, "signca03") {
			t.Errorf("issuer %q", issuer)
		}
	}
}

// TestSubjectStandsInForAnOwner shows a certificate that does not say whose it is.
func TestSubjectStandsInForAnOwner(t *testing.T) {
	r := checked(t)
	r.Certificate.Owner = nil
	main, _ := Split(CertificateRows(msg.Ja, r))
	if labels(main) != "名義 発行 有効期限" || main[0].Value == "" {
		t.Errorf("%+v", main)
	}
}

// TestTextHoldsEveryRow looks for the rows of a window in what the command line prints.
func TestTextHoldsEveryRow(t *testing.T) {
	r := checked(t)
	var b bytes.Buffer
	if err := CertificateText(&b, msg.Ja, r); err != nil {
		t.Fatal(err)
	}
	for _, row := range CertificateRows(msg.Ja, r) {
		if !strings.Contains(b.String(), "  "+row.Label) || !strings.Contains(b.String(), "  "+row.Value+row.Note+"\n") {
			t.Errorf("%s is missing: %s", row.Label, b.String())
		}
	}
	findings := CertificateFindings(msg.Ja, r)
	if len(findings) != 1 || !strings.Contains(b.String(), "● "+findings[0].Message) || len(r.Signature.Findings) != 2 {
		t.Errorf("findings %+v of %+v", findings, r.Signature.Findings)
	}
	if !strings.HasPrefix(b.String(), "署名用電子証明書【練習用】\n") {
		t.Errorf("no band: %s", b.String())
	}
}

func TestLifeSaysHowLong(t *testing.T) {
	c := certificate(t)
	for day, want := range map[time.Time]string{
		sampleBegin.Add(-time.Second):  "まだ有効になっていません（2026年4月24日（令和8年）から）",
		sampleNow:                      "あと 1,613 日（2031年4月23日（令和13年）まで）",
		sampleEnd.Add(-time.Hour):      "本日（2031年4月23日（令和13年））が最後の日です",
		sampleEnd.Add(2 * time.Second): "期限が切れています（2031年4月23日（令和13年）まででした）",
	} {
		if got := Life(msg.Ja, c, day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	c.NotAfter = time.Time{}
	if got := Life(msg.En, c, sampleNow); got != "The end of its period cannot be read" || Moment(msg.En, c.NotAfter) != "unknown" {
		t.Error(got)
	}
}
