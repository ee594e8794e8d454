module github.com/jpki-desktop/jpki

go 1.26
