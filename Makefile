# Needs git, make and Python >= 3.11 with venv and pip; everything else goes into .venv
PYTHON ?= python3
SCENARIO ?= scenarios/af_pk_2026.yaml
ARGS ?=
PYTEST_ARGS ?= -n auto --dist loadfile
COVERAGE ?=

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --disable-pip-version-check --no-input --quiet --constraint constraints.txt

.PHONY: setup run test coverage lint types bench docs hooks clean

setup: $(VENV)/.full

run: $(VENV)/.plain
	$(PY) run_sim.py run $(SCENARIO) $(ARGS)

test: $(VENV)/.full
	$(PY) -m pytest $(PYTEST_ARGS) $(COVERAGE)

lint: $(VENV)/.full
	$(PY) -m ruff check
	$(PY) -m ruff format --check

# all tests under measurement; then those of the rules once more in the plain interpreter, since compiled code is invisible to coverage
RULES := tests/engine/chance tests/engine/world tests/engine/policies tests/engine/rules tests/engine/day tests/stories tests/model/test_agents.py tests/model/test_steps.py tests/engine/test_jit.py
coverage: $(VENV)/.full
	rm -f .coverage .coverage.*
	$(MAKE) test COVERAGE="--cov=sim --cov-report="
	NUMBA_DISABLE_JIT=1 $(PY) -m pytest $(PYTEST_ARGS) -m "not statistical and not slow and not browser" \
	  --cov=sim --cov-append --cov-report=term --cov-fail-under=95 $(RULES)

types: $(VENV)/.full
	$(PY) -m mypy sim calibration run_sim.py

bench: $(VENV)/.full
	$(PY) -m bench $(ARGS)

docs: $(VENV)/.full
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --quiet --strict --config-file .ci/mkdocs.yml
	@echo "open build/docs/index.html"

hooks: $(VENV)/.full
	$(PY) -m pre_commit install

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* htmlcov

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
