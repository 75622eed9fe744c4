# Every target is meant to be run from the package's folder. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test examples browser-test browser-tools browser-test-of-built mpi-test mpi-tools neon-test gallery fuzz fuzz-readers torture sanitize bench counts install uninstall dist lint docs clean

JOINTVAE := .build/release/jointvae
DEMO_RUN := runs/demo
DEMO_STEPS ?=
DEMO_FLAGS ?=
BENCH := runs/bench
FUZZ_SECONDS ?= 60
FUZZ_CPU_SECONDS ?= 540
TORTURE_SECONDS ?= 600
SANITIZE_FILTER ?=
PREFIX ?= /usr/local

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install missing system libraries (libpng, giflib, zlib, libjpeg-turbo, libwebp, libzip); check Swift
	@scripts/setup.sh

demo: ## Draw from a trained model, then train on generated shapes for up to two minutes (DEMO_STEPS, DEMO_FLAGS)
	@DEMO_STEPS='$(DEMO_STEPS)' scripts/demo.sh $(DEMO_RUN) $(DEMO_FLAGS)

# No test imports with @testable, and without it the tests link what `swift build -c release` has compiled.
test: setup ## Run all tests, in release mode
	swift test -c release --disable-xctest --disable-testable-imports

examples: setup ## Build the programs in Examples, which use the package as any program would
	swift build --package-path Examples

browser-test: setup ## Drive the explorer's page and a live training in Chromium and WebKitGTK; needs python3 with venv
	swift build -c release --product jointvae
	$(MAKE) browser-tools browser-test-of-built

browser-tools:
	scripts/browsers.sh
	python3 -m venv .build/browser
	.build/browser/bin/pip install --quiet --disable-pip-version-check -r Tests/browser/requirements.txt

# The same with the program that the tests built.
browser-test-of-built:
	sh Tests/browser/run.sh $(JOINTVAE)

mpi-test: setup mpi-tools ## Run the tests of ranks under Open MPI and MPICH, which it installs from Debian
	swift test -c release --disable-xctest --filter 'RankTests|JointVAEClusterTests'

mpi-tools:
	scripts/mpi.sh

gallery: ## Write the explorer's page of all trained models to runs/gallery.html
	swift build -c release --product jointvae
	@mkdir -p runs
	$(JOINTVAE) explore mnist fashion-mnist az-letters arabic-characters math-symbols four-shapes shapes \
	  --title 'Seven models' -o runs/gallery.html

neon-test: ## Compare the bits of the NEON kernels, run by qemu-user, with those of this processor
	Tests/neon/run.sh

fuzz: setup ## Damage model files, archives and images at random for a minute each (FUZZ_SECONDS, FUZZ_SEED)
	@seed=$${FUZZ_SEED:-$$(date +%s)}; \
	  echo "fuzz: seed $$seed, $(FUZZ_SECONDS) s for each kind of file; again with make fuzz FUZZ_SEED=$$seed"; \
	  JOINTVAE_FUZZ_SEED=$$seed JOINTVAE_FUZZ_SECONDS=$(FUZZ_SECONDS) \
	  swift test -c release --disable-xctest --disable-testable-imports --no-parallel --filter 'Fuzz|mutations'

fuzz-readers: setup ## Fuzz the readers of files with libFuzzer (FUZZ_CPU_SECONDS in all); needs python3
	swift build -c release --sanitize fuzzer --package-path scripts/fuzz
	python3 scripts/fuzz/run.py scripts/fuzz/.build/release/FuzzFiles --seconds $(FUZZ_CPU_SECONDS) --folder runs/fuzz

torture: setup ## Kill the program and disturb its files for ten minutes (TORTURE_SECONDS, TORTURE_SEED); needs python3
	swift build -c release --product jointvae
	python3 scripts/torture $(JOINTVAE) --seconds $(TORTURE_SECONDS) $(if $(TORTURE_SEED),--seed $(TORTURE_SEED))

sanitize: setup ## Run the tests under ThreadSanitizer, then under AddressSanitizer (SANITIZE_FILTER names some)
	@mkdir -p .build/thread
	"$$(dirname "$$(readlink -f "$$(command -v swiftc)")")"/clang -shared -fPIC -O1 Tests/sanitizers/swift_mutex.c \
	  -o .build/thread/swift_mutex.so
	swift build -c release --build-tests --scratch-path .build/thread --sanitize thread
	LD_PRELOAD="$(CURDIR)/.build/thread/swift_mutex.so" TSAN_OPTIONS=halt_on_error=1 \
	  swift test -c release --skip-build --disable-xctest --scratch-path .build/thread \
	  --sanitize thread $(if $(SANITIZE_FILTER),--filter '$(SANITIZE_FILTER)')
	ASAN_OPTIONS=detect_leaks=0 swift test -c release --disable-xctest --scratch-path .build/address \
	  --sanitize address $(if $(SANITIZE_FILTER),--filter '$(SANITIZE_FILTER)')

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

install: ## Install the program, its completions and manual pages under PREFIX (/usr/local)
	swift build -c release --product jointvae
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -m 755 $(JOINTVAE) $(DESTDIR)$(PREFIX)/bin/jointvae
	$(JOINTVAE) --generate-completion-script bash \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/jointvae
	$(JOINTVAE) --generate-completion-script zsh \
	  > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_jointvae
	$(JOINTVAE) --generate-completion-script fish \
	  > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/jointvae.fish
	$(JOINTVAE) generate man --out $(DESTDIR)$(PREFIX)/share/man/man1

uninstall: ## Remove what install wrote
	rm -f $(DESTDIR)$(PREFIX)/bin/jointvae \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/jointvae \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_jointvae \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/jointvae.fish \
	  $(DESTDIR)$(PREFIX)/share/man/man1/jointvae.1 $(DESTDIR)$(PREFIX)/share/man/man1/jointvae-*.1

dist: setup ## Pack the program with Swift's libraries inside, for machines without Swift, into dist
	scripts/dist.sh

lint: ## Check the style of every Swift file
	swift format lint --strict --recursive Sources Tests Examples/Sources Examples/Package.swift Package.swift

docs: ## Write the API documentation to docs/api
	scripts/docs.sh

clean: ## Remove what was built; runs stay
	rm -rf .build docs/api
