# make demo    sets everything up, then prints itemised reports for the shipped examples and totals of a table
# make test    sets everything up, then passes the tests
# make bench   measures; BENCH="--long" adds ten million rows
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RIVALS ?= .venv-rivals
BENCH ?=

.PHONY: demo test lint bench breaks prove cliffs mutate clean lock
.DEFAULT_GOAL := demo

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: $(READY)
	@for example in examples/*.toml; do $(BIN)/taxcalc assess $$example || exit 1; done
	$(BIN)/taxcalc batch examples/clients.csv --summary --by county

test: lint
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Side by side with what others would use; those live in an environment of their own.
bench: $(READY) $(RIVALS)/.ready
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/batch.py --rivals $(RIVALS)/bin/python $(BENCH)

$(RIVALS)/.ready: benchmarks/rivals.lock
	$(PYTHON) -m venv --clear $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r benchmarks/rivals.lock
	touch $@

clean:
	rm -rf $(VENV) $(RIVALS) .mypy_cache .pytest_cache .ruff_cache dist build

# Needs uv. The lock holds every version with its hashes, for every platform, and names no host.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev pyproject.toml --output-file requirements.lock

# Breaks one rule at a time and shows which test notices.
breaks: $(READY)
	$(BIN)/python tests/break_rules.py

# Proves the rules over all businesses and writes docs/proofs.md; YEAR=2023 for the laws of one year.
prove: $(READY)
	$(BIN)/python -m proofs prove $(YEAR)

# Finds where one more fen costs more than a yuan, and writes docs/cliffs.md.
cliffs: $(READY)
	$(BIN)/python -m proofs cliffs $(YEAR)

# Tells every mutant of a rule apart, or proves it equal; WRITE=--write keeps the cases that were missing.
mutate: $(READY)
	$(BIN)/python -m proofs mutate $(WRITE)
