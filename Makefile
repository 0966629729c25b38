# make demo   a made-up trust in your browser
# make test   everything that is checked before a change goes in
#
# Both set up what they need (a private .venv, wheels by hash, front-end assets, a browser for the journeys) and, when
# nothing has changed since, go straight to work. On Windows use WSL.

SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help demo test check units journeys faults brief-faults bench growth lock clean browser

BIN = .venv/bin
ASSETS = core/web/static/vendor/.stamp
READY = .venv/.ready
RIVAL = .venv/.rival
GO = .venv/.go
EDITABLE = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

# The journeys look for a browser by these names, or take the one in CHROMIUM.
BROWSERS = chromium chromium-browser google-chrome google-chrome-stable
export CHROMIUM

# $(call stage,name,command): run it, say how long it took, fail when it fails.
stage = @began=$$(date +%s); $(2) || exit $$?; echo "$(1): $$(( $$(date +%s) - began )) s"

help:
	@echo "make demo   a made-up trust in your browser"
	@echo "make test   everything: check, tests, journeys in a real browser"
	@echo "make check  ruff, mypy, import contracts"
	@echo "make bench  how fast it is: a quarter of an hour; make growth, as long again"
	@echo "make faults kills, full disks, clocks set back and more, counted: docs/faults.md"
	@echo "make units, make journeys, make brief-faults, make lock, make clean"

demo: $(READY) $(ASSETS)
	@$(BIN)/tallystick demo

test: check units brief-faults journeys
	@$(BIN)/python -c "$$TOTAL" .venv/units.xml .venv/faults.xml .venv/journeys.xml

check: $(READY) $(ASSETS)
	$(call stage,ruff,$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .)
	$(call stage,mypy,$(BIN)/mypy --no-error-summary)
	$(call stage,import contracts,$(BIN)/lint-imports --no-logo)

units: $(READY) $(ASSETS) $(GO)
	$(call stage,tests,$(BIN)/python -m pytest -n 2 --dist loadgroup -q --ignore=tests/journeys --ignore=tests/faults \
	  --junitxml=.venv/units.xml)

journeys: $(READY) $(ASSETS) browser
	$(call stage,journeys,$(BIN)/python -m pytest -q --junitxml=.venv/journeys.xml tests/journeys)

# Both print a table; the whole of it takes half an hour or more and is written to docs/faults.md.
FAULTS = $(BIN)/python -m pytest -n 2 -q tests/faults
brief-faults: $(READY) $(ASSETS)
	$(call stage,faults,$(FAULTS) --junitxml=.venv/faults.xml)

faults: $(READY) $(ASSETS)
	$(call stage,faults,$(FAULTS) --full)

bench: $(READY) $(ASSETS) $(RIVAL)
	@$(BIN)/python -m tests.bench

growth: $(READY) $(ASSETS) $(RIVAL)
	@$(BIN)/python -m tests.bench growth

$(RIVAL): requirements-bench.lock | $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock && touch $@

# Everything from the lock, by hash; then the tree itself, whose build hook (hatch_build.py) fetches the front-end assets.
$(READY): requirements.lock requirements-node.lock pyproject.toml package.json package-lock.json hatch_build.py
	@began=$$(date +%s); \
	python=; for name in python3 python3.13 python3.12 python3.11; do \
	  $$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && python=$$name && break; \
	done; \
	[ -n "$$python" ] || { echo "Tallystick needs Python 3.11, 3.12 or 3.13, and none is on the PATH." >&2; exit 1; }; \
	$$python -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$$python cannot make virtual environments: install its venv package (Debian: apt-get install python3-venv)." >&2; \
	  exit 1; }; \
	echo "Setting up .venv with $$($$python --version): a minute or less"; \
	$$python -m venv .venv && \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock && \
	{ command -v npm >/dev/null 2>&1 || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock; } && \
	$(EDITABLE) && \
	touch $@ && \
	echo "set-up: $$(( $$(date +%s) - began )) s"

# Go, for the tests alone: one of them builds a stranger's program to check our log.
$(GO): requirements-go.lock | $(READY)
	@began=$$(date +%s); \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-go.lock && \
	touch $@ && \
	echo "go: $$(( $$(date +%s) - began )) s"

$(ASSETS): | $(READY)
	@[ -f $@ ] || $(EDITABLE)

browser:
	@for name in "$$CHROMIUM" $(BROWSERS); do \
	  [ -n "$$name" ] && command -v "$$name" >/dev/null 2>&1 && exit 0; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  began=$$(date +%s); export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && \
	  echo "browser: $$(( $$(date +%s) - began )) s"; \
	else \
	  echo "The journeys need Chromium or Chrome: install one, or say where it is with make test CHROMIUM=/path/to/it." >&2; \
	  exit 1; \
	fi

# The locks anew, for Linux, macOS and Windows, Python 3.11 to 3.13.
LOCKING = .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade
lock: $(READY)
	@$(BIN)/python -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(LOCKING) --extra postgres --group dev pyproject.toml -o requirements.lock
	@$(LOCKING) --group node -o requirements-node.lock
	@$(LOCKING) --group bench -c requirements.lock -o requirements-bench.lock
	@$(LOCKING) --group go -o requirements-go.lock
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved
	@rm -rf .venv/lock

clean:
	rm -rf .venv build dist core/web/static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The closing line of `make test`: all runs of pytest in one count.
define TOTAL
import sys
from xml.etree import ElementTree
suites = [suite.attrib for path in sys.argv[1:] for suite in ElementTree.parse(path).iter("testsuite")]
count = {name: sum(int(suite[name]) for suite in suites) for name in ("tests", "failures", "errors", "skipped")}
failed = count["failures"] + count["errors"]
print(f"{count['tests'] - failed - count['skipped']} passed, {failed} failed, {count['skipped']} skipped")
endef
export TOTAL
