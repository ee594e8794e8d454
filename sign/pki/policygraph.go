package pki

import (
	"crypto/x509"
	"slices"
)

// policyNode is a policy that is valid at a depth of the path. The tree of RFC 5280
// section 6.1.2 (a) grows exponentially; this graph, one node a policy and depth, is the
// form that RFC 9618 gives it.
type policyNode struct {
	policy   string
	expected []string // what the next certificate may call it
	parents  []*policyNode
}

// parents returns the nodes that expect policy, or else the one of anyPolicy.
func (s *policyState) parents(policy string) []*policyNode {
	expecting := func(p string) (found []*policyNode) {
		for _, n := range s.nodes {
			if slices.Contains(n.expected, p) {
				found = append(found, n)
			}
		}
		return found
	}
	if found := expecting(policy); len(found) > 0 {
		return found
	}
	return expecting(anyPolicy)
}

// extend adds a node for each policy that is expected and that next does not have, for a
// certificate with anyPolicy.
func (s *policyState) extend(next []*policyNode) []*policyNode {
	seen := map[string]*policyNode{}
	for _, n := range next {
		seen[n.policy] = nil
	}
	for _, parent := range s.nodes {
		for _, policy := range parent.expected {
			node, ok := seen[policy]
			if !ok {
				node = &policyNode{policy: policy, expected: []string{policy}}
				seen[policy] = node
				next = append(next, node)
			}
			if node != nil {
				node.parents = append(node.parents, parent)
			}
		}
	}
	return next
}

// rename makes the node of policy expect to; without one, anyPolicy stands in for it.
func (s *policyState) rename(policy string, to []string) {
	at := func(p string) int {
		return slices.IndexFunc(s.nodes, func(n *policyNode) bool { return n.policy == p })
	}
	if i := at(policy); i >= 0 {
		s.nodes[i].expected = to
	} else if i := at(anyPolicy); i >= 0 {
		s.nodes = append(s.nodes, &policyNode{policy, to, s.nodes[i].parents})
	}
}

// accepted tells whether a policy that is valid for the whole path, in the words of the
// anchor's domain, is one that the user accepts.
func (s *policyState) accepted() bool {
	if len(s.acceptable) == 0 || len(s.nodes) == 0 {
		return len(s.nodes) > 0
	}
	level, seen := s.nodes, map[*policyNode]bool{}
	for len(level) > 0 {
		var above []*policyNode
		for _, n := range level {
			if s.anchors(n) {
				return true
			}
			for _, p := range n.parents {
				if !seen[p] {
					seen[p] = true
					above = append(above, p)
				}
			}
		}
		level = above
	}
	return false
}

// anchors tells whether n is a policy of the anchor's domain (a child of anyPolicy) that
// the user accepts. anyPolicy at the last depth is each of them.
func (s *policyState) anchors(n *policyNode) bool {
	if n.policy == anyPolicy {
		return slices.Contains(s.nodes, n)
	}
	wild := func(p *policyNode) bool { return p.policy == anyPolicy }
	same := func(id x509.OID) bool { return id.String() == n.policy }
	return slices.ContainsFunc(n.parents, wild) && slices.ContainsFunc(s.acceptable, same)
}
