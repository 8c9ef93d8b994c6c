# Each target sets up its own virtual environment in .venv: the releases of requirements/, known by their hashes.
# Where one of them has no file for a machine: make PINNED= demo takes what pyproject.toml allows.
PYTHON ?= python3
PINNED ?= yes
BIN := .venv/bin
PYTEST := $(BIN)/pytest --numprocesses=auto --dist=loadfile
# Where one test takes minutes, whoever is done takes tests from the other, not whole files.
PYTEST_LONG := $(BIN)/pytest --numprocesses=auto --dist=worksteal
# The folders without I/O, with the configuration that makes their values: these tests take every branch of them.
# What is drawn at random takes none that they leave, and is not measured: that would double its time.
CORE := $(addprefix tests/,audience config decisions intake messages model planning recovery selection views)

.PHONY: demo demo-google test test-slow bench corpus pictures handout format pin clean

demo: .venv/installed
	$(BIN)/convene demo

# The same on Google Sheets: a stand-in for it on this machine, through the real client.
demo-google: .venv/installed-dev
	$(BIN)/python -m tests.support.google_demo

test: .venv/installed-dev
	$(BIN)/ruff format --check pipeline tests benchmarks
	$(BIN)/ruff check pipeline tests benchmarks
	$(BIN)/mypy
	$(PYTEST) -m "not slow and not drawn" --cov --cov-report= $(CORE)
	$(BIN)/python tests/coverage_of_core.py
	$(PYTEST_LONG) -m "not slow and drawn" $(CORE)
	$(PYTEST) -m "not slow" $(CORE:%=--ignore=%)

# Longer storms: kills at random, workbooks opened in LibreOffice. What could go on for ever goes on for LONG seconds.
# All is the same in each run; SEED=random, or another number, draws otherwise, and says what repeats it.
LONG ?= 8
test-slow: .venv/installed-dev
	LONG=$(LONG) $(PYTEST_LONG) -m slow

# Some 1,300 workbooks of other programs' test suites: fetched, set up, written to, opened in LibreOffice. Half an hour.
corpus: .venv/installed-dev
	$(BIN)/python -m benchmarks.corpus

# All that speed promises, in one table, beside other programs; BEFORE=<commit> puts an earlier commit beside it,
# LARGE=yes adds 100,000 people. Ten minutes and more; every round goes to benchmarks.json.
BEFORE ?=
LARGE ?=
bench: .venv/installed-dev
	$(BIN)/python -m benchmarks.table $(if $(BEFORE),--before $(BEFORE)) $(if $(LARGE),--large)

# The pictures of README and docs, anew: LibreOffice, Ghostscript and Chromium draw them.
pictures: .venv/installed-dev
	$(BIN)/python -m tests.support.pictures

# for-organisers.pdf: two pages of A4 to hand over, printed by Chromium.
handout: .venv/installed-dev
	$(BIN)/python -m tests.support.pictures handout

format: .venv/installed-dev
	$(BIN)/ruff format pipeline tests benchmarks
	$(BIN)/ruff check --fix pipeline tests benchmarks

.venv/installed: pyproject.toml requirements/run.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(call install,run,.)
	touch $@

.venv/installed-dev: pyproject.toml requirements/dev.txt .venv/installed
	$(call install,dev,.[dev])
	touch $@

# The releases of a list, then the project by itself; or the project with whatever it asks for.
define install
$(if $(PINNED),\
$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/$(1).txt && \
$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .,\
$(BIN)/python -m pip install --quiet --editable '$(2)')
endef

# Newer releases, once somebody has read what changed in them: every file of each, for every machine, by its hash.
pin:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade \
	  pyproject.toml requirements/build.in --output-file requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade \
	  --extra dev pyproject.toml requirements/build.in --constraint requirements/run.txt --output-file requirements/dev.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage convene-demo convene-demo-google for-organisers.pdf
