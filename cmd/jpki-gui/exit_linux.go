package main

/*
#include <stdlib.h>

extern void removeUnfinished(void);
*/
import "C"

import "github.com/jpki-desktop/jpki/cmd/internal/job"

// removeAtExit has half files removed even where Xlib ends the program: it calls exit, and
// nothing else, when the X server is gone or the window was destroyed (Xlib, section 11.8).
func removeAtExit() { C.atexit((*[0]byte)(C.removeUnfinished)) }

//export removeUnfinished
func removeUnfinished() { job.RemoveUnfinished() }
