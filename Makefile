# Each target sets up its own virtual environment in .venv from pyproject.toml.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/pytest --numprocesses=auto --dist=loadfile
# The folders without I/O: their own tests take every branch of them. Measuring costs half as much again.
CORE := $(addprefix tests/,audience decisions intake messages model planning recovery selection views)

.PHONY: demo demo-google test test-slow format clean

demo: .venv/installed
	$(BIN)/convene demo

# The same on Google Sheets: a stand-in for it on this machine, through the real client.
demo-google: .venv/installed-dev
	$(BIN)/python -m tests.support.google_demo

test: .venv/installed-dev
	$(BIN)/ruff format --check pipeline tests benchmarks
	$(BIN)/ruff check pipeline tests benchmarks
	$(BIN)/mypy
	$(PYTEST) -m "not slow" --cov --cov-report= $(CORE)
	$(BIN)/python tests/coverage_of_core.py
	$(PYTEST) -m "not slow" $(CORE:%=--ignore=%)

# Longer storms: kills at random, workbooks opened in LibreOffice.
test-slow: .venv/installed-dev
	$(PYTEST) -m slow

format: .venv/installed-dev
	$(BIN)/ruff format pipeline tests benchmarks
	$(BIN)/ruff check --fix pipeline tests benchmarks

.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-dev: pyproject.toml .venv/installed
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage convene-demo convene-demo-google
