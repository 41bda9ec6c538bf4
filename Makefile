# Every command of the project. `make` alone explains them.
# Needs python3 (3.11 or newer) with venv, and make; everything else is fetched.

PYTHON ?= python3
BIN := .venv/bin
export PYTHONUNBUFFERED := 1
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench lab fmt pins changelog docs clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make .venv with the pinned requirements (done by every other target when needed)
	@$(PYTHON) tools/setup.py

demo: setup ## Start a real Odoo 19 of your own, use it, set one up by a template, rehearse a migration, open the tower on a sample programme; leave all running
	@$(BIN)/lockgate lab up
	@$(BIN)/python examples/first_steps.py
	@$(BIN)/python examples/template.py
	@$(BIN)/python examples/migration.py; held=$$?; $(BIN)/python examples/tower.py && exit $$held

test: setup ## Check, then run the tests: unit, app, ledger, tower, docs, spark, lab, odoo, browser; one of them with TIER=unit, options with ARGS='-k name'
	@$(BIN)/python tools/tiers.py $(TIER) --pytest='$(ARGS)'

check: setup ## Style, types, layers, documents, links, licences, hygiene
	@$(BIN)/python tools/check.py

bench: setup ## Measure loading and reading on the lab, beside other clients and Odoo itself; options with ARGS='--scale 0.1'
	@$(BIN)/python -m benchmarks $(ARGS)

lab: setup ## Start the lab and say where it is
	@$(BIN)/lockgate lab up

fmt: setup ## Repair style where a machine can
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

docs: setup ## Serve the documentation while you write it
	@$(BIN)/mkdocs serve

pins: setup ## Compile the pinned requirements again; all of them to the newest with UP=--upgrade
	@$(BIN)/python tools/pins.py $(UP)

changelog: setup ## Show what changelog.d/ would say in the next release
	@$(BIN)/towncrier build --draft --version next

clean: ## Remove what was built here; the lab and its data stay (lockgate lab down --purge)
	rm -rf build dist site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .venv
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
