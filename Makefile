# What a clone needs: `make demo` shows it, `make test` proves it.
PREFIX ?= /usr/local
SWIFT ?= swift
SOURCES = Sources Tests Package.swift \
  $(wildcard Benchmarks/Sources Benchmarks/Package.swift Fuzz/Sources Fuzz/Package.swift)

.PHONY: all setup build test demo bench fuzz format lint builtin-model install clean

all: build

setup:
	@sh scripts/setup.sh

build: setup
	$(SWIFT) build -c release

test: setup
	$(SWIFT) build -c release --build-tests
	$(SWIFT) test -c release --skip-build
	@sh Tests/Reference/validate_sigmf.sh

demo: build
	@bash scripts/demo.sh

bench:
	@sh scripts/setup.sh benchmarks
	@bash scripts/bench.sh

fuzz: setup
	@bash scripts/fuzz.sh

format:
	$(SWIFT) format --in-place --parallel -r $(SOURCES)

lint:
	$(SWIFT) format lint --strict --parallel -r $(SOURCES)
	@sh scripts/check-layers.sh --self-test
	@sh scripts/check-layers.sh

builtin-model: build
	@bash scripts/builtin-model.sh

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 .build/release/psdpipe "$(DESTDIR)$(PREFIX)/bin/psdpipe"

clean:
	$(SWIFT) package clean
	rm -rf demo
