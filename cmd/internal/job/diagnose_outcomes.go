package job

import "maps"

// outcomes are the levels of all states of a check.
type outcomes map[string]Level

// Outcomes returns every state that every check can have, with its level.
func Outcomes() map[string]map[string]Level {
	all := map[string]map[string]Level{}
	for _, table := range []map[string]outcomes{computerOutcomes, wayOutcomes, cardOutcomes} {
		for name, o := range table {
			all[name] = maps.Clone(o)
		}
	}
	return all
}

// levelOf panics on an outcome that is in no table, which a test rules out.
func levelOf(name, state string) Level {
	for _, table := range []map[string]outcomes{computerOutcomes, wayOutcomes, cardOutcomes} {
		if l, ok := table[name][state]; ok {
			return l
		}
	}
	panic("no such outcome: " + name + ": " + state)
}

var computerOutcomes = map[string]outcomes{
	"program":  {"version": OK},
	"platform": {"native": OK, "wsl": Note, "container": Note, "sandbox": Note},
	"locale":   {"utf8": OK, "system": OK, "not_utf8": Note},
	"clock":    {"plausible": OK, "before_build": Problem, "far_future": Problem, "before_certificate": Problem},
	"folders":  {"writable": OK, "not_writable": Note},
	"network":  {"unused": OK},
}

// What lies before the card.
var wayOutcomes = map[string]outcomes{
	"library": {"loaded": OK, "system": OK, "unknown": Skipped, "not_used": Skipped},
	"service_installed": {
		"installed": OK, "system": OK, "elsewhere": Note, "not_installed": Problem, "not_used": Skipped,
	},
	"service_running": {
		"running": OK, "stopped": Problem, "disabled": Problem, "masked": Problem, "no_socket": Problem, "stale_socket": Problem,
		"mismatched": Problem, "hanging": Problem, "broken": Problem, "not_looked_at": Skipped, "not_used": Skipped,
	},
	"service_permitted": {
		"permitted": OK, "socket_refused": Problem, "policy_refused": Problem, "not_looked_at": Skipped, "not_used": Skipped,
	},
	"usb_readers": {
		"seen": OK, "none": Note, "unseen": Problem, "unseen_scdaemon": Problem, "unsupported": Problem,
		"unknown": Skipped, "not_used": Skipped,
	},
	"usb_drivers": {"clear": OK, "loaded": Note, "grabbed": Problem, "unknown": Skipped, "not_used": Skipped},
	"ccid_driver": {"installed": OK, "missing": Problem, "not_installed": Note, "unknown": Skipped, "not_used": Skipped},
	"readers":     {"listed": OK, "none": Problem, "not_looked_at": Skipped, "not_used": Skipped},
	"reader":      {"empty": OK, "present": OK, "in_use": Note, "exclusive": Note, "mute": Note, "unpowered": Note, "unavailable": Note},
	"other_reader": {
		"virtual": Note, "windows_hello": Note, "tpm": Note, "token": Note,
	},
	"programs": {
		"none": OK, "browser": Note, "gnupg": Note, "opensc": Note, "jpki": Note, "other": Note,
		"unknown": Skipped, "not_used": Skipped,
	},
}

var cardOutcomes = map[string]outcomes{
	"card": {
		"found": OK, "no_card": Problem, "mute_card": Problem, "other_card": Problem, "jpki_missing": Problem,
		"in_use": Problem, "in_use_by": Problem, "in_use_gnupg": Problem, "removed": Problem, "hanging": Problem,
		"several_cards": Problem, "reader_ambiguous": Problem, "reader_unknown": Problem,
		"practice_unreadable": Problem, "failed": Problem, "not_looked_at": Skipped,
	},
	"atr": {"read": OK, "not_used": Skipped, "not_looked_at": Skipped},
	"applications": {
		"answering": OK, "none": Note,
		"failed": Problem, "removed": Problem, "hanging": Problem, "not_looked_at": Skipped,
	},
	"token": {
		"mynumber": OK, "practice": OK, "juki": Problem, "android": OK, "ios": OK, "unknown": Note,
		"failed": Problem, "removed": Problem, "hanging": Problem, "not_looked_at": Skipped,
	},
	"certificates":     {"both": OK, "sign_only": Note, "auth_only": Note, "none": Problem, "not_looked_at": Skipped},
	"sign_certificate": {"needs_pin": Skipped, "absent": Skipped, "not_looked_at": Skipped},
	"auth_certificate": {
		"valid": OK, "valid_this_year": OK, "expires_soon": Note, "expired": Problem, "not_yet_valid": Problem,
		"needs_pin": Skipped, "absent": Skipped, "malformed": Problem,
		"failed": Problem, "removed": Problem, "hanging": Problem, "not_looked_at": Skipped,
	},
	"auth_issuer": {"pinned": OK, "practice": OK, "test": Note, "unknown": Note, "forged": Problem},
	"auth_holder": {"shown": OK},
	"sign_ca":     caOutcomes,
	"auth_ca":     caOutcomes,
	"sign_pin":    pinOutcomes,
	"auth_pin":    pinOutcomes,
}

var caOutcomes = outcomes{
	"pinned": OK, "practice": OK, "test": Note, "unknown": Note, "expired": Note, "absent": Skipped, "malformed": Problem,
	"failed": Problem, "removed": Problem, "hanging": Problem, "not_looked_at": Skipped,
}

var pinOutcomes = outcomes{
	"full": OK, "used": Note, "last_try": Note, "blocked": Problem, "absent": Skipped,
	"failed": Problem, "removed": Problem, "hanging": Problem, "not_looked_at": Skipped,
}
