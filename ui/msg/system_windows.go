package msg

import "golang.org/x/sys/windows"

// systemLocale returns the language in which Windows shows its own windows.
func systemLocale() string {
	langs, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(langs) == 0 {
		return ""
	}
	return langs[0]
}
