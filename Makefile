# Every target is meant to be run from the package's folder. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz bench counts lint docs clean

JOINTVAE := .build/release/jointvae
DEMO_RUN := runs/demo
DEMO_FLAGS ?=
BENCH := runs/bench
FUZZ_SECONDS ?= 60

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install missing system libraries (libpng, giflib, zlib, libjpeg-turbo, libwebp, libzip); check Swift
	@scripts/setup.sh

demo: setup ## Train on generated shapes for a few minutes; leaves pictures to look at
	swift build -c release --product jointvae
	rm -rf $(DEMO_RUN)
	$(JOINTVAE) train shapes --recipe pairs --out $(DEMO_RUN) $(DEMO_FLAGS)
	@echo
	@echo 'Now open, in $(DEMO_RUN):'
	@echo '  samples.png          images the model invented'
	@echo '  reconstructions.png  originals above, what the model made of them below'
	@echo '  traversals.gif       what each latent variable changes'
	@echo '  training.gif         how it learned to draw'
	@echo '  report.html          all of these on one page, with curves'

test: setup ## Run all tests, in release mode
	swift test -c release --disable-xctest

fuzz: setup ## Damage model files, archives and images at random for a minute each (FUZZ_SECONDS, FUZZ_SEED)
	swift build -c release --build-tests
	@seed=$${FUZZ_SEED:-$$(date +%s)}; \
	  echo "fuzz: seed $$seed, $(FUZZ_SECONDS) s for each kind of file; again with make fuzz FUZZ_SEED=$$seed"; \
	  JOINTVAE_FUZZ_SEED=$$seed JOINTVAE_FUZZ_SECONDS=$(FUZZ_SECONDS) \
	  swift test -c release --disable-xctest --skip-build --no-parallel --filter 'Fuzz|mutations'

bench: ## Time a training step, to runs/bench; with PYTHON=python3 (torch installed) in turn with PyTorch
	swift build -c release --product jointvae
	@mkdir -p $(BENCH)
ifdef PYTHON
	$(PYTHON) benchmarks/compare.py $(JOINTVAE) --json $(BENCH)/comparison.json --svg $(BENCH)/comparison.svg
else
	$(JOINTVAE) bench --json $(BENCH)/step.json --svg $(BENCH)/step.svg
endif
	@echo "Numbers and a chart are in $(BENCH)"

counts: ## Count the instructions of a few training steps, and compare them with benchmarks/counts.json (valgrind)
	swift build -c release --product jointvae
	python3 benchmarks/counts.py $(JOINTVAE)

lint: ## Check the style of every Swift file
	swift format lint --strict --recursive Sources Tests Package.swift

docs: ## Write the API documentation to docs/api
	scripts/docs.sh

clean: ## Remove what was built; runs stay
	rm -rf .build docs/api
