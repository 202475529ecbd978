# Needs git, make and Python >= 3.11 with venv and pip; everything else goes into .venv
PYTHON ?= python3
SCENARIO ?= scenarios/af_pk_2026.yaml
ARGS ?=
PYTEST_ARGS ?= -n auto --dist loadfile

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --no-input --quiet --constraint constraints.txt

.PHONY: setup run quick test every nightly fuzz coverage lint types bench reference pack docs hooks clean \
  script-lint script-types script-test

setup: $(VENV)/.full

run: $(VENV)/.plain
	$(PY) run_sim.py run $(SCENARIO) $(ARGS)

# what needs no machine code, in a few minutes on two cores
QUICK := tests/scenario tests/stats tests/vocabulary tests/words tests/design \
  $(filter-out %/test_audit.py,$(wildcard tests/studies/test_*.py)) \
  tests/cli/test_wrong_use.py tests/classroom/test_scripts.py tests/report/test_page_script.py \
  tests/test_architecture.py tests/test_bibliography.py tests/test_dependencies.py tests/test_names.py \
  tests/test_prose.py
quick: $(VENV)/.full script-test
	NUMBA_DISABLE_JIT=1 $(PY) -m pytest $(PYTEST_ARGS) \
	  -m "not nightly and not browser and not compiled" $(wildcard $(QUICK))

test: $(VENV)/.full script-test
	$(PY) -m pytest $(PYTEST_ARGS) -m "not nightly"

nightly: $(VENV)/.full
	LONG_TESTS=1 $(PY) -m pytest $(PYTEST_ARGS)

# random inputs without end; EXAMPLES for each test, ARGS for the long search (--reader 1000000)
EXAMPLES ?= 100
fuzz: $(VENV)/.full
	FUZZ_EXAMPLES=$(EXAMPLES) $(PY) -m pytest $(PYTEST_ARGS) tests/fuzz
	$(PY) -m tests.fuzz $(ARGS)
	@if $(PY) -c "import atheris" 2>/dev/null; then mkdir -p build/fuzz && \
	  $(PY) -m tests.fuzz.atheris_reader build/fuzz tests/fuzz/seeds -max_total_time=120 -max_len=4000; \
	else echo "Atheris is not installed: pip install --constraint constraints.txt --editable '.[fuzz]'"; fi

lint: $(VENV)/.full script-lint
	$(PY) -m ruff check
	$(PY) -m ruff format --check

types: $(VENV)/.full script-types
	$(PY) -m mypy sim calibration run_sim.py

# every test once: those of the engine in the interpreter, all others as they run for users
every: $(VENV)/.full script-test
	rm -f .coverage .coverage.*
	NUMBA_DISABLE_JIT=1 $(PY) -m pytest $(PYTEST_ARGS) -m "interpreted and not nightly" $(MEASURED)
	$(PY) -m pytest $(PYTEST_ARGS) -m "nightly or not interpreted" $(JUDGED)

# the same under measurement, which takes about twice as long; machine code is invisible to it, so
# that the tests of the engine count in the interpreter
coverage: MEASURED := --cov=sim --cov-report=
coverage: JUDGED := --cov=sim --cov-append --cov-report=term --cov-fail-under=95
coverage: every

# the pages' JavaScript: style by Biome, types by TypeScript, tests by Node's own runner
WEB := tests/web
NODE_TOOLS := $(WEB)/node_modules/.done
SCRIPTS := sim/classroom/scripts $(WEB) tests/browser/probes.js
ifneq ($(and $(shell command -v node),$(shell command -v npm)),)
script-lint: $(NODE_TOOLS)
	$(WEB)/node_modules/.bin/biome check --error-on-warnings --config-path=$(WEB)/lint.json $(SCRIPTS)

script-types: $(NODE_TOOLS)
	$(WEB)/node_modules/.bin/tsc --project $(WEB)

script-test:
	node --test $(WEB)/*.test.js
else
script-lint script-types script-test:
	@echo "Node.js and npm are not installed: the pages' JavaScript is not checked ($@)" >&2
endif

$(NODE_TOOLS): $(WEB)/package.json
	@npm install --prefix $(WEB) --no-package-lock --no-audit --no-fund --silent
	@touch $@

bench: $(VENV)/.full
	$(PY) -m bench $(ARGS)

# pages that are made from the schema and the vocabulary; a test holds them current
reference: $(VENV)/.full
	for page in fields measures policies; do \
	  $(PY) run_sim.py $$page --format markdown > docs/reference/$$page.md; done
	$(PY) -m sim.words > docs/reference/vocabulary.md

pack: $(VENV)/.full
	mkdir -p build/packs
	for scenario in two_states three_states af_pk_2026; do \
	  $(PY) run_sim.py pack $$scenario --seed 7 --out build/packs/$$scenario.zip; done

docs: $(VENV)/.full
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --quiet --strict --config-file .ci/mkdocs.yml
	@echo "open build/docs/index.html"

hooks: $(VENV)/.full
	$(PY) -m pre_commit install

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .cache .hypothesis .coverage* htmlcov $(WEB)/node_modules

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Name another one: make PYTHON=python3.12 setup" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "'$(PYTHON) -m venv' failed: install Python's venv module (Debian: apt install python3-venv)" >&2; exit 1; }

$(VENV)/.plain: pyproject.toml constraints.txt | $(PY)
	@echo "installing the simulator into $(VENV) ..."
	@$(PIP) --editable .
	@touch $@

# a full install is a plain one too
$(VENV)/.full: pyproject.toml constraints.txt | $(PY)
	@echo "installing the simulator with all extras and tests into $(VENV) ..."
	@$(PIP) --editable '.[all,test,docs]'
	@touch $(VENV)/.plain $@
