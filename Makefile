# Every verb works from a fresh clone with only make and Python 3.11-3.13; nothing needs activating.
#
# Each environment is made from a lock file and remembers which one (installed.lock inside it), so
# it is made again exactly when the lock differs. What `run` holds is what a member's machine holds.
# The tests run three at a time, on two cores too: one of three waits for a clock or a process.

SHELL     = /bin/sh
RUN       = .venv/run
DEV       = .venv/dev
BENCH     = .venv/bench
JOBS      = 3
VERSIONS  = 3.11 3.12 3.13
UV        = 0.13.9
PYTEST    = -m pytest -n $(JOBS) --dist worksteal
COMPILE   = .venv/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 \
            --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-config --quiet

MAKEFLAGS += --no-print-directory
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# A Python that runs (a name on PATH may be a shim to nothing), is of a version we support, and
# has what an environment and the store need.
USABLE    = import sys, ensurepip, venv, ssl, sqlite3; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

# $(call find,PYTHONS...): sets $found to the first usable one, or ends with a clear sentence.
define find
	found=; for python in $(1); do \
	    if "$$python" -c '$(USABLE)' >/dev/null 2>&1; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "Alongside needs Python 3.11, 3.12 or 3.13 (with venv and sqlite3; on Debian and" >&2; \
	    echo "Ubuntu: apt install python3-venv), and none was found. If you have one elsewhere:" >&2; \
	    echo "make PYTHON=/path/to/python3" >&2; \
	    exit 1; \
	fi
endef

# $(call environment,DIRECTORY,LOCK,PYTHONS...): makes it, unless it was made from this very lock.
define environment
	@if cmp -s requirements/$(2).lock $(1)/installed.lock && $(1)/bin/python -c '' 2>/dev/null; \
	then exit 0; fi; \
	$(call find,$(3)); \
	echo "Setting up $(1) with $$("$$found" --version) (once, and when its lock changes) ..." >&2; \
	"$$found" -m venv --clear $(1) && \
	$(1)/bin/python -m pip install -qq --require-hashes --requirement requirements/$(2).lock && \
	cp requirements/$(2).lock $(1)/installed.lock
endef

PYTHONS   = $(PYTHON) python3.13 python3.12 python3.11 python3 python

.PHONY: help chat test check content weights scorecard picture bench test-all soak skills lock wheel clean setup setup-run setup-dev setup-one setup-bench setup-lock

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' Makefile

chat: setup-run  ## talk to it now, in this terminal (ARGS="--lang es" for its options)
	@$(RUN)/bin/python -m bot chat $(ARGS)

test: check  ## everything that must hold: make check, then all tests but the soak
	$(DEV)/bin/python $(PYTEST) $(ARGS)

check: setup-dev  ## style, types, import contracts, content
	$(DEV)/bin/python -m ruff check
	$(DEV)/bin/python -m ruff format --check
	$(DEV)/bin/python -m mypy
	$(DEV)/bin/python -c 'from importlinter.cli import lint_imports_command as lint; lint()' --no-logo
	$(DEV)/bin/python -m bot content check

content: setup-run  ## check the words: every error at once, with its file and the remedy
	@$(RUN)/bin/python -m bot content check $(ARGS)

picture: setup-dev  ## write docs/picture.svg: the screen after a short talk, drawn by the program
	$(DEV)/bin/python -m tests.terminal.picture

scorecard: setup-dev  ## write docs/safety.md: what the crisis floor hears and misses
	$(DEV)/bin/python -m tests.safety.scorecard

weights: setup-dev  ## learn the weights of the crisis floor again (LANG_ONLY="en es" for some)
	@test -d .venv/weights || ($(DEV)/bin/python -m venv .venv/weights && \
	    .venv/weights/bin/python -m pip install -qq '.[weights]')
	.venv/weights/bin/python -m tests.safety.make_weights $(LANG_ONLY)

bench: setup-bench  ## measure, beside named peers (a quarter of an hour; QUICK=1: five minutes)
	$(BENCH)/bin/python -m tests.bench.safety
	$(BENCH)/bin/python -m tests.bench.beats
	$(BENCH)/bin/python -m tests.bench.offers
	$(BENCH)/bin/python -m tests.bench.turn $(if $(QUICK),--quick)

test-all:  ## the tests on every Python of 3.11-3.13 that is here
	@missing=; failed=; passed=; \
	for version in $(VERSIONS); do \
	    found=; \
	    for python in python$$version "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$$version.*/bin/python; do \
	        if "$$python" -c '$(USABLE)' >/dev/null 2>&1; then found=$$python; break; fi; \
	    done; \
	    if [ -z "$$found" ]; then missing="$$missing $$version"; continue; fi; \
	    if $(MAKE) setup-one VERSION=$$version FOUND="$$found" && \
	        .venv/all-$$version/bin/python $(PYTEST) $(ARGS); \
	    then passed="$$passed $$version"; else failed="$$failed $$version"; fi; \
	done; \
	echo "passed:$${passed:- none}; failed:$${failed:- none}; not on this machine:$${missing:- none}"; \
	[ -n "$$passed" ] && [ -z "$$failed" ]

soak: setup-dev  ## the long tests: kills at every point and under traffic, 100,000 spoiled messages
	$(DEV)/bin/python $(PYTEST) -m soak $(ARGS)

skills: setup-dev  ## every exercise from start to end over a terminal's pipe, in every language
	$(DEV)/bin/python $(PYTEST) -m soak tests/features/test_every_skill.py $(ARGS)

lock: setup-lock  ## make both lock files again (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) --extra postgres --output-file requirements/run.lock
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock

wheel: setup-dev  ## build dist/*.whl and the source archive it can be built from
	$(DEV)/bin/python -m hatchling build -d dist

clean:  ## remove what make made (never anybody's data)
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find bot adapters tests -name __pycache__ -type d -prune -exec rm -rf {} +

setup: setup-run setup-dev

setup-run:
	$(call environment,$(RUN),run,$(PYTHONS))

setup-dev:
	$(call environment,$(DEV),dev,$(PYTHONS))

setup-bench:
	$(call environment,$(BENCH),dev,$(PYTHONS))
	@cmp -s pyproject.toml $(BENCH)/peers.toml || (echo "Adding the peers to $(BENCH) ..." >&2; \
	    $(BENCH)/bin/python -m pip install -qq '.[bench]' && cp pyproject.toml $(BENCH)/peers.toml)

setup-one:
	$(call environment,.venv/all-$(VERSION),dev,$(FOUND))

setup-lock:
	@$(call find,$(PYTHONS)); "$$found" -m venv --clear .venv/lock
	@.venv/lock/bin/python -m pip install -qq uv==$(UV)
