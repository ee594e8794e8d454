// Command jpki signs and verifies with the certificates of Japan's public identity card.
package main

import (
	"os"

	"github.com/jpki-desktop/jpki/cmd"
)

func main() { os.Exit(cmd.Main()) }
