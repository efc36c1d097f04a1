# Everything here works on a machine that has CPython 3.11 or newer and make, nothing else.
# The project runs from the checkout; .venv holds only what the lock files name.

VENV     := .venv
PY       := $(VENV)/bin/python
MADE     := $(VENV)/.made
RUNTIME  := $(VENV)/.installed-runtime
DEV      := $(VENV)/.installed-dev
PYTHONS  := $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3
PIP_SYNC := $(PY) -m pip install -qq --no-input --disable-pip-version-check --require-hashes -r
# One lock for every platform and Python; without header and notes nothing of the machine that made it is in it.
UV_LOCK  := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header
ARGS     ?=

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev chat sandbox run test lint format faults bench knowledge lock clean

help: ## show this list
	@echo "make WHAT [ARGS=\"...\"]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name what; do \
		printf '  %-12s%s\n' "$$name" "$$what"; done

setup: $(RUNTIME) ## make .venv and install what the bot needs (nothing to do the second time)

setup-dev: $(DEV) ## the same, and what the tests need

chat: $(RUNTIME) ## talk to the bot in this terminal: no token, no network
	@$(PY) -m bot chat $(ARGS)

sandbox: $(RUNTIME) ## the same in a local web page
	@$(PY) -m bot sandbox $(ARGS)

run: $(RUNTIME) ## run on Telegram; needs BOT_TOKEN
	@$(PY) -m bot run $(ARGS)

test: lint ## lint, types and tests: what CI runs
	@$(PY) -m pytest $(ARGS)

lint: $(DEV) ## lint, format check and types
	@$(PY) -m ruff check --quiet
	@$(PY) -m ruff format --quiet --check
	@$(PY) -m mypy

format: $(DEV) ## mend what lint can mend by itself
	@$(PY) -m ruff check --quiet --fix
	@$(PY) -m ruff format --quiet

faults: $(DEV) ## kill the bot fifty times in the middle of a conversation, the worker two hundred times
	@FAULT_ROUNDS=$${FAULT_ROUNDS:-50} WORKER_KILLS=$${WORKER_KILLS:-200} ANNOUNCED_PEOPLE=$${ANNOUNCED_PEOPLE:-5000} $(PY) -m pytest -m faults -o faulthandler_timeout=3600 $(ARGS)

bench: $(DEV) ## measure speed, start-up time and memory
	@$(PY) -m benchmarks $(ARGS)

knowledge: $(RUNTIME) ## prove the knowledge and its coverage of the clauses
	@$(PY) -m knowledge verify
	@$(PY) -m knowledge coverage

lock: ## for maintainers: pin anew from pyproject.toml (needs uv; ARGS=--upgrade for newer ones)
	@$(UV_LOCK) $(ARGS) -o requirements.lock
	@$(UV_LOCK) $(ARGS) --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## remove .venv and caches; the data folder stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that was moved or removed leaves a .venv that cannot run: forget it and begin again.
$(shell test -x $(PY) || rm -f $(MADE) $(RUNTIME) $(DEV))

$(MADE):
	@for python in $(PYTHONS); do \
		"$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Setting up (once, about a minute) with $$("$$python" --version) ..."; \
		"$$python" -m venv --clear $(VENV) && touch $@; \
		exit; \
	done; \
	echo "Lintas needs CPython 3.11 or newer with venv and pip. Tried: $(strip $(PYTHONS)); python3 is $$(python3 --version 2>&1 || echo missing)." >&2; \
	echo "Install one (on Debian: apt install python3 python3-venv), or name it: make setup PYTHON=/path/to/python3.11" >&2; \
	exit 1

$(RUNTIME): requirements.lock | $(MADE)
	@$(PIP_SYNC) requirements.lock
	@touch $@

$(DEV): requirements-dev.lock | $(MADE)
	@$(PIP_SYNC) requirements-dev.lock
	@touch $@ $(RUNTIME)
