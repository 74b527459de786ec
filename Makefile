# Needs only python3 (3.11 or newer), make and git; every target sets up .venv by itself.
# Both locks are installed with their hashes, so a build today and one next year get the same files.

PYTHONS := python3 python3.13 python3.12 python3.11
BIN := .venv/bin
RUN := .venv/.run
TOOLS := .venv/.tools
AUDIT := .audit/.done
BENCH := .bench/.environment
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
# What needs nothing but Python and a Valkey, and the shortest way through everything.
QUICK := tests/domain tests/messages tests/wire tests/store/test_records.py tests/test_words.py \
	tests/test_house.py tests/conversation/test_first_time.py
# Most wait more than they compute: for a poll, a lease, a process.
PYTEST := $(BIN)/python -m pytest -p tests.workers --workers
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
# Where this is set, each process of the tests would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo run quick test chaos bench pace pictures check audit sbom fmt lock clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1\t\2/p' Makefile

demo: $(RUN)  ## opens a simulated Slack workspace with the real bot in it, in your browser
	@$(BIN)/regen-bot demo

run: $(RUN)  ## runs the bot with what .env and the environment say
	@$(BIN)/regen-bot run

quick: $(TOOLS)  ## the tests of rules, texts and records, and one path from command to told; in a minute
	@$(PYTEST) 2 $(QUICK)

test: $(TOOLS)  ## all tests, everything proved once; with CI=true in every shape. Those in a browser need Chromium
	@$(PYTEST) 16

chaos: $(TOOLS)  ## 1,000 requests while everything fails around them; takes a quarter of an hour
	@$(BIN)/python -m tests.chaos

bench: $(TOOLS) $(BENCH)  ## measures everything beside what it could be, in a quarter of an hour; wants the machine for itself
	@BENCH_PYTHON=.bench/bin/python $(BIN)/python -m bench $(PARTS) $(if $(WRITE),--write $(WRITE))

pace: $(TOOLS)  ## the same in two minutes; fails where a figure misses its goal by a third
	@$(BIN)/python -m bench --reduced

pictures: $(TOOLS)  ## the README's pictures, taken anew by the tests in a browser
	@PICTURES=docs/pictures $(PYTEST) 2 tests/browser

check: $(TOOLS)  ## style, types, direction of imports, dead code
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@PYTHONPATH=. $(BIN)/lint-imports --no-logo
	@$(BIN)/vulture

audit: $(AUDIT)  ## known vulnerabilities in what is locked; needs the network
	@.audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

sbom: $(AUDIT)  ## dist/sbom.json: what the image installs, the Valkey server too, as CycloneDX
	@mkdir -p dist
	@PYTHONWARNINGS=ignore .audit/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible --output-format JSON --output-file dist/sbom.json
	@$(BIN)/python -m tests.sbom dist/sbom.json
	@echo 'dist/sbom.json'

fmt: $(TOOLS)  ## formats the code and mends what ruff can mend
	@$(BIN)/ruff check --fix --exit-zero --quiet
	@$(BIN)/ruff format

lock: $(TOOLS)  ## takes the newest versions that are allowed into every lock
	@$(COMPILE) --upgrade --extra demo --group build --output-file requirements.lock pyproject.toml
	@$(COMPILE) --upgrade --extra demo --extra otel --extra test --group build --constraint requirements.lock \
		--output-file tests/requirements.lock pyproject.toml
	@$(COMPILE) --upgrade --extra audit --group build --constraint requirements.lock \
		--output-file tests/audit.lock pyproject.toml

clean:  ## removes what was built; leaves .env alone
	@rm -rf .venv .audit .bench build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find bot sandbox tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# The first Python of PYTHONS that is new enough; a stamp is written only when all before it went well.
$(RUN): requirements.lock pyproject.toml
	@for python in $(PYTHONS); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo 'regen-bot needs Python 3.11 or newer: install it as python3.' >&2; exit 1; fi; \
	echo "Setting up .venv with $$($$found --version) (once) ..."; \
	$$found -m venv --clear .venv || { \
		echo 'Python could not make a virtual environment (on Debian: apt install python3-venv).' >&2; exit 1; }
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(TOOLS): $(RUN) tests/requirements.lock
	@echo 'Adding the tests and tools to .venv ...'
	@$(PIP) --require-hashes --requirement tests/requirements.lock
	@touch $@

# As users have it, without the tests' tools, which make a start slower.
$(BENCH): $(RUN)
	@echo 'Setting up .bench (once) ...'
	@$(BIN)/python -m venv --clear .bench
	@.bench/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement requirements.lock
	@.bench/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation --editable .
	@touch $@

# Beside .venv, so that what looks at the product is no part of it.
$(AUDIT): $(RUN) tests/audit.lock
	@echo 'Setting up .audit (once) ...'
	@$(BIN)/python -m venv --clear .audit
	@.audit/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement tests/audit.lock
	@touch $@
