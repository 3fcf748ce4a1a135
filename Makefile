# Verbs for everybody. `make` alone lists them; CONTRIBUTING.md says when to use which.

# The first Python on PATH that is new enough; `make test PYTHON=/usr/bin/python3` names one.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -Ec 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$name" && exit; done; echo python3)
# Options for JupyterLab (`make lab`), pytest (`make test`) or the benchmark.
ARGS ?=
# Names of lessons: `make lessons` leaves the others as they are.
ONLY ?=

# .venv/ is complete: what is said to other Pythons would break it, or mix in their packages. Without
# bytecode every kernel, and every Python that a test starts, would compile all of regcourse anew.
unexport PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
SET_UP = @command -v "$(PYTHON)" >/dev/null || { echo \
	"error: there is no $(PYTHON) here: install Python 3.11 or newer" >&2; exit 1; }; \
	"$(PYTHON)" tools/install.py $(if $(filter command environment,$(origin PYTHON)),--this-python)
LOCK = uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate \
	--quiet --python-version 3.11 --group build pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help install lab test lint lessons exercises bench environment lock picture clean

help: ## List these verbs
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

install: ## Prepare .venv/ for students and instructors, and nothing else
	$(SET_UP)

lab: install ## Copy lessons and exercises to work/, never overwriting, and open JupyterLab there
	@$(BIN)/regcourse lab $(ARGS)

ready: # everything that the verbs below need
	$(SET_UP) --test
.PHONY: ready

# In their own order, since the modules with the fewest tests take the longest, and would come last.
test: lint ## Prove everything: style, types, layers, lessons, exercises, grading
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder $(ARGS)

lint: ready ## Style, types and layers alone
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >.venv/layers.txt 2>&1 || { cat .venv/layers.txt; exit 1; }

lessons: ready ## Make notebooks/*.ipynb from notebooks/text/*.py, executed (ONLY=05_lasso: one)
	@$(BIN)/python -m regcourse.authoring.lessons $(if $(ONLY),--only $(ONLY))

exercises: ready ## Make the students' notebooks and check data from exercises/
	@$(BIN)/python -m regcourse.authoring.exercises

bench: ready ## Print what grading costs, here and in nbgrader, how fast figures follow, and ridge
	@$(BIN)/python benchmarks/grading.py $(ARGS)
	@$(BIN)/python benchmarks/graders.py
	@$(BIN)/python benchmarks/live_figures.py
	@$(BIN)/python benchmarks/ridge.py

environment: ready ## Make environment.yml from pyproject.toml
	@$(BIN)/python tools/environment.py

lock: ## Renew both locks (needs uv), then environment.yml
	@command -v uv >/dev/null || { echo "error: make lock needs uv: pip install uv" >&2; exit 1; }
	@$(LOCK) --upgrade --extra instructor -o requirements.lock
	@$(LOCK) --upgrade --extra instructor --extra test --extra bench \
		-c requirements.lock -o tests/requirements.lock
	@$(MAKE) --no-print-directory environment

picture: ready ## Make the README's picture anew, in Chromium
	@$(BIN)/python tools/picture.py

clean: ## Remove everything that can be made again; work/ stays
	@rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find regcourse tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
