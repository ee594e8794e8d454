package pki

import (
	"crypto/sha256"
	"crypto/x509"
	"sync"
)

// maxIssued bounds what [issued] remembers of each kind, maxKnownName the octets of a name.
const (
	maxIssued    = 1024
	maxKnownName = 512
)

// issued remembers which certificates the anchors of a store have signed, and names in the
// form in which they are compared: many signatures
// by few signers, as an office receives them, cost one check a signer. What was not signed
// is not remembered, so that nobody can fill it with rubbish.
type issued struct {
	mu   sync.Mutex
	good map[issuance]bool
	keys map[string]string // of names
}

type issuance struct {
	anchor *Anchor
	cert   [sha256.Size]byte // of its octets, signature included
}

// by tells whether the key of a signed cert.
func (m *issued) by(a *Anchor, cert *x509.Certificate) bool {
	if m == nil || len(cert.Raw) == 0 { // only a part of a certificate: see ParseLenient
		return signedBy(cert, a.Key)
	}
	id := issuance{a, sha256.Sum256(cert.Raw)}
	m.mu.Lock()
	known := m.good[id]
	m.mu.Unlock()
	if known || !signedBy(cert, a.Key) {
		return known
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.good) < maxIssued {
		m.good[id] = true
	}
	return true
}

// key is distinguishedName(name).key(): the same few names come again and again.
func (m *issued) key(name []byte) string {
	if m == nil || len(name) > maxKnownName {
		return distinguishedName(name).key()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k, known := m.keys[string(name)]
	if !known {
		k = distinguishedName(name).key()
		if len(m.keys) < maxIssued {
			m.keys[string(name)] = k
		}
	}
	return k
}
