package emu_test

import (
	"bytes"
	"context"
	"encoding/pem"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jpki-desktop/jpki/card/emu"
	"github.com/jpki-desktop/jpki/card/pcsc/pcsctest"
)

// need skips a test whose tools are missing, or fails it where they must be there.
func need(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("JPKI_TEST_REQUIRE_PCSCD") != "" {
			t.Fatalf("OPENSC NOT TESTED, though JPKI_TEST_REQUIRE_PCSCD is set: no %s", tool)
		}
		t.Skipf("OPENSC NOT TESTED: no %s", tool)
	}
}

// insertCard puts a new card into the real service's virtual reader.
func insertCard(t *testing.T, p emu.Profile) *emu.Card {
	t.Helper()
	pcsctest.StartPCSCD(t)
	c := newCard(t, p)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- emu.Serve(ctx, pcsctest.Addr, c, nil) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serving the card: %v", err)
		}
	})
	awaitCard(t)
	return c
}

// awaitCard waits until the service has seen the card.
func awaitCard(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if out, err := exec.Command("opensc-tool", "--atr").CombinedOutput(); err == nil && bytes.Contains(out, []byte("3b:e0")) {
			return
		}
	}
	t.Fatal("the service sees no card")
}

// run runs a tool with the PINs of practice, which are no secret, on its command line.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "LC_ALL=C")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out, &stderr)
	}
	return string(out)
}

func wantLines(t *testing.T, out string, lines ...string) {
	t.Helper()
	for _, line := range lines {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in\n%s", line, out)
		}
	}
}

func TestOpenSCKnowsTheCard(t *testing.T) {
	need(t, "opensc-tool", "pkcs15-tool")
	if !pcsctest.InNamespace(t) {
		return
	}
	c := insertCard(t, emu.Mynumber)
	wantLines(t, strings.ToUpper(run(t, "opensc-tool", "-n")), "JPKI") // jpki in version 0.23
	// Version 0.23 asks 29 times for other kinds of cards before it comes to ours.
	if n := c.Count(); n.Total() < 20 || n.Total() != n.Select+n.Other {
		t.Errorf("for its name: %+v", n)
	}
	wantLines(t, run(t, "pkcs15-tool", "--dump"),
		"Private RSA Key [User Authentication Key]", "Private RSA Key [Digital Signature Key]",
		"PIN [User Authentication PIN]", "PIN [Digital Signature PIN]",
		"X.509 Certificate [User Authentication Certificate]", "X.509 Certificate [Digital Signature Certificate]",
		"Tries left     : 3", "Tries left     : 5")
	if n := c.Count(); n.Verify != 0 {
		t.Errorf("looking cost %d VERIFYs", n.Verify)
	}
}

func TestOpenSCReadsTheCertificates(t *testing.T) {
	need(t, "opensc-tool", "pkcs15-tool")
	if !pcsctest.InNamespace(t) {
		return
	}
	insertCard(t, emu.Mynumber)
	for _, tc := range []struct {
		want []byte
		args []string
	}{
		{content(t).AuthCert, []string{"--read-certificate", "1"}},
		{content(t).SignCert, []string{"--read-certificate", "2", "--verify-pin", "--auth-id", "2", "--pin", emu.SignPIN}},
	} {
		out := run(t, "pkcs15-tool", tc.args...)
		block, _ := pem.Decode([]byte(out))
		if block == nil || !bytes.Equal(block.Bytes, tc.want) {
			t.Errorf("%q: another certificate than the card's:\n%s", tc.args, out)
		}
	}
}

func TestOpenSCSignsInBothSlots(t *testing.T) {
	need(t, "opensc-tool", "pkcs11-tool", "openssl")
	if !pcsctest.InNamespace(t) {
		return
	}
	c := insertCard(t, emu.Mynumber)
	dir := t.TempDir()
	data := filepath.Join(dir, "申告書.xtx")
	write(t, data, []byte("<DATA/>\n"))
	for _, tc := range []struct {
		slot, id, pin string
		cert          []byte
	}{
		{"0", "01", emu.AuthPIN, content(t).AuthCert},
		{"1", "02", emu.SignPIN, content(t).SignCert},
	} {
		signature, cert, key := filepath.Join(dir, "sig"), filepath.Join(dir, "cert"), filepath.Join(dir, "key")
		run(t, "pkcs11-tool", "--slot-index", tc.slot, "--login", "--pin", tc.pin, "--sign",
			"-m", "SHA256-RSA-PKCS", "--id", tc.id, "-i", data, "-o", signature)
		write(t, cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: tc.cert}))
		write(t, key, []byte(run(t, "openssl", "x509", "-in", cert, "-pubkey", "-noout")))
		wantLines(t, run(t, "openssl", "dgst", "-sha256", "-verify", key, "-signature", signature, data), "Verified OK")
	}
	if s := c.State(); s.Sign.Left != 5 || s.Auth.Left != 3 {
		t.Errorf("tries after good PINs: %+v", s)
	}
}

func TestOpenSCSpendsATry(t *testing.T) {
	need(t, "opensc-tool", "pkcs15-tool")
	if !pcsctest.InNamespace(t) {
		return
	}
	c := insertCard(t, emu.OneTryLeft)
	out, err := exec.Command("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", "9999").CombinedOutput()
	if err == nil || c.State().Auth.Left != 0 || c.State().Sign.Left != 1 {
		t.Errorf("%v, %+v\n%s", err, c.State(), out)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
