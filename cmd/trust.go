package cmd

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/jpki-desktop/jpki/cmd/internal/job"
	"github.com/jpki-desktop/jpki/cmd/internal/report"
	"github.com/jpki-desktop/jpki/ui/msg"
)

func newTrust(a *app) *cobra.Command {
	trust := &cobra.Command{Use: "trust", Short: a.say(msg.TrustShort), Args: cobra.ArbitraryArgs, RunE: a.onlyGroups}
	trust.AddCommand(&cobra.Command{
		Use:     "list",
		Short:   a.say(msg.TrustListShort),
		Long:    a.say(msg.TrustListLong),
		Example: "  jpki trust list\n  jpki trust list --json",
		Args:    a.nothing,
		RunE:    func(*cobra.Command, []string) error { return a.listTrust() },
	})
	return trust
}

// trustJSON is the result of trust list (schema jpki.trust/1).
type trustJSON struct {
	Schema  string        `json:"schema"`
	Anchors []trustedJSON `json:"anchors"`
	Cached  []cachedJSON  `json:"cached"`
}

type trustedJSON struct {
	report.Anchor
	Use       string    `json:"use"`
	KeyID     string    `json:"key_id"`
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"`
	Expired   bool      `json:"expired"`
	Cached    string    `json:"cached"`
}

type cachedJSON struct {
	File     string    `json:"file"`
	Subject  string    `json:"subject"`
	Practice bool      `json:"practice"`
	NotAfter time.Time `json:"not_after"`
}

func (a *app) listTrust() error {
	out, now := trustJSON{Schema: "jpki.trust/1", Cached: []cachedJSON{}}, time.Now()
	for _, t := range job.TrustList() {
		out.Anchors = append(out.Anchors, trustedJSON{
			report.NewAnchor(t.Anchor), string(t.Use), t.KeyID, t.NotBefore.UTC(), t.NotAfter.UTC(), now.After(t.NotAfter), t.Cached,
		})
	}
	for _, c := range job.CachedAuthorities() {
		out.Cached = append(out.Cached, cachedJSON{c.Path, c.Subject, c.Practice, c.NotAfter.UTC()})
	}
	if a.json {
		return a.printJSON(out)
	}
	a.printTrust(out)
	return nil
}

func (a *app) printTrust(out trustJSON) {
	for _, t := range out.Anchors {
		state := ""
		if t.Expired {
			state = a.say(msg.TrustExpired)
		}
		a.println(report.Printable(t.Name) + a.say(msg.TrustKind(t.Kind)))
		report.WriteRows(a.stdout, []report.Row{
			a.row(msg.LabelUsage, a.say(msg.TrustUse(t.Use))),
			a.row(msg.LabelPeriod, fmt.Sprintf("%s – %s%s", msg.Date(a.lang, t.NotBefore), msg.Date(a.lang, t.NotAfter), state)),
			a.row(msg.LabelKeyID, t.KeyID),
		})
	}
	if len(out.Cached) == 0 {
		return
	}
	a.println("\n" + a.say(msg.TrustCached))
	for _, c := range out.Cached {
		a.println("  " + report.Printable(c.File))
	}
}
