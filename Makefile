# Kith (客智). `make help` lists what can be done; scripts/setup.py prepares the clone for each of them.
PYTHON ?= $(shell scripts/find-python)
VENV   := .venv/bin/python
SETUP   = $(if $(PYTHON),$(PYTHON),$(error Kith needs Python 3.11 or later on PATH)) scripts/setup.py

.DEFAULT_GOAL := help
.PHONY: help run test check soak bench openapi client lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Start Kith (DEMO=1 fills the demo company; PORT, HOST, DATA_DIR, DATABASE_URL)
	@$(SETUP) run
	@exec $(VENV) -m app.cli up $(if $(filter-out 0,$(DEMO)),--demo)

test: ## Everything CI runs: checks, tests on a real PostgreSQL, tests in a real browser
	@$(SETUP) test
	@exec $(VENV) scripts/test.py

check: ## Formatting, lint, types, import contracts, fresh generated files
	@$(SETUP) test
	@exec $(VENV) scripts/check.py

soak: ## What takes long: plans of all lists at 100,000 customers, random searches many times as long (TIMES), races again and again
	@$(SETUP) test
	@exec $(VENV) scripts/soak.py

bench: ## Measure the hot requests against the same SQL run bare (CUSTOMERS, ORDER_LINES, SERVICES, APART, REACHES, ONLY, DATA)
	@$(SETUP) test
	@exec $(VENV) -m scripts.bench $(if $(CUSTOMERS),--customers $(CUSTOMERS)) $(if $(ORDER_LINES),--order-lines $(ORDER_LINES)) \
	  $(if $(APART),--apart $(if $(filter mixed,$(APART)),mixed,latin)) $(if $(REACHES),--reaches) $(if $(SERVICES),--services $(SERVICES)) $(if $(ONLY),--only "$(ONLY)") $(if $(DATA),--data "$(DATA)")

openapi: ## Write openapi/openapi.json
	@$(SETUP) run
	@exec $(VENV) -m api.openapi

client: openapi ## Generate the SPA's client from openapi/openapi.json
	@exec $(VENV) scripts/client.py

lock: ## Pin the Python packages anew (needs the network)
	@$(SETUP) run
	@exec $(VENV) scripts/lock.py

clean: ## Remove what was built or installed; data stay
	rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
