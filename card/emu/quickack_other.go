//go:build !linux

package emu

import "net"

// quickAck is for Linux alone, where vpcd and pcscd are at home.
func quickAck(net.Conn) {}
