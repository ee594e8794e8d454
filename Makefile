# The commands that build, test and measure jpki. Each installs what it needs first.

SHELL   := bash
BIN     := bin/jpki
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
GOBUILD := go build -trimpath -ldflags '-s -w -X github.com/jpki-desktop/jpki/cmd.Version=$(VERSION) -X main.Version=$(VERSION)'

# Debian packages: to build, and to test against other programs.
BUILD_PACKAGES := libpcsclite-dev pkg-config openssl
GUI_PACKAGES   := $(BUILD_PACKAGES) libgl-dev libx11-dev libxrandr-dev libxxf86vm-dev libxi-dev libxcursor-dev libxinerama-dev libwayland-dev libxkbcommon-dev
TEST_PACKAGES  := $(GUI_PACKAGES) pcscd vsmartcard-vpcd opensc iproute2 strace python3-cryptography-vectors xvfb xdotool imagemagick
REQUIRE        := JPKI_TEST_REQUIRE_PCSCD=1 JPKI_TEST_REQUIRE_OPENSSL=1 JPKI_TEST_REQUIRE_VECTORS=1 JPKI_TEST_REQUIRE_X=1

.PHONY: setup setup-test cli gui man install install-cli install-gui dist demo test race screenshots lint judges fuzz bench clean

setup:
	@./.ci/install $(BUILD_PACKAGES)

setup-test:
	@./.ci/install $(TEST_PACKAGES)

cli: setup
	$(GOBUILD) -o $(BIN) ./cmd/jpki

gui:
	@./.ci/install $(GUI_PACKAGES)
	$(GOBUILD) -o $(BIN)-gui ./cmd/jpki-gui

# Manual pages, shell completions and the licences of what is inside, in build/share.
man:
	go run ./cmd/mkman -version '$(VERSION)' -date "$$(git log -1 --format=%cs)" build/share
	@mkdir -p build/share/licenses
	./dist/licenses ./cmd/jpki >build/share/licenses/jpki
	./dist/licenses ./cmd/jpki-gui >build/share/licenses/jpki-gui

# Installs what make cli gui man have built. DESTDIR is for those who pack it.
PREFIX := /usr/local
install: install-cli install-gui
install-cli:
	./dist/install cli '$(DESTDIR)$(PREFIX)'
install-gui:
	./dist/install gui '$(DESTDIR)$(PREFIX)'

# Packages for Debian, Fedora and Windows in build/dist, and a look at them from outside.
dist: cli gui man
	@./.ci/dist '$(VERSION)'
	@./.ci/dist-test

# Signs a tax return with the practice card and verifies it, by jpki and by OpenSSL.
demo: cli
	@./.ci/demo $(BIN)

# Every test. What they need must be there: nothing is skipped.
test: setup-test
	$(REQUIRE) go test -timeout 30m ./...
	@go test -v -run 'PKITS|Wycheproof' ./sign/pki ./sign/cms | sed -n 's/^ *[a-z0-9_]*\.go:[0-9]*: //p'

race: setup-test
	$(REQUIRE) go test -race -timeout 30m ./...

# Every room in every look, as pictures in screenshots/.
screenshots: setup-test
	@mkdir -p screenshots
	$(REQUIRE) JPKI_TEST_SCREENSHOTS=$(CURDIR)/screenshots go test -count=1 -run TestEveryRoomInEveryLook ./cmd/jpki-gui

lint: setup-test
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go mod tidy -diff
	go vet ./...
	CGO_ENABLED=0 GOOS=windows go vet $$(go list ./... | grep -v /cmd/jpki-gui) # the drawing needs C: make dist builds that
	go tool staticcheck -checks all ./...

# Bouncy Castle judges our signatures, and we its.
judges: cli
	@command -v javac >/dev/null || ./.ci/install default-jdk-headless
	@command -v mvn >/dev/null || ./.ci/install maven
	@./.ci/judges/run $(BIN)

# Each fuzz target for FUZZTIME.
FUZZTIME := 10s
fuzz: setup
	@./.ci/fuzz $(FUZZTIME)

bench: cli gui
	@./.ci/install time bc pcscd vsmartcard-vpcd iproute2 xvfb x11-utils
	@./.ci/bench $(BIN)
	@./.ci/bench-window $(BIN)

clean:
	rm -rf bin build
