# The workshop: `make help` says what can be done here.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 5000
export PORT
unexport PYTHONDONTWRITEBYTECODE # tests start servers: each would compile the whole program again
FLASK := $(BIN)/flask --app app
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help

.PHONY: help venv workshop catalogues words run begin demo links test rules sure shape lint types contracts \
	format migration letters bench constraints addresses clean

help: ## Say what can be done here
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with PYTHON=…"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: constraints.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the program needs…"
	@$(PIP) $$($(BIN)/python tools/needs.py)
	@touch $@

$(VENV)/.workshop: constraints.txt pyproject.toml $(VENV)/.run
	@echo "Installing the workshop…"
	@$(PIP) $$($(BIN)/python tools/needs.py workshop)
	@touch $@

venv: $(VENV)/.run ## Make .venv with what the program needs

workshop: $(VENV)/.workshop ## Make .venv with the tools for testing as well

COMPILED := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

%.mo: %.po | $(VENV)/.run
	@$(BIN)/pybabel -q compile -i $< -o $@

catalogues: $(COMPILED) ## Compile the Dutch and other words

words: workshop ## Gather all words for translation (new=pap also begins a language)
	@$(BIN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext --add-location=file --no-wrap \
		--sort-by-file --project=buurthuis --copyright-holder=buurthuis -o translations/words.pot .
	@$(BIN)/pybabel -q update -i translations/words.pot -d translations --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@test -z "$(new)" || $(BIN)/pybabel -q init -i translations/words.pot -d translations -l $(new)
	@rm translations/words.pot

run: venv catalogues ## Serve on http://127.0.0.1:5000 with demo houses (PORT=… for another port)
	@$(FLASK) db upgrade
	@$(FLASK) seed
	@$(FLASK) links
	@$(BIN)/python tools/serve.py --rehearse

begin: venv catalogues ## Serve your own first house: prints a link to set it up
	@$(FLASK) db upgrade
	@$(FLASK) begin
	@$(BIN)/python tools/serve.py

demo: venv catalogues ## Fill the demo houses with believable bookings (once; again adds nothing)
	@$(FLASK) db upgrade
	@$(FLASK) demo

links: venv catalogues ## Print fresh one-time links to sign in as the people of the demo
	@$(FLASK) links

test: workshop catalogues ## All tests, PostgreSQL included (ARGS=… goes to pytest)
	@$(PYTEST) -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

rules: workshop ## The pure rules only, in under a second
	@$(PYTEST) -q tests/rules --confcutdir=tests/rules --hypothesis-profile=glance

sure: shape lint types contracts ## Format, lint, types, import contracts, tests, coverage
	@$(BIN)/coverage erase
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-report= $(ARGS)"
	@$(BIN)/coverage report --fail-under=95
	@$(BIN)/coverage report --include='buurthuis/rules/*' --fail-under=100

shape: workshop ## See whether the code has its usual shape
	@$(BIN)/ruff format --check --quiet .

lint: workshop ## Look for mistakes a machine can see
	@$(BIN)/ruff check --quiet .

types: workshop ## Check the types
	@$(BIN)/mypy

contracts: workshop ## Check the storeys of the house
	@$(BIN)/lint-imports --no-cache --no-logo

format: workshop ## Put the code in its usual shape
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

migration: workshop ## Draft a migration: make migration name="add waiting list"
	@$(FLASK) db migrate --rev-id "$$($(BIN)/python tools/next_migration.py)" -m "$(name)"

letters: venv catalogues ## Print every letter in every language
	@$(BIN)/python -m tests.letters_samples

bench: workshop catalogues ## What each request costs, at 5,000 bookings (ARGS="--engine postgresql --bookings 50000")
	@$(BIN)/python -m bench.requests $(ARGS)

constraints: workshop ## Pin what is installed and needed in constraints.txt
	@$(BIN)/python tools/pins.py > constraints.new && mv constraints.new constraints.txt

addresses: workshop ## Write down every address of the program, after changing one on purpose
	@$(BIN)/python -m tests.house.addresses

clean: ## Throw away what was built, keep the data in instance/
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache htmlcov .coverage*
