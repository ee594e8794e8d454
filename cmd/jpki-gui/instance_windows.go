package main

// private has nothing to look at: the folder is in the user's profile, whose list of who
// may use it is passed on to it.
func private(string) error { return nil }
