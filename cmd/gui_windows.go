package cmd

import (
	"bufio"
	"fmt"
	"os/exec"
	"syscall"
	"unsafe"

	"github.com/spf13/cobra"
	"golang.org/x/sys/windows"

	"github.com/jpki-desktop/jpki/ui/msg"
)

func init() {
	// cobra's own answer to a double click is to say, in English, that there is nothing to see.
	cobra.MousetrapHelpText = ""
}

// detach starts a program without this console, so that closing it does not close the
// window.
func detach(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{CreationFlags: windows.DETACHED_PROCESS | windows.CREATE_NEW_PROCESS_GROUP}
}

var consoleProcessList = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")

// doubleClicked tells whether the program was started from Explorer: it is then the only
// program of its console (learn.microsoft.com, GetConsoleProcessList).
func doubleClicked() bool {
	var ids [2]uint32
	n, _, _ := consoleProcessList.Call(uintptr(unsafe.Pointer(&ids[0])), uintptr(len(ids)))
	return n == 1
}

// keepConsole waits for Enter, because Explorer closes the console, and the message in it,
// as soon as the program ends.
func keepConsole(a *app) {
	fmt.Fprintln(a.stderr, a.say(msg.PressEnter))
	bufio.NewReader(a.stdin).ReadString('\n')
}
