# The workshop: `make help` says what can be done here.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 5000
export PORT
FLASK := $(BIN)/flask --app app

.DEFAULT_GOAL := help

.PHONY: help venv workshop run serve links test rules sure format lint types contracts migration letters catalogues clean

help: ## Say what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1|\2/' | column -t -s '|'

$(VENV)/.run: constraints.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the program needs…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt $$($(PYTHON) tools/needs.py)
	@touch $@

$(VENV)/.workshop: constraints.txt pyproject.toml | $(VENV)/.run
	@echo "Installing the workshop…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt $$($(PYTHON) tools/needs.py workshop)
	@touch $@

venv: $(VENV)/.run ## Make .venv with what the program needs

workshop: $(VENV)/.run $(VENV)/.workshop ## Make .venv with the tools for testing as well

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)

%.mo: %.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -i $< -o $@

catalogues: $(COMPILED) ## Compile the Dutch and other words

run: venv catalogues ## Serve on http://127.0.0.1:5000 with demo houses (PORT=… for another port)
	@$(FLASK) db upgrade
	@$(FLASK) seed
	@$(MAKE) --no-print-directory links
	@$(BIN)/python tools/serve.py

links: venv ## Print fresh one-time links to sign in as the people of the demo
	@$(FLASK) links

test: workshop catalogues ## All tests, PostgreSQL included
	@$(BIN)/pytest -n auto --dist loadgroup $(ARGS)

rules: workshop ## The pure rules only, in under a second
	@$(BIN)/python -m pytest -q tests/rules --confcutdir=tests/rules --hypothesis-profile=glance

sure: workshop catalogues format-check lint types contracts ## Format, lint, types, import contracts, tests, coverage
	@$(BIN)/coverage erase
	@$(BIN)/pytest -n auto --dist loadgroup --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report --fail-under=95
	@$(BIN)/coverage report --include='buurthuis/rules/*' --fail-under=100

.PHONY: format-check
format-check: workshop
	@$(BIN)/ruff format --check --quiet .

format: workshop ## Put the code in its usual shape
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

lint: workshop ## Look for mistakes a machine can see
	@$(BIN)/ruff check --quiet .

types: workshop ## Check the types
	@$(BIN)/mypy

contracts: workshop ## Check the storeys of the house
	@$(BIN)/lint-imports --no-cache

migration: workshop ## Draft a migration: make migration name="add day parts"
	@$(FLASK) db migrate -m "$(name)"

letters: venv catalogues ## Print every letter in every language
	@$(FLASK) letters

clean: ## Throw away what was built, keep the data in instance/
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis htmlcov .coverage*
