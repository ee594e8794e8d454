package job

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/sign"
)

// TestSigningKeepsItsBudget counts the commands on the card: 12 and the reads of the
// certificate for a file, 1 for each further one, once the CA's certificate is cached.
func TestSigningKeepsItsBudget(t *testing.T) {
	first, _, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	signs(t, first, document(t, "fills the cache"))
	c, err := content()
	if err != nil {
		t.Fatal(err)
	}
	reads := (len(c.SignCert) + 255) / 256
	for _, files := range []int{1, 2, 25} {
		opened, e, err := insert(t)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for i := range files {
			paths = append(paths, document(t, fmt.Sprint(i)))
		}
		signs(t, opened, paths...)
		got, budget := e.Count(), 12+reads+files-1
		if got.Total() > budget || got.Verify > 2 || got.Sign != files {
			t.Errorf("%d files: %d commands, budget %d: %+v", files, got.Total(), budget, got)
		}
	}
}

// TestRemovalAtEveryCommand pulls the card at every single command of a signature: no
// file appears, and a try is spent only if a VERIFY was sent.
func TestRemovalAtEveryCommand(t *testing.T) {
	for n := 1; ; n++ {
		path := document(t, "pulled")
		opened, e, err := insert(t, emu.Fault{Kind: emu.FaultRemove, At: n})
		if err == nil {
			_, err = SignFiles(t.Context(), opened, SignRequest{Files: []string{path}, PIN: password})
		}
		if left := e.State().Sign.Left; left != 5 {
			t.Errorf("command %d: %d tries left", n, left)
		}
		if err == nil {
			if n < 15 {
				t.Fatalf("a signature took only %d commands", n-1)
			}
			return
		}
		if !errors.Is(err, card.ErrRemoved) {
			t.Errorf("command %d: %v", n, err)
		}
		if names := leftovers(t, path); names != nil {
			t.Errorf("command %d left %v", n, names)
		}
	}
}

// TestOddAnswersNeverYieldABadSignature lets one answer at a time go wrong: the result is
// an error and no file, or a good signature.
func TestOddAnswersNeverYieldABadSignature(t *testing.T) {
	for _, kind := range []emu.FaultKind{emu.FaultCorrupt, emu.FaultShort, emu.FaultStatus} {
		for n := 1; n <= 20; n++ {
			path := document(t, "odd")
			opened, _, err := insert(t, emu.Fault{Kind: kind, At: n, SW: 0x6F00})
			if err == nil {
				_, err = SignFiles(t.Context(), opened, SignRequest{Files: []string{path}, PIN: password})
			}
			names := leftovers(t, path)
			switch {
			case err != nil && names != nil:
				t.Errorf("%s@%d: %v, and yet %v", kind, n, err, names)
			case err == nil && verdict(t, path) != sign.PassedRevocationUnchecked:
				t.Errorf("%s@%d: verdict %s", kind, n, verdict(t, path))
			}
		}
	}
}

// TestDocumentThatChangesIsNotSigned writes to the document while it is being read.
func TestDocumentThatChangesIsNotSigned(t *testing.T) {
	changes := map[string]func(path string) error{
		"growing": func(path string) error {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString("more")
			return err
		},
		"shrinking": func(path string) error { return os.Truncate(path, 10) },
	}
	for name, change := range changes {
		for _, attached := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/attached=%t", name, attached), func(t *testing.T) {
				path := document(t, "")
				if err := os.Truncate(path, 8<<20); err != nil {
					t.Fatal(err)
				}
				opened, _, err := insert(t)
				if err != nil {
					t.Fatal(err)
				}
				changed := false
				results, err := SignFiles(t.Context(), opened, SignRequest{
					Files: []string{path}, PIN: password, Options: sign.Options{Attached: attached},
					Progress: func(p Progress) {
						if !changed && p.Done > 0 {
							changed = true
							if err := change(path); err != nil {
								t.Error(err)
							}
						}
					},
				})
				if err != nil {
					t.Fatal(err)
				}
				if !errors.Is(results[0].Err, sign.ErrSizeChanged) {
					t.Errorf("error %v", results[0].Err)
				}
				if names := leftovers(t, path); names != nil {
					t.Errorf("left %v", names)
				}
			})
		}
	}
}

// TestCancelledWorkLeavesNothing cancels while the document is read, and while the card
// signs.
func TestCancelledWorkLeavesNothing(t *testing.T) {
	path := document(t, "cancelled")
	for name, request := range map[string]func(cancel func()) SignRequest{
		"at the password": func(cancel func()) SignRequest {
			return SignRequest{PIN: func(card.Key, int) (card.PIN, error) { cancel(); return nil, context.Canceled }}
		},
		"while reading": func(cancel func()) SignRequest {
			return SignRequest{PIN: password, Options: sign.Options{Attached: true}, Progress: func(Progress) { cancel() }}
		},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		opened, e, err := insert(t)
		if err != nil {
			t.Fatal(err)
		}
		r := request(cancel)
		r.Files = []string{path}
		if _, err := SignFiles(ctx, opened, r); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", name, err)
		}
		if names := leftovers(t, path); names != nil {
			t.Errorf("%s: left %v", name, names)
		}
		if left := e.State().Sign.Left; left != 5 {
			t.Errorf("%s: %d tries left", name, left)
		}
	}
}

// TestOutputThatAppearsMeanwhileIsKept makes the output while the document is read.
func TestOutputThatAppearsMeanwhileIsKept(t *testing.T) {
	path := document(t, "mine")
	opened, _, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	results, err := SignFiles(t.Context(), opened, SignRequest{
		Files: []string{path}, PIN: password,
		Progress: func(Progress) { os.WriteFile(path+".p7s", []byte("theirs"), 0o644) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := code(results[0].Err); got != "output_exists" {
		t.Errorf("error %v", results[0].Err)
	}
	if data, _ := os.ReadFile(path + ".p7s"); string(data) != "theirs" {
		t.Errorf("the file was overwritten: %q", data)
	}
}

// TestCacheHoldsOnlyCheckedAuthorities spoils the cached CA certificate: it is read from
// the card again, and the cache mended.
func TestCacheHoldsOnlyCheckedAuthorities(t *testing.T) {
	opened, e, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	id, err := opened.Identity(password)
	if err != nil {
		t.Fatal(err)
	}
	real, practice := cachePaths(id.Cert.AuthorityKeyId)
	if _, err := os.Stat(real); err == nil {
		t.Error("a practice authority is cached as a real one")
	}
	if err := os.WriteFile(practice, id.Cert.Raw, 0o600); err != nil {
		t.Fatal(err)
	}
	before := e.Count().Read
	if id, err = opened.Identity(password); err != nil || len(id.Chain) != 1 {
		t.Fatalf("chain %v, error %v", id.Chain, err)
	}
	if e.Count().Read-before < 8 {
		t.Error("the spoilt certificate was taken from the cache")
	}
	if data, _ := os.ReadFile(practice); string(data) != string(id.Chain[0].Raw) {
		t.Error("the cache was not mended")
	}
	if dir := filepath.Base(filepath.Dir(practice)); dir != "ca" {
		t.Errorf("cached in %s", dir)
	}
}

// TestWhatIsSignedIsKept stops the work, or pulls the card, while the card signs the third
// of five files: the two before it are there, and the others say why they are not.
func TestWhatIsSignedIsKept(t *testing.T) {
	whole, e, err := insert(t)
	if err != nil {
		t.Fatal(err)
	}
	signs(t, whole, document(t, "counts the commands"))
	before := e.Count().Total()
	for name, want := range map[string]error{"stopped": context.Canceled, "pulled": card.ErrRemoved} {
		t.Run(name, func(t *testing.T) {
			var faults []emu.Fault
			if name == "pulled" {
				faults = append(faults, emu.Fault{Kind: emu.FaultRemove, At: before + 2})
			}
			c, _, err := insert(t, faults...)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			var paths []string
			for i := range 5 {
				paths = append(paths, document(t, fmt.Sprint(i)))
			}
			results, err := SignFiles(ctx, c, SignRequest{Files: paths, PIN: password, Progress: func(p Progress) {
				if p.Signing && p.Index == 2 && name == "stopped" {
					cancel()
				}
			}})
			if err != nil || len(results) != 5 {
				t.Fatal(results, err)
			}
			for i, r := range results {
				_, missing := os.Stat(r.Output)
				if signed := i < 2; signed != (r.Err == nil) || signed != (missing == nil) || !signed && !errors.Is(r.Err, want) {
					t.Errorf("file %d: %v, on the disk %v", i, r.Err, missing)
				}
			}
		})
	}
}
