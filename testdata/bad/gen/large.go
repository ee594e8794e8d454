package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// largeSize is the size of the content of a large file, all zeros: the disk holds none of
// them.
const largeSize = 4 << 30

// large is a file with a hole of largeSize between its head and its tail.
type large struct {
	name, verdict, code string
	make                func(w *world, digest []byte) (head, tail []byte)
}

// larges are to be read without being held.
var larges = []large{
	{"large", passed, "", func(w *world, digest []byte) (head, tail []byte) {
		return largeHead(w), largeTail(w, digest)
	}},
	{"large-certificate", "failed", "too_large", func(*world, []byte) (head, tail []byte) {
		head = endless(tagSequence, version, el(tagSet), el(tagSequence, oidData), []byte{tag0, 0x80}, largeOctets)
		return endless(tagSequence, oidSignedData, endless(tag0, head)), nil
	}},
	{"large-message-without-an-end", "failed", "malformed", func(*world, []byte) (head, tail []byte) {
		m := multipart(nil, nil, "")
		return m[:bytes.Index(m, []byte("--b\n"))+4], nil
	}},
}

// largeOctets is the header of an OCTET STRING of largeSize.
var largeOctets = []byte{tagOctets, 0x85, largeSize >> 32, 0, 0, 0, 0}

// endless is an element of indefinite length that parts begin.
func endless(tag byte, parts ...[]byte) []byte {
	return append([]byte{tag, 0x80}, bytes.Join(parts, nil)...)
}

// ends are the ends of n such elements.
func ends(n int) []byte { return make([]byte, 2*n) }

func largeHead(w *world) []byte {
	content := endless(tagSequence, oidData, endless(tag0, largeOctets))
	data := endless(tagSequence, version, el(tagSet, w.good().digests...), content)
	return endless(tagSequence, oidSignedData, endless(tag0, data))
}

func largeTail(w *world, digest []byte) []byte {
	by := w.good().signers[0]
	by.attributes[1] = attribute(oidMessageDigest, el(tagOctets, digest))
	return bytes.Join([][]byte{ends(2), el(tag0, w.signer.Raw), el(tagSet, by.der(nil)), ends(3)}, nil)
}

// zeros never ends.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// writeLarge writes the large files into dir.
func writeLarge(w *world, dir string) (manifest []entry, err error) {
	h := sha256.New()
	if _, err := io.CopyBuffer(h, io.LimitReader(zeros{}, largeSize), make([]byte, 1<<20)); err != nil {
		return nil, err
	}
	for _, l := range larges {
		head, tail := l.make(w, h.Sum(nil))
		e := entry{Name: l.name, File: l.name + ".p7m", Flags: []string{"--practice"}, Verdict: l.verdict, Code: l.code, Exit: exits[l.verdict]}
		if err := sparse(filepath.Join(dir, e.File), head, tail); err != nil {
			return nil, fmt.Errorf("writing %s: %w", l.name, err)
		}
		manifest = append(manifest, e)
	}
	return manifest, nil
}

func sparse(path string, head, tail []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(head); err != nil {
		return err
	}
	end := int64(len(head)) + largeSize
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.WriteAt(tail, end)
	return err
}
