# Everything a newcomer, a developer and CI call. `make help` explains it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
MANAGE := $(PY) manage.py
ADDRESS ?= 127.0.0.1:8000
GAZETTEER := $(or $(GAZETTEER_PATH),$(or $(VAR_DIR),var)/gazetteer.sqlite3)
VENDOR := static/vendor/leaflet/leaflet.js
STATIC := $(or $(VAR_DIR),var)/static/staticfiles.json
PYTEST := $(PY) -m pytest -q
WORKERS ?= 2

.PHONY: help run setup serve vendor gazetteer samples test test-python test-postgres test-browser test-js lint fmt train bench requirements clean

help: ## explain the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "make %-21s %s\n", $$1, $$2}'

# --- running -------------------------------------------------------------------------------------

run: setup ## from an empty clone to a running map with the sample articles; ARTICLE=FILE-or-URL reads yours instead
	@$(MANAGE) migrate --verbosity 0
ifdef ARTICLE
	@$(MANAGE) ingest --publish "$(ARTICLE)" >var/article.txt || { cat var/article.txt; exit 1; }
	@cat var/article.txt
	@$(MANAGE) write_columns --verbosity 0
	@$(MANAGE) create_moderator
	@$(MAKE) --no-print-directory serve MAP="$$(grep -o '^/?highlight=.*' var/article.txt | tail -n 1)"
else
	@$(MANAGE) load_samples --if-empty
	@$(MANAGE) write_columns --verbosity 0
	@$(MANAGE) create_moderator
	@$(MAKE) --no-print-directory serve
endif

setup: .venv/.runtime $(VENDOR) $(GAZETTEER) ## install, fetch and build, without reading or serving

serve: $(STATIC) ## serve what is there (make run has been called before)
	@echo "Incident Atlas: http://$(ADDRESS)$(or $(MAP),/)   the moderators' desk: http://$(ADDRESS)/admin/   (Ctrl+C ends it)"
	@# Where there is a screen, an article of yours opens on the map.
	@if [ -n "$(MAP)" ] && [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then (sleep 2; $(PY) -m webbrowser "http://$(ADDRESS)$(MAP)" >/dev/null 2>&1) & fi
	@exec .venv/bin/gunicorn mapsite.wsgi --bind $(ADDRESS) --workers 1 --threads 8 --log-level warning --no-control-socket

vendor: $(VENDOR) ## fetch the browser libraries from npm into static/vendor
gazetteer: $(GAZETTEER) ## build the gazetteer from the installed packages and our own lists
samples: $(GAZETTEER) ## read the sample articles (a second time changes nothing)
	@$(MANAGE) load_samples

.venv/.runtime: requirements.txt
	@scripts/venv.sh requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt
	@scripts/venv.sh requirements-dev.txt
	@touch $@ .venv/.runtime

# The site needs the browser libraries only; the linter and axe come with the developers' tools.
node_modules/.package-lock.json: package.json package-lock.json
	@scripts/need.sh npm nodejs npm
	@npm ci --omit=dev --loglevel=error --no-audit --no-fund
	@touch $@

node_modules/.bin/biome: node_modules/.package-lock.json
	@npm ci --loglevel=error --no-audit --no-fund
	@touch node_modules/.package-lock.json $@

$(VENDOR): node_modules/.package-lock.json scripts/vendor.mjs scripts/pack-outline.mjs
	@npm run --silent vendor
	@touch $@

$(STATIC): .venv/.runtime $(VENDOR) $(shell find static -type f -not -path 'static/vendor/*' 2>/dev/null)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

$(GAZETTEER): .venv/.runtime $(VENDOR) $(wildcard incidents/gazetteer/*.py incidents/gazetteer/data/*.csv)
	@$(MANAGE) load_gazetteer --output $@
	@touch $@

# --- testing -------------------------------------------------------------------------------------

test: test-python test-postgres test-browser test-js ## every test: libraries, SQLite, a real PostgreSQL, a real Chromium

test-python: .venv/.development $(VENDOR) $(GAZETTEER)
	@$(PYTEST) -n $(WORKERS) tests/unit tests/db tests/web tests/quality

test-postgres: .venv/.development $(VENDOR) $(GAZETTEER)
	@scripts/need.sh '/usr/lib/postgresql/*/bin/initdb' postgresql
	@$(PY) -m tests.postgres $(PYTEST) -n $(WORKERS) tests/db tests/web

test-js: $(VENDOR)
	@scripts/need.sh node nodejs
	@node --test --test-reporter=dot tests/js

test-browser: .venv/.development node_modules/.bin/biome $(VENDOR) $(GAZETTEER)
	@scripts/need.sh chromium chromium fonts-noto-core
	@$(PYTEST) tests/browser

lint: .venv/.development node_modules/.bin/biome $(VENDOR) $(GAZETTEER) ## formats, types, templates, scripts, who imports whom, migrations
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --check --target-version 5.2
	@git ls-files '*.py' | grep -v migrations/ | xargs .venv/bin/django-upgrade --check --target-version 5.2
	@npx --no-install biome check static/js static/css scripts tests/js benchmarks
	@PYTHONPATH=. .venv/bin/lint-imports --no-cache
	@DJANGO_SETTINGS_MODULE=tests.settings $(MANAGE) makemigrations --check --dry-run
	@set -a; . ./.env.production.example; set +a; $(MANAGE) check --deploy --fail-level WARNING

fmt: .venv/.development node_modules/.bin/biome ## format everything as lint wants it
	@.venv/bin/ruff check --fix-only -q .
	@.venv/bin/ruff format .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade --target-version 5.2
	@npx --no-install biome check --write static/js static/css scripts tests/js benchmarks

train: .venv/.training $(GAZETTEER) ## every weight file anew from GOLD=FOLDER (98 minutes on two cores; docs/training.md)
	@test -d "$(GOLD)" || { echo "Name the folder with the gold:  make train GOLD=folder"; exit 1; }
	@.venv/training/bin/python -m training --gazetteer $(GAZETTEER) "$(GOLD)"

.venv/.training: .venv/.runtime training/requirements.txt
	@$(or $(PYTHON),python3) -m venv .venv/training
	@.venv/training/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@.venv/training/bin/pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@touch $@

bench: .venv/.development $(GAZETTEER) ## the measurements of benchmarks/README.md
	@$(PY) -m benchmarks.pipeline
	@$(PY) -m benchmarks.processes
	@$(PY) -m benchmarks.geonames
	@$(PY) -m benchmarks.hostile
	@$(PY) -m benchmarks.duplicates
	@$(PY) -m benchmarks.search
	@$(PY) -m benchmarks.explorer --folium

requirements: .venv/.development ## pin the newest allowed versions with their hashes
	@.venv/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements.txt
	@.venv/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## remove what was built (var/ with your data stays)
	rm -rf .venv node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache
