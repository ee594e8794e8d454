// Package card speaks the command layer of the JPKI application (公的個人認証サービス)
// on a resident's IC card: which certificates it holds, how many tries its PINs have
// left, and signatures by its keys.
//
// It is pure protocol and does no I/O of its own: a [Conn] carries the commands, be it
// a PC/SC reader (package pcsc), the practice card (package emu) or a test's fake.
// Building documents around a signature is package sign's work.
//
// The command layer is not published by its maker. What is known was put together from
// independent sources, some of which disagree; where a fact is uncertain the code works
// both ways, and the comment at the constant says so.
package card

// Conn is a connection to one card.
//
// Transmit sends one command APDU and returns the response APDU, status word included
// (ISO 7816-4 section 5.1). Begin and End enclose commands that nobody else's may come
// between. Begin restores a card that another program has reset meanwhile; it fails with
// [ErrRemoved] when the card has left the reader since the connection was opened, even if
// another one lies there now. End clears the verified state of the card if a PIN was
// verified since Begin. Close ends the connection; it may be called twice.
type Conn interface {
	Transmit(capdu []byte) ([]byte, error)
	Begin() error
	End() error
	Close() error
}
