# Each target does all its own set-up: a Python 3.11 or newer, and pip's package index the first time.

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet --no-input install
CHOICE := python3.13 python3.12 python3.11 python3
DATA ?= ../shared/data/sba
READY := $(VENV)/.project

.PHONY: demo test check shape bench drill live mutate real clean

demo: $(READY)
	@$(VENV)/bin/gongji demo

test: $(READY)
	@$(PYTHON) -m pytest -n auto --dist loadfile

check: $(READY)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

# After a migration: schema/shape.txt, which gongji doctor compares a ledger with.
shape: $(READY)
	@$(PYTHON) -m tests.shape_file

bench: $(READY)
	@$(PYTHON) -m benchmarks.run

drill: $(READY)
	@$(PYTHON) -m pytest -m drill

# Random histories, the ledger beside an independent model: make live OPERATIONS=1000000 SEED=7
OPERATIONS ?= 100000
SEED ?= 1
live: $(READY)
	@$(PYTHON) -m tests.histories --operations $(OPERATIONS) --seed $(SEED)

mutate: $(READY)
	@$(PYTHON) -m benchmarks.mutation

# A real portfolio, in a workspace of its own that is made anew each time.
real: $(READY)
	@test -d "$(DATA)" || { echo "make real: there is no folder $(DATA); name one: make real DATA=folder" >&2; exit 1; }
	@$(PYTHON) -m ledger.server remove build/real
	@rm -rf build/real && mkdir -p build/real
	@data=$$(cd "$(DATA)" && pwd) && cd build/real && ../../$(VENV)/bin/gongji real "$$data"

clean:
	@test ! -x $(PYTHON) || test ! -d build/real || $(PYTHON) -m ledger.server remove build/real
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up, in two steps: editing pyproject.toml repeats only the second, which needs no network.
$(READY): pyproject.toml $(VENV)/.packages
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.packages: constraints.txt
	@set -e; \
	if ! $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	  found=; \
	  for python in $(CHOICE); do \
	    if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	      found=$$python; break; \
	    fi; \
	  done; \
	  if [ -z "$$found" ]; then \
	    echo "No Python 3.11 or newer with its venv module was found (looked for: $(CHOICE))." >&2; \
	    echo "Install one (Debian and Ubuntu: python3 and python3-venv) and run make again." >&2; \
	    exit 1; \
	  fi; \
	  echo "Making $(VENV) with $$($$found --version)."; \
	  $$found -m venv --clear $(VENV); \
	fi; \
	echo "Installing the pinned packages into $(VENV). This happens once and takes about a minute."
	@$(PIP) --require-hashes --only-binary :all: --requirement constraints.txt
	@touch $@
