package pcsctest

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// runDir is where pcsc-lite keeps its socket (pcscd.8, "FILES").
const runDir = "/run/pcscd"

// prepareNamespace cuts the mounts off from the system's, hides the system's pcscd
// under an empty file system, and brings the loopback interface up.
func prepareNamespace() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("making the mounts private: %w", err)
	}
	over := runDir
	if _, err := os.Stat(over); err != nil {
		over = "/run"
	}
	if err := unix.Mount("tmpfs", over, "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("mounting over %s: %w", over, err)
	}
	if err := os.MkdirAll(runDir, 0o755); err != nil {
		return err
	}
	return loopbackUp()
}

func loopbackUp() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("opening a socket: %w", err)
	}
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo); err != nil {
		return fmt.Errorf("bringing the loopback interface up: %w", err)
	}
	return nil
}
