# make run      install what is missing, build, and run every notebook
# make test     install what is missing, build, and run the tests
# make build    install what is missing, and build nbrun for release
# make bench    time training steps in nbrun and in PyTorch, side by side
# make bench-frontier   time training steps within budgets of memory, beside ones that keep everything
# make browser-test   use the pages of 'export html' in a headless Chromium (needs one, and Python)
# make fuzz     run the tests over random notebooks FUZZ times as long (50), from seed SEED (0) on
# make completions   write completion scripts of bash, zsh and fish into .build/completions
# make man      write manual pages into .build/man
# make lint     check the format of every Swift file
# make format   format every Swift file
# make clean    remove what was built; results stay
#
# Settings: SCRATCH=folder for build products, PYTHON=interpreter that has PyTorch (for bench),
# PAIRS=measured pairs of each configuration (for bench), PICTURES=folder for screenshots (for
# browser-test).

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := build
.PHONY: run test build bench bench-frontier browser-test fuzz completions man lint format clean packages swift

SCRATCH ?= .build
PAIRS ?= 3
NOTEBOOKS := notebooks/first-notebook.md notebooks/bert-encoder.md \
  notebooks/resnet-blocks.md notebooks/gpt2-finetune.md \
  notebooks/sweeps-and-queries.md notebooks/diffing-experiments.md \
  notebooks/memory-budget.md \
  notebooks/checkpointing-theory.md notebooks/common-errors.md \
  notebooks/gradient-checkpointing.md notebooks/gradient-checkpointing.ja.md
PACKAGES := libcmark-dev libsqlite3-dev libssl-dev pkg-config
LIBRARIES := libcmark sqlite3 libcrypto
SOURCES := Package.swift Sources Tests

# With Swift's libraries inside, where the toolchain has them to link: programs then start in half the
# time, and run on machines without Swift. (Asked when a recipe needs it.)
RESOURCES = $(shell swift -print-target-info | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
RELEASE = --configuration release $(if $(wildcard $(RESOURCES)_static),--static-swift-stdlib)

run: build
	@$(SCRATCH)/release/nbrun $(NOTEBOOKS)

build: swift packages
	@swift build --scratch-path $(SCRATCH) $(RELEASE) --product nbrun

# XCTest is off as no test uses it: the last line is then that of Swift Testing.
# What failed is printed once more at the end, where the last lines of a log are all that is seen.
test: swift packages
	@mkdir -p $(SCRATCH)
	swift test --scratch-path $(SCRATCH) --disable-xctest 2>&1 | tee $(SCRATCH)/test.log || {
	  printf '\nWhat failed:\n'
	  grep -A 3 -E '✘|error:' $(SCRATCH)/test.log | grep -vE '^--$$|[◇✔] ' | tail -60
	  exit 1
	}

# Not a part of 'test', which needs no browser.
browser-test: build
	@python3 Tests/Browser/site_test.py $(SCRATCH)/release/nbrun $(PICTURES)

fuzz: swift packages
	@NBRUN_FUZZ=$(or $(FUZZ),50) NBRUN_FUZZ_SEED=$(or $(SEED),0) swift test \
	  --scratch-path $(SCRATCH) --disable-xctest --filter 'LawTests|HostileTests|FuzzTests'

# Both by ArgumentParser: the program writes its completions, a plugin its manual.
completions: build
	@mkdir -p .build/completions
	for shell in bash zsh fish; do
	  $(SCRATCH)/release/nbrun --generate-completion-script $$shell > .build/completions/nbrun.$$shell
	done

man: swift packages
	@swift package --scratch-path $(SCRATCH) plugin generate-manual --multi-page
	mkdir -p .build/man
	cp $(SCRATCH)/plugins/GenerateManual/outputs/nbrun/*.1 .build/man

lint: swift
	@swift format lint --strict --parallel --recursive $(SOURCES)

format: swift
	@swift format --in-place --parallel --recursive $(SOURCES)

clean:
	@rm -rf $(SCRATCH)

# The comparison with PyTorch. Without PYTHON it makes a virtual environment of its own.

BENCH := Sources/nbrun-bench/pytorch
ifeq ($(origin PYTHON),undefined)
  PYTHON := .venv/bin/python
  ENVIRONMENT := .venv/.nbrun-requirements
endif

bench: swift packages $(ENVIRONMENT)
	@swift build --scratch-path $(SCRATCH) $(RELEASE) --product nbrun-bench
	$(SCRATCH)/release/nbrun-bench --python $(PYTHON) --pairs $(PAIRS)

# What budgets cost in time; needs no PyTorch.
bench-frontier: swift packages
	@swift build --scratch-path $(SCRATCH) $(RELEASE) --product nbrun-bench
	$(SCRATCH)/release/nbrun-bench frontier

.venv/.nbrun-requirements: $(BENCH)/requirements.txt
	@if ! python3 -m venv .venv; then
	  echo "make: 'python3 -m venv' failed; on Debian: apt-get install python3-venv" >&2
	  exit 1
	fi
	.venv/bin/pip install --quiet --requirement $<
	touch $@

# What everything above needs. With all of it there these rules take a few milliseconds.

swift:
	@if ! command -v swift >/dev/null; then
	  echo "make: no 'swift' on PATH; nbrun needs Swift 6.2 or later: https://www.swift.org/install" >&2
	  exit 1
	fi

packages:
	@if ! command -v dpkg-query >/dev/null; then
	  for library in $(LIBRARIES); do
	    if ! pkg-config --exists $$library 2>/dev/null; then
	      echo "make: library '$$library' not found by pkg-config; install its development files" >&2
	      echo "make: (only Debian's packages are installed automatically: $(PACKAGES))" >&2
	      exit 1
	    fi
	  done
	  exit 0
	fi
	missing=()
	for package in $(PACKAGES); do
	  status=$$(dpkg-query --show --showformat='$${db:Status-Status}' $$package 2>/dev/null || true)
	  [[ $$status == installed ]] || missing+=($$package)
	done
	[[ $${#missing[@]} -gt 0 ]] || exit 0
	root=()
	if [[ $$(id -u) -ne 0 ]]; then
	  if ! command -v sudo >/dev/null; then
	    echo "make: missing Debian packages, and neither root nor sudo to install them; as root:" >&2
	    echo "make:   apt-get install $${missing[*]}" >&2
	    exit 1
	  fi
	  root=(sudo)
	fi
	echo "installing $${missing[*]}"
	apt=("$${root[@]}" env DEBIAN_FRONTEND=noninteractive
	  apt-get -qq -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0)
	"$${apt[@]}" update || echo "make: package lists could not be updated; trying with the old ones" >&2
	if ! "$${apt[@]}" install --yes --no-install-recommends "$${missing[@]}" </dev/null; then
	  echo "make: could not install $${missing[*]}; see the lines above, then run again" >&2
	  exit 1
	fi
