# make demo    sets everything up, then prints itemised reports for the shipped examples and totals of a table
# make test    sets everything up, then passes the tests
# make crosscheck   compares ROWS made-up businesses with a second calculator, to the fen; writes docs/crosscheck.md
# make bench   measures; BENCH="--long" adds ten million rows
# make dist    builds the wheel and the sdist, the same bytes for everyone; DIST=folder
# make mutants mutates the code around the rules and counts what the tests notice; MUTANTS="money values"
# make fuzz    throws what a fuzzer invents at each reader, for FUZZ_SECONDS (60) each
# make docs    writes docs/errors.md anew from what the program says
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RIVALS ?= .venv-rivals
MUTATION ?= .venv-mutants
DIST ?= dist
BENCH ?=
MUTANTS ?=
FUZZ_SECONDS ?= 60
ROWS ?= 1_000_000

.PHONY: demo test lint crosscheck bench breaks clean lock dist build install mutants docs fuzz prove cliffs mutate trust
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
	$(BIN)/python -m pytest -n auto

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests
	$(BIN)/mypy benchmarks
	$(BIN)/mypy -p proofs

# The program beside tests/oracle, which knows nothing of it: every figure of every row, on all processors.
crosscheck: $(READY)
	$(BIN)/python tests/crosscheck.py $(ROWS) --page docs/crosscheck.md

# Side by side with what others would use; those live in an environment of their own.
bench: $(READY) $(RIVALS)/.ready
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/batch.py --rivals $(RIVALS)/bin/python $(BENCH)

# Times in an archive say nothing, so all builds have the same one unless another is told.
dist: $(READY)
	rm -rf $(DIST)
	$(MAKE) --no-print-directory build PYTHON=$(BIN)/python

# With any Python that has hatchling; nothing is fetched.
build: export SOURCE_DATE_EPOCH ?= 1767225600
build:
	$(PYTHON) -m hatchling build -d $(DIST)

# The wheel in an empty environment, with the locked dependencies, from another folder.
install: dist
	set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; $(PYTHON) -m venv $$place/venv; \
	pip="$$place/venv/bin/python -m pip install --quiet --disable-pip-version-check"; \
	$$pip --require-hashes --only-binary :all: -r requirements.lock; \
	$$pip --no-deps --no-index $(DIST)/*.whl; \
	cp -r examples $$place; cd $$place; \
	for example in examples/*.toml; do venv/bin/taxcalc assess $$example; done; \
	venv/bin/taxcalc batch examples/clients.csv --summary --by county

$(RIVALS)/.ready: benchmarks/rivals.lock
	$(PYTHON) -m venv --clear $(RIVALS)
	$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r benchmarks/rivals.lock
	touch $@

# Thousands of small changes to the code around the rules, in an environment of its own; writes docs/mutation.md.
mutants: $(MUTATION)/.ready
	$(MUTATION)/bin/python tests/mutants.py $(MUTANTS)

$(MUTATION)/.ready: tests/mutants.lock
	$(PYTHON) -m venv --clear $(MUTATION)
	$(MUTATION)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tests/mutants.lock
	touch $@

clean:
	rm -rf $(VENV) $(RIVALS) $(MUTATION) .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants dist build

# Needs uv. The lock holds every version with its hashes, for every platform, and names no host.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev pyproject.toml --output-file requirements.lock
	printf 'mutmut\npytest\nhypothesis\njsonschema\n' | uv pip compile --quiet --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate -c requirements.lock pyproject.toml - --output-file tests/mutants.lock

# Linux on x86-64 only: the fuzzer is in the lock for that alone.
fuzz: $(READY)
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS) --page docs/fuzz.md

docs: $(READY)
	$(BIN)/python tests/errors/write_catalogue.py

# From the pages that the other commands wrote.
trust: $(READY)
	$(BIN)/python tests/write_trust.py

# Breaks one rule at a time and shows which test notices.
breaks: $(READY)
	$(BIN)/python tests/break_rules.py

# Proves the rules over all businesses and writes docs/proofs.md; YEAR=2023 for the laws of one year.
prove: $(READY)
	$(BIN)/python -m proofs prove $(YEAR)

# Finds where one more fen costs more than a yuan; writes tests/cliffs.toml and docs/cliffs.md. JOBS=1 for one processor;
# of one year alone (YEAR=2023) it only counts; LEVIES="vat stamp" asks of these anew.
cliffs: $(READY)
	$(BIN)/python -m proofs cliffs $(YEAR) $(LEVIES)

# Tells every mutant of a rule apart, or proves it equal, and writes docs/mutants-of-rules.md; WRITE=--write keeps the cases
# that were missing. JOBS and SECONDS_FOR_THE_SOLVER bound it; a run that was stopped goes on where it was.
mutate: $(READY)
	$(BIN)/python -m proofs mutate $(WRITE)
