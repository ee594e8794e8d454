package ui

import (
	"context"

	"github.com/jpki-desktop/jpki/card"
	"github.com/jpki-desktop/jpki/ui/msg"
)

// pinFunc asks for a PIN in a dialog that says why it is wanted. It is called off the
// drawing thread. The answer is errCancelled if the user does not want to go on.
func (w *Window) pinFunc(ctx context.Context, why msg.Text) card.PINFunc {
	return func(k card.Key, tries int) (card.PIN, error) { return nil, errCancelled }
}
