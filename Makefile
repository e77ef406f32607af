# `make` alone lists the targets: each says in its own line what it does.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev
RIVALS ?= .venv-rivals
MUTATION ?= .venv-mutants
SITE ?= .venv-site
DIST ?= dist
BENCH ?=
MUTANTS ?=
FUZZ_SECONDS ?= 60
ROWS ?= 1_000_000
HUNT_TIMES ?= 5
SEED ?=
PIP := python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal

# The tests start hundreds of short processes, each of which would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint hunt verify tracked test-office test-browser crosscheck bench clean lock dist build install mutants docs
.PHONY: site cases fuzz prove cliffs mutate trust house sbom
.DEFAULT_GOAL := help

help:  ## lists the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# What the program runs with, and the program itself: a path file and a command that starts it, so nothing is built.
$(READY): requirements.lock
	@echo 'setting up $(VENV), once'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/$(PIP) -r requirements.lock
	@pwd > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/taxcalc.pth"
	@printf '#!/bin/sh\nexec "%s" -P -m taxcalc "$$@"\n' "$$($(BIN)/python -c 'import sys; print(sys.executable)')" > $(BIN)/taxcalc
	@chmod +x $(BIN)/taxcalc
	@touch $@

# What the tests need besides.
$(DEV): $(READY) requirements-dev.lock
	$(BIN)/$(PIP) -r requirements.lock -r requirements-dev.lock
	touch $@

demo: $(READY)  ## sets up what the program needs, then shows one business and the totals of a table of sixty
	@echo '$$ taxcalc assess examples/gulang-restaurant.toml'
	@$(BIN)/taxcalc assess examples/gulang-restaurant.toml
	@printf '\n%s\n' '$$ taxcalc batch examples/clients.csv --summary --quiet'
	@$(BIN)/taxcalc batch examples/clients.csv --summary --quiet
	@echo; printf '%s\n' '接着试试 Next, after . $(BIN)/activate:' \
		'  taxcalc explain examples/clients.csv --row 17    一户的由来 why, for one of them' \
		'  taxcalc report examples/gulang-restaurant.toml -o report.html    给客户的一页 a page to hand over' \
		'  taxcalc advise --period 2026Q1 --place city --revenue 298500    离临界点多远 how near a limit is'

test: lint  ## sets up what the tests need, and passes them; the same ones for everyone
	$(PYTEST)

lint: $(DEV)  ## checks style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/mypy benchmarks

hunt: $(DEV)  ## asks every property of new examples, HUNT_TIMES (5) as many as `make test` asks; SEED=n asks the same again
	$(eval SEED := $(or $(SEED),$(shell $(PYTHON) -c 'import random; print(random.randrange(2**32))')))
	@echo "make hunt SEED=$(SEED) HUNT_TIMES=$(HUNT_TIMES) asks the same again"
	HUNT_TIMES=$(HUNT_TIMES) $(PYTEST) -m hypothesis --hypothesis-profile=hunt --hypothesis-seed=$(SEED)

verify: $(DEV)  ## builds and installs the distributions, and kills the program at any moment
	$(PYTEST) -m 'verify and not tracked'

# What needs a program from outside says which one is missing.
needs = @for one in $(1); do command -v $$one > /dev/null && exit; done; echo "make $@: $(2) is missing; install it and ask again" >&2; exit 1

tracked: $(DEV)  ## looks for files that git tracks and the source distribution lacks; needs git and a checkout
	$(call needs,git,git)
	$(BIN)/python -m pytest -m tracked tests/test_dist.py

# The bridge of LibreOffice belongs to one Python: that of the system, or that of the office itself.
test-office: $(DEV)  ## changes a thousand times the cells of clients' workbooks and compares with the program; needs LibreOffice
	$(call needs,soffice libreoffice,LibreOffice)
	@python=$$(for one in $(OFFICE_PYTHON) /usr/bin/python3 python3; do $$one -c 'import uno' 2> /dev/null && echo $$one && break; done); \
	test -n "$$python" || { echo "make $@: a Python with the bridge of LibreOffice (import uno; on Debian python3-uno) is missing; name it in OFFICE_PYTHON" >&2; exit 1; }; \
	OFFICE_PYTHON=$$python $(BIN)/python -m pytest -m office tests/verification/test_live_office.py

test-browser: $(DEV)  ## draws the page for a client in Chromium, at the size of a phone, a desktop and paper; needs Chromium
	$(call needs,chromium chromium-browser google-chrome,Chromium)
	$(BIN)/python -m pytest -m browser tests/report/test_browser.py

# The program beside the oracle, which knows nothing of it: every figure of every row, on all processors.
crosscheck: $(DEV)  ## compares ROWS made-up businesses with a second calculator, to the fen; writes docs/crosscheck.md
	$(BIN)/python -m verification.crosscheck $(ROWS) --page docs/crosscheck.md

# Side by side with what others would use; those live in an environment of their own.
bench: $(READY) $(RIVALS)/.ready  ## measures; BENCH="--long" adds ten million rows
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/batch.py --rivals $(RIVALS)/bin/python $(BENCH)

# Times in an archive say nothing, so all builds have the same one unless another is told.
dist: $(DEV)  ## builds the wheel and the sdist, the same bytes for everyone; DIST=folder
	rm -rf $(DIST)
	$(MAKE) --no-print-directory build PYTHON=$(BIN)/python

# With any Python that has hatchling; nothing is fetched.
build: export SOURCE_DATE_EPOCH ?= 1767225600
build:  ## the same with any Python that has hatchling: PYTHON=python3
	$(PYTHON) -m hatchling build -d $(DIST)

# The wheel in an empty environment, with the locked dependencies, from another folder.
install: dist  ## runs the demo from the wheel in an empty environment
	set -e; place=$$(mktemp -d); trap 'rm -rf "$$place"' EXIT; $(PYTHON) -m venv $$place/venv; \
	pip="$$place/venv/bin/python -m pip install --quiet --disable-pip-version-check"; \
	$$pip --require-hashes --only-binary :all: -r requirements.lock; \
	$$pip --no-deps --no-index $(DIST)/*.whl; \
	cp -r examples $$place; cd $$place; \
	for example in examples/*.toml; do venv/bin/taxcalc assess $$example; done; \
	venv/bin/taxcalc batch examples/clients.csv --summary --by county

$(RIVALS)/.ready: benchmarks/rivals.lock
	$(PYTHON) -m venv --clear $(RIVALS)
	$(RIVALS)/bin/$(PIP) -r benchmarks/rivals.lock
	touch $@

# Thousands of small changes to the code around the rules, in an environment of its own; writes docs/mutation.md.
mutants: $(MUTATION)/.ready  ## mutates the code around the rules and counts what the tests notice; MUTANTS="money values"
	$(MUTATION)/bin/python -m verification.mutants $(MUTANTS)

$(MUTATION)/.ready: verification/mutants/requirements.lock
	$(PYTHON) -m venv --clear $(MUTATION)
	$(MUTATION)/bin/$(PIP) -r verification/mutants/requirements.lock
	touch $@

clean:  ## removes all that the other targets made outside the docs
	rm -rf $(VENV) $(RIVALS) $(MUTATION) $(SITE) .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants dist build

# Needs uv. The locks hold every version with its hashes, for every platform, and name no host. The small one is what the
# program runs with; what the tests need besides stands in the other, in the versions that fit the first.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock:  ## resolves the dependencies anew and writes the locks; needs uv
	$(call needs,uv,uv)
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) --group dev -c requirements.lock --output-file requirements-dev.lock \
		$$(sed -n 's/^\([^ =]*\)==.*/--no-emit-package \1/p' requirements.lock)
	$(COMPILE) --group site -c requirements.lock -c requirements-dev.lock --output-file requirements-site.lock
	printf 'mutmut\npytest\nhypothesis\njsonschema\n' | $(COMPILE) -c requirements.lock -c requirements-dev.lock \
		pyproject.toml - --output-file verification/mutants/requirements.lock

fuzz: $(DEV)  ## throws what a fuzzer invents at each reader, for FUZZ_SECONDS (60) each
	@$(BIN)/python -c 'import atheris' 2> /dev/null || { echo "make $@: atheris is missing; it is made for Linux on x86-64 and the Pythons named in pyproject.toml" >&2; exit 1; }
	$(BIN)/python -m verification.fuzz --seconds $(FUZZ_SECONDS) --page docs/fuzz.md

docs: $(DEV)  ## writes docs/errors.md, and what the pages for users show, anew from what the program says
	$(BIN)/python tests/errors/write_catalogue.py
	PYTHONPATH=tests $(BIN)/python -m helpers.shown

# The pages are written by the program; sphinx, in an environment of its own, draws them. Neither fetches anything.
site: $(READY) $(SITE)/.ready  ## draws the documentation site, in both languages, in build/site; open index.html there
	$(BIN)/python -m docs_site build/pages
	$(SITE)/bin/python -m sphinx -q -b html -W --keep-going build/pages build/site

$(SITE)/.ready: requirements-site.lock
	$(PYTHON) -m venv --clear $(SITE)
	@$(SITE)/bin/$(PIP) -r $< || { echo "make site: sphinx, furo and myst-parser are missing, and could not be fetched from the index of packages" >&2; exit 1; }
	touch $@

cases: $(DEV)  ## writes the set of worked cases for others in cases/ anew from tests/cases
	PYTHONPATH=.:tests $(BIN)/python tests/helpers/public_cases.py

sbom: $(READY)  ## writes what the program is made of (CycloneDX) to DIST, from the lock alone
	$(BIN)/python -m verification.sbom $(DIST)/taxcalc.cdx.json

trust: $(DEV)  ## writes docs/trust.md from the pages that the other commands wrote
	$(BIN)/python -m verification.trust

house: $(READY)  ## counts the house: lines, rooms, floors, circles, Any and long files
	@$(BIN)/python -m verification.house

prove: $(DEV)  ## proves the rules over all businesses and writes docs/proofs.md; YEAR=2023 for the laws of one year
	$(BIN)/python -m verification.proofs prove $(YEAR)

# Finds where one more fen costs more than a yuan; writes verification/proofs/cliffs/cliffs.toml and docs/cliffs.md. JOBS=1 for one processor;
# of one year alone (YEAR=2023) it only counts; LEVIES="vat stamp" asks of these anew.
cliffs: $(DEV)  ## finds where one more fen costs more than a yuan; writes verification/proofs/cliffs/cliffs.toml and docs/cliffs.md
	$(BIN)/python -m verification.proofs cliffs $(YEAR) $(LEVIES)

# Tells every mutant of a rule apart, or proves it equal, and writes docs/mutants-of-rules.md; WRITE=--write keeps the cases
# that were missing. JOBS and SECONDS_FOR_THE_SOLVER bound it; a run that was stopped goes on where it was.
mutate: $(DEV)  ## tells every mutant of a rule apart, or proves it equal; writes docs/mutants-of-rules.md
	$(BIN)/python -m verification.proofs mutate $(WRITE)
