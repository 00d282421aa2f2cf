# Ligature. `make run` is the one command for a doctor, `make check` the one for a developer.
# The build itself is meson's (meson.build); this file installs what is missing and calls it.

BUILD ?= build
DATA ?=
PORT ?= 8470
PREFIX ?= /usr/local
export PATH := /usr/bin:$(PATH)

.PHONY: all run check check-san fuzz bench install deb clean help screenshots

all: need-build  ## build/ligature and the programs under build/bench/
	@tools/configure $(BUILD) --buildtype=release -Dtests=disabled
	@ninja -C $(BUILD) $(NINJA_QUIET)

run: all  ## serve the demo at http://127.0.0.1:8470 (DATA=DIR serves your own folder)
	@tools/run "$(BUILD)/ligature" "$(DATA)" "127.0.0.1:$(PORT)"

check: need-check  ## everything that can fail, on SQLite and on PostgreSQL
	@tools/check all

check-san: need-check  ## unit and story tests under address and undefined-behaviour sanitizers
	@tools/check san

fuzz: need-fuzz  ## each fuzz target for a minute (SECONDS=600 for longer)
	@tools/fuzz $(or $(SECONDS),60)

bench: all need-bench  ## every figure beside its goal
	@tools/bench "$(BUILD)"

install: all  ## binary, man pages, completion, systemd unit under PREFIX (and DESTDIR)
	@tools/install-files "$(BUILD)" "$(DESTDIR)" "$(PREFIX)"

deb: all  ## a Debian package in dist/
	@tools/deb "$(BUILD)"

screenshots: need-check all  ## every page at phone and desk width, light and dark, into build/shots/
	@tools/screenshots "$(BUILD)"

need-%:
	@tools/need $*

clean:  ## forget everything that was built
	@rm -rf build build-* dist .cache

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' Makefile
