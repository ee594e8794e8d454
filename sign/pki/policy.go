package pki

import (
	"crypto/x509"
	"slices"
)

// policyInput is what RFC 5280 section 6.1.1 (c), (e), (f) and (g) leave to the user. The
// zero value accepts any policy, or none.
type policyInput struct {
	acceptable     []x509.OID // empty = any policy
	explicit       bool
	inhibitMapping bool
	inhibitAny     bool
}

// maxPolicies limits the policies and mappings of one certificate, for the graph has an
// edge for each pair of them.
const maxPolicies = 128

// anyPolicy is the policy that stands for each (RFC 5280 section 4.2.1.4).
var anyPolicy = mustOID("2.5.29.32.0")

func mustOID(text string) string {
	id, err := x509.ParseOID(text)
	if err != nil {
		panic(err)
	}
	return id.String()
}

// policyState is the state of policy processing between two certificates.
type policyState struct {
	nodes          []*policyNode // of the last depth; none = no policy is valid
	explicit       int           // certificates until a policy is required
	mapping        int           // certificates until mappings are ignored
	anyPolicy      int           // certificates until anyPolicy is
	acceptable     []x509.OID
	mappedWildcard bool // a certificate maps to or from anyPolicy, which is forbidden
}

func newPolicyState(in policyInput, length int) *policyState {
	count := func(zero bool) int {
		if zero {
			return 0
		}
		return length + 1
	}
	return &policyState{
		nodes:      []*policyNode{{policy: anyPolicy, expected: []string{anyPolicy}}},
		explicit:   count(in.explicit),
		mapping:    count(in.inhibitMapping),
		anyPolicy:  count(in.inhibitAny),
		acceptable: in.acceptable,
	}
}

// enter processes the policies of cert (RFC 5280 section 6.1.3 (d) to (f)). It tells
// whether the policies required so far are there.
func (s *policyState) enter(cert *x509.Certificate, selfIssuedCA bool) bool {
	var next []*policyNode
	wildcard := false
	for _, id := range cert.Policies {
		if policy := id.String(); policy == anyPolicy {
			wildcard = s.anyPolicy > 0 || selfIssuedCA
		} else if parents := s.parents(policy); len(parents) > 0 {
			next = append(next, &policyNode{policy, []string{policy}, parents})
		}
	}
	if wildcard {
		next = s.extend(next)
	}
	s.nodes = next
	return s.explicit > 0 || len(s.nodes) > 0
}

// prepare readies the state for the certificate below cert (RFC 5280 section 6.1.4 (a),
// (b), (h), (i), (j)).
func (s *policyState) prepare(cert *x509.Certificate, selfIssued bool) {
	s.mapPolicies(cert)
	if !selfIssued {
		s.explicit, s.mapping, s.anyPolicy = max(0, s.explicit-1), max(0, s.mapping-1), max(0, s.anyPolicy-1)
	}
	if n, ok := constraint(cert.RequireExplicitPolicy, cert.RequireExplicitPolicyZero); ok {
		s.explicit = min(s.explicit, n)
	}
	if n, ok := constraint(cert.InhibitPolicyMapping, cert.InhibitPolicyMappingZero); ok {
		s.mapping = min(s.mapping, n)
	}
	if n, ok := constraint(cert.InhibitAnyPolicy, cert.InhibitAnyPolicyZero); ok {
		s.anyPolicy = min(s.anyPolicy, n)
	}
}

// constraint reads a number of crypto/x509, which is absent if it is 0 and not said to
// be 0. A negative one, which is malformed, counts as 0: the strictest.
func constraint(n int, zero bool) (int, bool) {
	return max(0, n), n != 0 || zero
}

// mapPolicies applies the policy mappings of cert to the nodes of the last depth.
func (s *policyState) mapPolicies(cert *x509.Certificate) {
	mapped := map[string][]string{}
	var order []string
	for _, m := range cert.PolicyMappings {
		from, to := m.IssuerDomainPolicy.String(), m.SubjectDomainPolicy.String()
		s.mappedWildcard = s.mappedWildcard || from == anyPolicy || to == anyPolicy
		if mapped[from] == nil {
			order = append(order, from)
		}
		mapped[from] = append(mapped[from], to)
	}
	if s.mapping == 0 {
		s.nodes = slices.DeleteFunc(s.nodes, func(n *policyNode) bool { return mapped[n.policy] != nil })
		return
	}
	for _, from := range order {
		s.rename(from, mapped[from])
	}
}

// finish processes the last certificate (RFC 5280 section 6.1.5 (a), (b), (g)), and tells
// whether the policies required are there.
func (s *policyState) finish(cert *x509.Certificate) bool {
	s.explicit = max(0, s.explicit-1)
	if cert.RequireExplicitPolicyZero {
		s.explicit = 0
	}
	return s.explicit > 0 || s.accepted()
}
