// Package ui is the window: its frame, its rooms, and the dialogs between them.
//
// It draws and asks. What is done, with cards, signatures and files, comes in as the
// functions of a [Backend], so that every view can be tested without a display, a card
// reader or a disk; words come from package msg, looks from package theme. The program
// around it, with the drawing toolkit's application, is cmd/jpki-gui.
package ui

import (
	"context"
	"image"
	"slices"
	"time"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/sign"
	"github.com/jpki-desktop/jpki/ui/msg"
	"github.com/jpki-desktop/jpki/ui/theme"
)

// Practice is the source that is the user's own practice card.
const Practice = "emu:"

// Backend is what the window can have done. All functions but WeakPIN and Save may take
// long, are called off the drawing thread, and end early when their context does. A source
// is a reader's name, [Practice], or "" for the only card there is.
type Backend struct {
	Version string // of the program

	// Do hands a function to the drawing thread; nil = as the toolkit does.
	Do func(func())

	// Watch shows the state of the card in source now and at every change, until ctx ends.
	Watch func(ctx context.Context, source string, show func(Card))
	// ReadCard is the state at this moment, for after work that changed it.
	ReadCard func(ctx context.Context, source string) Card
	// ResetPractice makes a new practice card in place of the user's.
	ResetPractice func() error

	// Certificates reads certificates of the card, each judged. Those that it lacks are
	// left out.
	Certificates func(ctx context.Context, source string, kinds []string, pin card.PINFunc) ([]*Certificate, error)
	// FileCertificates reads those of a file, each judged.
	FileCertificates func(ctx context.Context, path string) ([]*Certificate, error)
	// Export writes a certificate and returns the path. Replace overwrites a file.
	Export func(c *Certificate, path string, pem, replace bool) error
	// Remind writes calendar entries for the renewal of certificates.
	Remind func(l msg.Lang, certs []*Certificate, path string, replace bool) error

	// Describe looks at a file that somebody wants to sign or verify.
	Describe  func(ctx context.Context, path string) Document
	Sign      func(ctx context.Context, q SignRequest) ([]Signed, error)
	Verify    func(ctx context.Context, q VerifyRequest) (*Verified, error)
	ChangePIN func(ctx context.Context, q PINChange) error
	// WeakPIN says why a new PIN that keeps the rule is too easy to guess, or nil.
	WeakPIN func(k card.Key, new, old card.PIN) error
	Doctor  func(ctx context.Context, source string) *Diagnosis

	// WriteFile writes a small file, whole or not at all.
	WriteFile func(path string, data []byte, replace bool) error
	// Open shows a file or folder with the user's program for it.
	Open func(path string) error

	// Save remembers what the user chose.
	Save func(Settings)
}

// Settings are what the window remembers of its user's choices.
type Settings struct {
	Lang   msg.Lang
	Scheme string // of package theme
	Size   string // of package theme
}

// settled is s with the standard look in place of one that does not exist.
func (s Settings) settled() Settings {
	if !slices.Contains(theme.Schemes(), theme.Scheme(s.Scheme)) {
		s.Scheme = string(theme.Standard)
	}
	if !slices.Contains(theme.Sizes(), theme.Size(s.Size)) {
		s.Size = string(theme.Normal)
	}
	return s
}

// Row is one line of a table: what it is, and what is said of it.
type Row struct {
	Label, Value string
	Marks        []int // letters of Value that stand for others, counted from 0
}

// Card is what is known of the card in the chosen source at a moment.
type Card struct {
	Reading bool   // one has come and is being read
	Err     error  // why none can be used; nil = there is one. Its words are msg.Error's
	Reader  string // where it is
	// Readers are those that hold a card, if Err is card.ErrSeveral.
	Readers []string
	ID      string // tells one card from another
	Info    card.Info
	Tries   map[card.Key]int // left; 0 = blocked. A key that the card lacks has none
	Auth    *Certificate     // nil if the card lacks it, or wants a PIN for it
}

// Usable tells whether there is a card that was read.
func (c *Card) Usable() bool { return c.Err == nil && !c.Reading }

// Standing is how a certificate stands in its time.
type Standing string

// The standings.
const (
	Good      Standing = "good"
	EndsSoon  Standing = "soon" // 90 days or fewer are left
	NotYet    Standing = "not_yet"
	Expired   Standing = "expired"
	Undefined Standing = "undefined" // its period cannot be read
)

// Origin tells whether a certificate or a card is real.
type Origin string

// The origins.
const (
	RealOrigin     Origin = ""
	PracticeOrigin Origin = "practice"
	TestOrigin     Origin = "test"
)

// Certificate is a certificate, judged. What is said of it depends on the language only.
type Certificate struct {
	Kind     string // sign, auth, sign-ca, auth-ca or other
	Origin   Origin
	NotAfter time.Time
	Standing Standing
	Verdict  sign.Verdict
	Findings []sign.Finding

	Title    func(msg.Lang) string
	Life     func(msg.Lang) string // the plain line about how long it is still good
	Headline func(msg.Lang) string // the verdict in words
	Advice   func(msg.Lang) string // what to do now; "" = nothing
	Main     func(msg.Lang) []Row
	Details  func(msg.Lang) []Row
	FileName func(pem bool) string // proposed for an export

	Handle any // the backend's own
}

// DocumentKind is what a file is to somebody who signs or verifies.
type DocumentKind string

// The kinds of documents.
const (
	PDFDocument       DocumentKind = "pdf"
	TaxDocument       DocumentKind = "xtx" // e-Tax's XML
	XMLDocument       DocumentKind = "xml"
	TextDocument      DocumentKind = "text"
	ImageDocument     DocumentKind = "image"
	SignatureDocument DocumentKind = "signature"
	OtherDocument     DocumentKind = "other"
)

// Document is a file as it is shown before it is signed or verified.
type Document struct {
	Path  string
	Err   error // why it cannot be used, such as that it is a folder
	Kind  DocumentKind
	Size  int64       // bytes
	Pages int         // of a PDF; 0 = unknown
	Text  string      // the beginning of text and XML
	More  bool        // there is more than Text
	Image image.Image // of an image, made small; nil if it is too large or broken

	// Beside tells whether a signature of the file lies beside it.
	Beside bool
}

// Signed tells whether opening the file is about verifying a signature.
func (d *Document) Signed() bool { return d.Kind == SignatureDocument || d.Beside }

// Progress tells how far the work is.
type Progress struct {
	File         string
	Index, Count int   // of File from 0, and files in all
	Done, Total  int64 // bytes of File; Total is -1 if unknown
	Signing      bool  // all files were read, and the card signs File
}

// SignRequest says what to sign and how.
type SignRequest struct {
	Source   string
	Files    []string
	Folder   string // for the results; "" = beside each file
	Attached bool   // the document goes into the signature
	Replace  bool   // existing files are overwritten
	LastTry  bool   // the last try of the password may be spent
	PIN      card.PINFunc
	Progress func(Progress)
}

// Signed is the result for one file.
type Signed struct {
	Input, Output string
	Err           error
}

// VerifyRequest says what to verify.
type VerifyRequest struct {
	File     string
	Content  string // the document of a detached signature; "" = look beside File
	Practice bool   // the practice authorities count
	Extract  string // where attached content goes; "" = nowhere
	Replace  bool   // a file at Extract is overwritten
	Progress func(Progress)
}

// Verified is the result of a verification.
type Verified struct {
	*sign.Report
	File, Content string
	Practice      bool // somebody signed with a practice card, whether that counts or not

	Headline func(msg.Lang) msg.Words // the verdict, and what to do about it

	Main    func(l msg.Lang, signature int) []Row
	Details func(l msg.Lang, signature int) []Row
	Text    func(msg.Lang) []byte // the report to keep, for people
	JSON    func(msg.Lang) []byte // and for programs
}

// PINChange says which PIN to change and how to ask for the old one and the new one.
type PINChange struct {
	Source  string
	Key     card.Key
	LastTry bool
	Old     card.PINFunc
	New     func(problem error) (card.PIN, error) // problem: why the one before will not do
	Again   func() (card.PIN, error)
}

// Check is one thing that the doctor looked at; its words are msg.Doctor's.
type Check struct {
	Name, State, Level string
	Facts              []any
}

// Diagnosis is what the doctor found.
type Diagnosis struct {
	System msg.System
	Checks []Check
	Text   func(msg.Lang) []byte // all of it, fit to be shown in public
}
