//go:build !linux

package main

// removeAtExit does nothing where there is no X server to lose.
func removeAtExit() {}
