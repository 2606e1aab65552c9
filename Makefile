# `make help` lists what there is. Settings: PORT=, DATABASE_URL=, REDIS_URL=, CHROMIUM=, PYTHON=.

PYTHON ?= python3
WORKERS ?= 3  # of two cores: while one waits for a process it started, another counts
BIN := .venv/bin
NEEDED_UV := $(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
PAGES = $(shell find templates -name "*.html")
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
STATIC := $(shell find static -type f 2>/dev/null)

unexport PYTHONDONTWRITEBYTECODE  # some machines forbid it: every process would compile all anew

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

.PHONY: help
help:  ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s '|' 2>/dev/null \
		|| sed -n 's/^\([a-z-]*\):.*## /  make \1  /p' $(MAKEFILE_LIST)

.PHONY: run
run: setup build/collected/staticfiles.json  ## start everything and print the address and the sign-ins
	@exec $(BIN)/python -m servers run --with-parent

.PHONY: setup
setup: .venv/installed build/static/installed build/messages  ## install what the locks name

.PHONY: test
test: setup  ## test everything, browser journeys included
	@$(BIN)/python -m scripts.chromium
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: setup  ## linters, types, import contracts, templates, messages, migrations, deployment
	@$(BIN)/python -m scripts.checks $(ARGS)

.PHONY: bench
bench: setup  ## measure the law, the sweep and the import, on data of its own
	@env -u DATABASE_URL -u REDIS_URL $(BIN)/python -m servers exec --apart bench \
		$(BIN)/python -m benchmarks $(ARGS)

.PHONY: fix
fix: setup  ## format and mend what the linters can mend
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $(PAGES) || true  # says 1 when it changed something
	@$(BIN)/djangofmt --quiet templates

.PHONY: messages
messages: .venv/installed  ## bring the catalogues up to date with the source
	@$(BIN)/python -m scripts.messages collect compile

.PHONY: lock
lock: .venv/uv  ## write the locks anew from pyproject.toml and package.json
	$(LOCK) $(ARGS) pyproject.toml -o requirements.lock
	$(LOCK) $(ARGS) pyproject.toml --extra embedded --extra dev -o requirements-dev.lock
	npm install --package-lock-only --ignore-scripts
	@$(BIN)/python -m scripts.locks tidy

.PHONY: reset
reset:  ## empty .data/: the demo world is made anew at the next start
	@$(PYTHON) -m servers reset

.venv/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python's venv is needed (Debian: apt-get install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements-uv.lock
	@touch $@

.venv/installed: .venv/uv requirements-dev.lock
	@echo "installing Python packages"
	@$(NEEDED_UV) requirements-dev.lock requirements-uv.lock
	@touch $@

node_modules/installed: package.json package-lock.json
	@command -v npm >/dev/null || { echo "npm is needed (Debian: apt-get install npm)"; exit 1; }
	@echo "installing front-end packages"
	@npm ci --silent --ignore-scripts
	@touch $@

build/static/installed: node_modules/installed .venv/installed scripts/front_end.py
	@$(BIN)/python -m scripts.front_end
	@touch $@

build/messages: .venv/installed scripts/messages.py $(CATALOGUES)
	@mkdir -p build
	@$(BIN)/python -m scripts.messages compile
	@touch $@

build/collected/staticfiles.json: build/static/installed $(STATIC)
	@$(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
