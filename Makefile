# Every task of the house. `make help` lists them; CI calls the same ones.
# Needs only make and Python 3.11: uv, both environments, Chromium and the model are brought.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

TOOLS := var/tools
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV := $(shell command -v uv || echo $(TOOLS)/bin/uv)
RUN := .venv/bin
# Tests that start processes of their own: two at a time, as each starts up to three more.
ALONE := engine or browser or postgres or faults
# What Python compiled is kept, whatever the machine asks for: Rasa starts in 13 s, not in 22.
export PYTHONDONTWRITEBYTECODE :=
# The rooms where the rules are: their own tests are measured by the branches that they reach.
RULES := tests/domain tests/services tests/actions tests/flow

.PHONY: help setup environments browser run check lint test test-fast test-alone ready train evaluate format lock check-engine benchmarks drill
# Two cores are busy with one task; `make check test` does what both ask for once.
.NOTPARALLEL:

help: ## List the tasks
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: environments ## Build both environments and the model, without starting anything
	@$(RUN)/donghanh train

run: environments ## Set up what is missing and start everything
	@exec $(RUN)/donghanh run

test: environments browser ready test-fast test-alone ## Set up what is missing and run every test

check: lint test-fast ## What a commit must pass: lint, types, fast tests

lint: environments ## Lint, types of both environments, the knowledge base
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy
	@$(RUN)/mypy --config-file engine/pyproject.toml
	@$(RUN)/donghanh kb check

test-fast: environments ## The tests that start no other process
	@$(RUN)/python -m pytest -m "not ($(ALONE))" --numprocesses auto -q --cov --cov-report=term $(RULES)
	@$(RUN)/python -m pytest -m "not ($(ALONE))" --numprocesses auto -q $(RULES:%=--ignore=%)

test-alone: environments browser ready ## The tests that start Rasa, Chromium, PostgreSQL
	@$(RUN)/python -m pytest -m "$(ALONE)" --numprocesses 2 --dist loadfile --no-loadscope-reorder

ready: environments
	@$(RUN)/donghanh train & training=$$!; $(RUN)/python -m tests.support.data.meanings; wait $$training

train: environments ## Train the model where its inputs changed
	@$(RUN)/donghanh train

evaluate: environments ## Write the quality page
	@$(RUN)/donghanh evaluate

check-engine: environments ## Let Rasa validate its data and test its conversations
	@scripts/check-engine

benchmarks: environments ## Measure the time from message in to reply out, beside a plain Rasa
	@$(RUN)/python -m benchmarks.turns

drill: environments ready ## Play 200 conversations twice, with one and two of each part, while they are killed (10 minutes)
	@DRILL_CONVERSATIONS=200 $(RUN)/python -m pytest tests/faults

format: environments ## Format the code
	@$(RUN)/ruff check --fix-only --quiet . && $(RUN)/ruff format .

lock: $(UV) ## Resolve the dependencies anew and write both locks
	@$(UV) lock && $(UV) lock --project engine --python 3.10

environments: .venv/.ready engine/.venv/.ready

.venv/.ready: pyproject.toml uv.lock | $(UV)
	@echo "building the main environment …"
	@$(UV) sync --locked --quiet --python 3.11 || { echo "The main environment could not be built. It needs Python 3.11 (or a network from which uv can bring it)."; exit 1; }
	@touch $@

engine/.venv/.ready: engine/pyproject.toml engine/uv.lock | $(UV)
	@echo "building Rasa's environment (Python 3.10) …"
	@$(UV) sync --locked --quiet --project engine --python 3.10 || { echo "Rasa's environment could not be built. It needs Python 3.10 (or a network from which uv can bring it)."; exit 1; }
	@touch $@

$(TOOLS)/bin/uv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 is missing: install it, then start again."; exit 1; }
	@echo "bringing uv …"
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/pip install --quiet --disable-pip-version-check uv==0.13.9

browser: .venv/.ready
	@scripts/bring-chromium
