package emu

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

const maxImage = 64 << 10 // bytes; the largest card takes about half

// Create makes a card that is kept in the file at path (JSON, mode 0600), in place of
// any card there: other connections to that one find it removed. Beside the file lie,
// for a moment, path+".tmp" and, for good, the lock path+".lock".
func Create(path string, p Profile, content Content) (*Card, error) {
	img, err := newImage(p, content)
	if err != nil {
		return nil, err
	}
	c := insert(path, img)
	unlock, err := lock(path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := c.keep(); err != nil {
		return nil, err
	}
	return c, nil
}

// Open opens the card in the file at path. Several processes may have the same file
// open: each has a session of its own, all spend the same tries. The error is
// [fs.ErrNotExist] when there is none.
func Open(path string) (*Card, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("opening the practice card: %w", err)
	}
	unlock, err := lock(path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	img, err := load(path)
	if err != nil {
		return nil, err
	}
	return insert(path, img), nil
}

func lock(path string) (unlock func(), err error) {
	f, err := lockFile(path + ".lock")
	if err != nil {
		return nil, fmt.Errorf("locking the practice card: %w", err)
	}
	return func() { f.Close() }, nil
}

func load(path string) (image, error) {
	data, err := readAll(path)
	if err == nil {
		var img image
		if img, err = parseImage(data); err == nil {
			return img, nil
		}
	}
	return image{}, fmt.Errorf("reading the practice card %s: %w", path, err)
}

func readAll(path string) ([]byte, error) {
	// Looked at before it is opened: opening a named pipe would wait for its writer.
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxImage+1))
	if err == nil && len(data) > maxImage {
		err = fmt.Errorf("the file is over %d bytes long", maxImage)
	}
	return data, err
}

// locked runs a command that uses the counters. For a card in a file it does so under
// the lock and on the counters and PINs that the file has now.
func (c *Card) locked(run func() error) error {
	if c.path == "" {
		return run()
	}
	unlock, err := lock(c.path)
	if err != nil {
		return err
	}
	defer unlock()
	if err := c.refresh(); err != nil {
		return err
	}
	return run()
}

func (c *Card) refresh() error {
	now, err := load(c.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && now.Serial != c.image.Serial {
		return c.remove(ErrRemoved)
	}
	if err != nil {
		return err
	}
	c.image.Sign.follow(now.Sign)
	c.image.Auth.follow(now.Auth)
	return nil
}

func (p *part) follow(now *part) {
	if p != nil && now != nil {
		p.PIN, p.Left = now.PIN, now.Left
	}
}

// keep writes the card to its file, whole or not at all, and to the disk before it
// returns. The caller holds the lock, which is why the name of the temporary file can be
// a fixed one, and a killed process leaves no more than one.
func (c *Card) keep() error {
	if c.path == "" {
		return nil
	}
	data, err := json.MarshalIndent(c.image, "", "\t")
	if err == nil {
		err = replace(c.path, append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("writing the practice card: %w", err)
	}
	return nil
}

func replace(path string, data []byte) (err error) {
	temp := path + ".tmp"
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(temp)
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(temp, path)
}
