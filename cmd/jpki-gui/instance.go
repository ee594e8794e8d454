package main

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
	"github.com/rogpeppe/go-internal/lockedfile"
)

// request is what a second start hands over to the window that is there.
type request struct {
	Files  []string // absolute paths
	Source string   // as -r names it; "" = leave it
}

// message is a request on its way. Names of files need not be UTF-8, as JSON's strings are.
type message struct {
	Files  [][]byte `json:"files"`
	Source string   `json:"source"`
}

func (q request) message() message {
	m := message{Source: q.Source}
	for _, f := range q.Files {
		m.Files = append(m.Files, []byte(f))
	}
	return m
}

func (m message) request() request {
	q := request{Source: m.Source}
	for _, f := range m.Files {
		q.Files = append(q.Files, string(f))
	}
	return q
}

// limits of a request: more than anybody drags, and no way to fill the memory.
const (
	maxRequest = 1 << 20
	answerTime = 2 * time.Second
)

// handOver hands q to the window of this user that is open already. If there is none it
// returns the listener by which this program becomes that window. An error is that one is
// there and does not take q, or that there is no safe place to meet.
func handOver(q request) (net.Listener, error) {
	folder, err := socketFolder()
	if err != nil {
		return nil, err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(folder, "window.lock")).Lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	path := filepath.Join(folder, "window.sock")
	conn, err := net.DialTimeout("unix", path, answerTime)
	if err == nil {
		defer conn.Close()
		return nil, send(conn, q)
	}
	// Nobody is there: what lies there is left from a window that ended badly.
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return net.Listen("unix", path)
}

// socketFolder is where only this user can reach: what comes through the socket is shown
// as the user's own wish.
func socketFolder() (string, error) {
	base := xdg.RuntimeDir
	if info, err := os.Stat(base); err != nil || !info.IsDir() {
		base = xdg.CacheHome
	}
	folder := filepath.Join(base, "jpki")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	return folder, private(folder)
}

func send(conn net.Conn, q request) error {
	conn.SetDeadline(time.Now().Add(answerTime))
	if err := json.NewEncoder(conn).Encode(q.message()); err != nil {
		return err
	}
	var taken bool
	if err := json.NewDecoder(conn).Decode(&taken); err != nil || !taken {
		return errors.New("the open window does not answer")
	}
	return nil
}

// receive calls take with each request until the listener is closed.
func receive(l net.Listener, take func(request)) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		conn.SetDeadline(time.Now().Add(answerTime))
		var m message
		if json.NewDecoder(io.LimitReader(conn, maxRequest)).Decode(&m) == nil {
			take(m.request())
			json.NewEncoder(conn).Encode(true)
		}
		conn.Close()
	}
}
