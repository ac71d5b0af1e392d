# make map    a virtual environment, everything installed, this repository's own workspace built
# make test   what the tests need (Chromium included), linters, types and all tests, on all cores
# make lint   ruff and mypy alone            make docs   docs/cli.md from --help, rooms in docs/architecture.md
# make bench  speed, as ratios of one run    make lock   new pins (needs pip-tools)
# make wheel  dist/*.whl                     make clean  everything that can be made again

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# Wheels only, checked against the pinned hashes. Byte code is left to the first import: compiling all of it at
# once costs more than the half of it that is ever used.
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PINNED := $(PIP) install -qq --no-compile --only-binary :all: --require-hashes

INPUTS := $(shell find geo gazetteer corpus controlmap.toml -type f ! -name '*.pyc' ! -name '*.log' ! -name '*.lock') \
	$(shell find gazetteer corpus -type d)

.PHONY: map test lint docs bench lock wheel clean
.DELETE_ON_ERROR:

map: output/manifest.json
	@echo "The map: file://$(CURDIR)/output/index.html"

output/manifest.json: $(VENV)/.installed $(INPUTS)
	$(BIN)/controlmap build

$(VENV)/.installed: requirements-build.lock requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("controlmap needs Python 3.11 or newer: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PINNED) -r requirements-build.lock -r requirements.lock
	$(PIP) install -qq --no-compile --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed requirements-test.lock
	$(PINNED) -r requirements-test.lock
	touch $@

test: $(VENV)/.tested
	@sh tests/chromium.sh
	$(BIN)/ruff check .
	@# Types are checked beside the tests, which run in one process for each core (each takes half a gigabyte, so of
	@# many cores eight are used); what mypy says comes after them.
	@$(BIN)/mypy >$(VENV)/mypy.log 2>&1 & types=$$!; \
	failed=0; \
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal || failed=$$?; \
	echo "mypy:"; wait $$types || failed=$$?; \
	cat $(VENV)/mypy.log; exit $$failed

lint: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/mypy

docs: $(VENV)/.installed
	$(BIN)/python -m geo.cli.reference docs/cli.md
	$(BIN)/python tests/rooms_table.py

bench: $(VENV)/.installed
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/scan.py

wheel: $(VENV)/.installed
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# Options of pip-compile stand in pyproject.toml. certifi: the release that has a source archive too.
lock:
	printf 'hatchling>=1.25\n' | pip-compile --output-file requirements-build.lock -
	printf 'certifi==2026.10.18\n' > build-constraints.txt
	pip-compile --constraint build-constraints.txt --output-file requirements.lock pyproject.toml
	sed -n 's/^\([A-Za-z0-9_.-]*==[^ ]*\).*/\1/p' requirements.lock > build-constraints.txt
	$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["test"], sep="\n")' \
		| pip-compile --constraint build-constraints.txt --output-file requirements-test.lock -
	rm build-constraints.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find geo tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
	test ! -f output/manifest.json || find output -mindepth 1 ! -name README.md -delete
