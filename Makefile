# `make report` and `make test` are all one needs; both set up .venv by themselves.
# STUDY=path/to/study.toml takes another corpus than the one in corpus/.

PY := .venv/bin/python
STUDY ?=
OUT ?= tables
# JupyterLab opens the first notebook, with the folders of the project beside it.
FIRST := /lab/tree/notebooks/00-the-corpus.ipynb?file-browser-path=/
export PARLEY_STUDY := $(if $(STUDY),$(abspath $(STUDY)),$(PARLEY_STUDY))
# Figures and tables must not depend on where they are made; in JupyterLab a user's own plots must show.
report test test-long refresh: export MPLBACKEND := agg
report test test-long refresh: export PYTHONHASHSEED := 0

.DEFAULT_GOAL := help
.PHONY: help report test test-long lab refresh study tables coding coding-sheet class check-codings adjudication lint bench lock
.PHONY: clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## */  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

.venv/ready: requirements.txt pyproject.toml report/set-up.sh
	@sh report/set-up.sh

report: .venv/ready  ## execute the notebooks on the study and write _site/index.html
	@$(PY) report/build.py

test: .venv/ready  ## every test, and every notebook against its stored outputs
	@env -u PARLEY_STUDY $(PY) -m pytest $(ARGS)

test-long: .venv/ready  ## what holds for any text, tried on 20,000 texts
	@env -u PARLEY_STUDY PARLEY_TEXTS=20000 $(PY) -m pytest tests/test_properties.py tests/test_mutations.py $(ARGS)

lab: .venv/ready  ## open JupyterLab
	@$(PY) -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url="$(FIRST)" $(ARGS)

refresh: .venv/ready  ## execute the notebooks in place and rewrite what the README states
	@env -u PARLEY_STUDY $(PY) report/refresh.py

study: .venv/ready  ## begin a study: make study FROM=folder, export or table
	@$(PY) -m parley.corpus.begin "$(FROM)"

tables: .venv/ready  ## write the tables for a spreadsheet, .csv and .xlsx: make tables OUT=folder
	@$(PY) -m parley.export "$(OUT)"

coding: .venv/ready  ## write a page to code in, and sheets, for a coder: make coding CODER=name
	@$(PY) -m parley.codings.sheets "$(CODER)"

coding-sheet: coding

class: .venv/ready  ## deal the articles to a class, each to two students: make class STUDENTS=names.txt
	@$(PY) -m parley.codings.classes "$(STUDENTS)"

check-codings: .venv/ready  ## list every fault of every coding
	@$(PY) -m parley.codings.check

adjudication: .venv/ready  ## write what coders have alike and differently into a sheet to be settled
	@$(PY) -m parley.codings.adjudicate

lint: .venv/ready  ## ruff over library, tests, notebooks and scripts
	@$(PY) -m ruff check lib tests notebooks report benchmarks

bench: .venv/ready  ## speed and accuracy; POLNEAR=folder adds PolNeAR, GUM=file damaged texts and GUM
	@for b in corpus sentences reuse contrast stance attribution; do $(PY) benchmarks/$$b.py $(POLNEAR) || exit 1; done
	@$(if $(POLNEAR),$(PY) benchmarks/estimates.py "$(POLNEAR)")
	@$(if $(GUM),$(PY) benchmarks/damaged.py "$(POLNEAR)" "$(GUM)")

lock:  ## compile requirements.in to requirements.txt (needs uv)
	uv pip compile --universal --fork-strategy fewest --generate-hashes --python-version 3.11 --no-emit-index-url \
	  --no-header --upgrade --quiet requirements.in -o requirements.txt

clean:  ## remove the environment, the report and what was kept beside the study (STUDY=… for another one)
	rm -rf .venv _site _site.new "$(dir $(if $(STUDY),$(STUDY),corpus/study.toml)).cache"
