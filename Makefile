# Two commands do the whole set-up on a fresh Debian 12 or Ubuntu machine: `make demo` and `make test`.
# DEPS=skip leaves the machine's packages alone.

FUZZ_SECONDS ?= 60
DEPS_GROUPS ?=
DEPS ?= install
# Tests that start threads, for the thread sanitizer.
THREADED := Parallel|Thread|Sizes|Compress|Collect|QueryLog|golden

# Left out under the sanitizers: they start the program hundreds of times, or count millions of numbers; what they run is run
# by other tests too.
SLOW_HERE := ^(git\.(base_commit|history|push)|e2e\..*|property)$$

# More compilers than memory allows help nobody: about one for each 1.5 GB.
CORES := $(shell nproc 2>/dev/null || echo 2)
MEMORY_JOBS := $(shell awk '/^MemAvailable/{n = int($$2 / 1500000); print n < 1 ? 1 : n}' /proc/meminfo 2>/dev/null || echo 2)
JOBS ?= $(shell [ $(CORES) -lt $(MEMORY_JOBS) ] && echo $(CORES) || echo $(MEMORY_JOBS))

.DEFAULT_GOAL := build
.PHONY: deps deps-checks build static dev demo test asan tsan bench conformance fuzz format format-check tidy docs docs-check goldens clean help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  \1\t\2/' | expand -t 16

deps: ## install the missing packages of packages.txt
ifneq ($(DEPS),skip)
	@tools/deps.sh $(DEPS_GROUPS)
endif

deps-checks: ## the same, with clang for tidy, format and fuzz
ifneq ($(DEPS),skip)
	@tools/deps.sh checks
endif

build: deps ## build what is shipped: build/release/src/budgetcheck
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target budgetcheck -- -j $(JOBS)

static: deps ## build the one file that runs on any Linux: build/dist (Debian 12)
	@JOBS=$(JOBS) tools/static/build.sh

dev: deps ## build with assertions, warnings as errors, and tests
	@cmake --preset dev >/dev/null
	@cmake --build --preset dev -- -j $(JOBS)

demo: build ## run the gate over fixtures/shop: once it fails, once it passes
	@tests/demo.sh build/release/src/budgetcheck

test: dev ## build and run every test
	@ctest --preset dev -j $(JOBS) --no-tests=error

asan: deps ## every test under the address and undefined-behaviour sanitizers
	@cmake --preset asan-ubsan >/dev/null
	@cmake --build --preset asan-ubsan -- -j $(JOBS)
	@ctest --preset asan-ubsan -j $(JOBS) -E '$(SLOW_HERE)' --no-tests=error

tsan: deps ## the tests of threaded parts under the thread sanitizer
	@cmake --preset tsan >/dev/null
	@cmake --build --preset tsan -- -j $(JOBS)
	@ctest --preset tsan -j $(JOBS) -R '$(THREADED)' --no-tests=error

bench: build ## measure speed and memory as ratios, write docs/performance.md
	@cmake --preset release -DBUDGETCHECK_BENCH=ON >/dev/null
	@cmake --build --preset release --target budgetcheck bench_helpers -- -j $(JOBS)
	@python3 tests/bench/bench.py --build build/release --write docs/performance.md

conformance: build ## hold the query rules against real databases, with Prisma (node 20, apt)
	@tests/conformance/setup.sh build/conformance
	@node tests/conformance/self_test.mjs
	@node tests/conformance/run.mjs build/release/src/budgetcheck

fuzz: deps-checks ## every fuzz target for FUZZ_SECONDS each
	@cmake --preset fuzz >/dev/null
	@cmake --build --preset fuzz -- -j $(JOBS)
	@tests/fuzz/run.sh build/fuzz $(FUZZ_SECONDS)

format: deps-checks ## clang-format over all sources
	@git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format -i

format-check: deps-checks
	@git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format --dry-run -Werror

tidy: deps-checks dev ## clang-tidy over all of src
	@git ls-files -z 'src/*.cpp' | xargs -0 -n 4 -P $(JOBS) clang-tidy -p build/dev --quiet

docs: dev ## write docs/rules from rules/
	@build/dev/src/budgetcheck explain --docs docs

docs-check: dev
	@tests/docs_check.sh build/dev/src/budgetcheck

goldens: dev ## write the expected outputs of fixtures/golden anew; read the diff before you commit it
	@python3 tests/golden/run.py --program build/dev/src/budgetcheck --update

clean: ## remove what was built
	@rm -rf build
