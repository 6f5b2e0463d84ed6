# Needs python3 (3.11 or later) with venv, and make. The rest goes into .venv and .tools.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PORT ?= 8420
DATA ?= $(HOME)/.local/share/amends
SHARED ?= ../shared
.DEFAULT_GOAL := help
.PHONY: help setup run check unit test tools lock docs bench bench-lint bench-read bench-voice bench-notice bench-publish test-long

help:                 ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

.venv/run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "amends: needs Python 3.11 or later; say: make PYTHON=python3.12 ..." >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "amends: this Python cannot make a venv; on Debian: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: .venv/run requirements-dev.lock
	$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/run      ## install what running needs, and nothing else

run: .venv/run        ## set everything up and open the desk: pages, workers and listeners
	@$(BIN)/amends up --port $(PORT) --data "$(DATA)"

check: .venv/dev      ## format, lint, types, imports, contracts and unit tests, in under a minute
	$(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q tests/unit tests/contract

unit: .venv/dev       ## the tests that need nothing from outside
	$(BIN)/pytest -q -m "not postgres and not bluesky and not browser"

tools: .venv/dev      ## what the slow tests need: node, the Bluesky dev network, chromium, PostgreSQL
	$(BIN)/python tests/tools.py

test: check tools     ## everything; a missing tool is a failure
	AMENDS_REQUIRE=postgres,browser,bluesky $(BIN)/pytest -q --ignore=tests/unit --ignore=tests/contract

test-long: .venv/dev  ## ten thousand crashes and two thousand histories; writes benchmarks/publish
	$(BIN)/python benchmarks/publish/run.py --long

lock:                 ## resolve the requirements anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --group dev pyproject.toml -c requirements.lock -o requirements-dev.lock

docs: .venv/dev       ## write the pages that are made from the code
	$(BIN)/python docs/make_rule_pages.py

bench-lint: .venv/dev   ## speed of the lint, and its counts on real apologies where they are at hand
	$(BIN)/python benchmarks/lint/run.py --cases $(SHARED)/cases

bench-read: .venv/dev   ## the reader on public labelled sets, where they are at hand
	$(BIN)/python training/evaluate_reader.py --data $(SHARED)/data

bench-voice: .venv/dev  ## the voiceprint on public labelled sets, where they are at hand
	$(BIN)/python benchmarks/voice/run.py --data $(SHARED)/data

bench-notice: .venv/dev ## the detector on simulated streams, beside its peers
	$(BIN)/python benchmarks/notice/run.py

bench-publish: .venv/dev ## workers killed at every point, beside a sender that just tries again
	$(BIN)/python benchmarks/publish/run.py

bench: bench-lint bench-read bench-voice bench-notice bench-publish  ## all benchmarks
