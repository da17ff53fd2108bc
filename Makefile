# `make report` and `make test` are all one needs; both set up .venv by themselves. Without make: python -m parley report
# STUDY=path/to/study.toml takes another corpus than the one in corpus/.

PY := .venv/bin/python
STUDY ?=
OUT ?= tables
export PARLEY_STUDY := $(if $(STUDY),$(abspath $(STUDY)),$(PARLEY_STUDY))

.DEFAULT_GOAL := help
.PHONY: help report test test-long lab refresh study tables coding coding-sheet class check-codings adjudication lint bench
.PHONY: mutants lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## */  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

.venv/ready: requirements.txt pyproject.toml report/set-up.sh
	@sh report/set-up.sh

report: .venv/ready  ## execute the notebooks on the study and write _site/index.html
	@$(PY) -m parley report

test: .venv/ready  ## every test, and every notebook against its stored outputs
	@$(PY) -m parley test $(ARGS)

test-long: .venv/ready  ## what holds for any text, tried on 20,000 texts
	@PARLEY_TEXTS=20000 $(PY) -m parley test tests/test_properties.py tests/test_mutations.py $(ARGS)

lab: .venv/ready  ## open JupyterLab
	@$(PY) -m parley lab $(ARGS)

refresh: .venv/ready  ## execute the notebooks in place and rewrite what the README states
	@$(PY) -m parley refresh

study: .venv/ready  ## begin a study: make study FROM=folder, export or table
	@$(PY) -m parley study "$(FROM)"

tables: .venv/ready  ## write the tables for a spreadsheet, .csv and .xlsx: make tables OUT=folder
	@$(PY) -m parley tables "$(OUT)"

coding: .venv/ready  ## write a page to code in, and sheets, for a coder: make coding CODER=name
	@$(PY) -m parley coding "$(CODER)"

coding-sheet: coding

class: .venv/ready  ## deal the articles to a class, each to two students: make class STUDENTS=names.txt
	@$(PY) -m parley class "$(STUDENTS)"

check-codings: .venv/ready  ## list every fault of every coding
	@$(PY) -m parley check-codings

adjudication: .venv/ready  ## write what coders have alike and differently into a sheet to be settled
	@$(PY) -m parley adjudication

lint: .venv/ready  ## ruff over library, tests, notebooks and scripts
	@$(PY) -m ruff check lib tests notebooks report benchmarks

bench: .venv/ready  ## speed, memory and accuracy; POLNEAR=folder adds PolNeAR, PEERS=python the peers, GUM=file damaged texts
	@for b in corpus sentences reuse contrast stance attribution; do $(PY) benchmarks/$$b.py $(POLNEAR) || exit 1; done
	@$(if $(POLNEAR),$(PY) benchmarks/scale.py "$(POLNEAR)" $(if $(PEERS),--peers "$(PEERS)"))
	@$(if $(POLNEAR),$(PY) benchmarks/estimates.py "$(POLNEAR)")
	@$(if $(GUM),$(PY) benchmarks/damaged.py "$(POLNEAR)" "$(GUM)")

mutants: .venv/ready  ## put 100 faults in, one at a time, and see which the tests catch; ARGS="--seed 1234abcd --count 20"
	@$(PY) benchmarks/mutants.py $(ARGS)

lock:  ## compile requirements.in to requirements.txt (needs uv)
	uv pip compile --universal --fork-strategy fewest --generate-hashes --python-version 3.11 --no-emit-index-url \
	  --no-header --upgrade --quiet requirements.in -o requirements.txt

clean:  ## remove the environment, the report and what was kept beside the study (STUDY=… for another one)
	rm -rf .venv _site _site.new "$(dir $(if $(STUDY),$(STUDY),corpus/study.toml)).cache"
