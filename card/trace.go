package card

import (
	"fmt"
	"strings"
)

// Trace returns a connection that works as conn does and calls log with one line for each
// command ("> 00 A4 …") and each answer ("< 90 00"). The lines are fit to be pasted into
// a forum: the data of VERIFY, CHANGE and SIGN and the signature are masked, their
// lengths included; of other answers only the beginning is shown, because a signing
// certificate holds name and address. Begin and End leave no line.
func Trace(conn Conn, log func(line string)) Conn {
	return &tracer{Conn: conn, log: log}
}

type tracer struct {
	Conn
	log func(line string)
	ins byte // instruction that the next answer belongs to
}

const (
	masked     = "[masked]"
	shownBytes = 4 // enough to tell a certificate and its length
)

func (t *tracer) Transmit(capdu []byte) ([]byte, error) {
	if len(capdu) < 4 || capdu[1] != insGetResponse {
		t.ins = 0
		if len(capdu) >= 4 {
			t.ins = capdu[1]
		}
	}
	t.log("> " + t.command(capdu))
	answer, err := t.Conn.Transmit(capdu)
	if err != nil {
		t.log("< " + err.Error())
		return answer, err
	}
	t.log("< " + t.answer(capdu, answer))
	return answer, nil
}

func (t *tracer) command(capdu []byte) string {
	secret := t.ins == insVerify || t.ins == insChange || t.ins == insSign
	if secret && len(capdu) > 4 && capdu[1] != insGetResponse {
		return fmt.Sprintf("% X %s", capdu[:4], masked)
	}
	return fmt.Sprintf("% X", capdu)
}

func (t *tracer) answer(capdu, answer []byte) string {
	n := len(answer) - 2
	if n <= 0 {
		return fmt.Sprintf("% X", answer)
	}
	data, sw := answer[:n], answer[n:]
	if t.ins == insSign {
		return fmt.Sprintf("%s % X", masked, sw)
	}
	var line strings.Builder
	// What lies further on in a file is not its kind and length, but its content.
	atStart := t.ins != insReadBinary || capdu[1] == insReadBinary && capdu[2] == 0 && capdu[3] == 0
	if atStart {
		fmt.Fprintf(&line, "% X ", data[:min(n, shownBytes)])
	}
	if !atStart || n > shownBytes {
		fmt.Fprintf(&line, "… (%d bytes) ", n)
	}
	fmt.Fprintf(&line, "% X", sw)
	return line.String()
}
