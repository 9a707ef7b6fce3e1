# Two commands do the whole set-up on a fresh Debian 12 or Ubuntu machine: `make demo` and `make test`.
# DEPS=skip leaves the machine's packages alone.

FUZZ_SECONDS ?= 60
PROGRAM ?=
DEPS_GROUPS ?=
DEPS ?= install
# Tests that start threads, for the thread sanitizer.
THREADED := Parallel|Pipeline|Thread|Sizes|Compress|Collect|QueryLog|golden

# Left out under the sanitizers: they start the program hundreds of times, or count millions of numbers, and what they run is run
# by other tests too. SLOW_ONES='git.push|property' runs those all the same, TEST_FOLDERS='base|json' builds unit tests of these
# folders alone. What looks at sources and docs has nothing to do with how the program was built.
SLOW_HERE := git.base_commit git.checkouts git.gate git.history git.hook git.notes git.platforms git.push git.safety git.single_runs git.update \
  deliver.comment e2e.action e2e.canary e2e.files e2e.fork_comment e2e.gitlab e2e.log_commands e2e.rerun property
SLOW_ONES ?=
TEST_FOLDERS ?=
SLOW_LEFT_OUT := $(filter-out $(subst |, ,$(SLOW_ONES)),$(SLOW_HERE)) architecture architecture.self_test architecture.unity_groups workflows workflows.self_test packages.release \
	docs.links docs.self_test docs.tables docs.yaml_blocks
empty :=
space := $(empty) $(empty)

# As many compilers as there are cores, and at most one for each 1.5 GB of memory.
CORES := $(shell nproc 2>/dev/null || echo 2)
MEMORY_JOBS := $(shell awk '/^MemAvailable/{n = int($$2 / 1500000); print n < 1 ? 1 : n}' /proc/meminfo 2>/dev/null || echo 2)
JOBS ?= $(shell [ $(CORES) -lt $(MEMORY_JOBS) ] && echo $(CORES) || echo $(MEMORY_JOBS))

.DEFAULT_GOAL := build
.PHONY: deps deps-checks build static dev npm-pack demo test asan tsan stress bench conformance telemetry limits fuzz fuzz-build format format-check tidy docs goldens \
	clean help

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

npm-pack: $(if $(PROGRAM),,build) ## pack this machine's program for npm, and print the line that installs it
	@npm/pack.sh --with '$(or $(PROGRAM),build/release/src/budgetcheck)'

demo: build ## run the gate over fixtures/shop: once it fails, once it passes
	@tests/demo.sh build/release/src/budgetcheck

test: dev ## build and run every test
	@ctest --preset dev -j $(JOBS) --no-tests=error

asan: deps-checks ## the tests under the address and undefined-behaviour sanitizers
	@cmake --preset asan-ubsan '-DBUDGETCHECK_TEST_FOLDERS=$(TEST_FOLDERS)' >/dev/null
	@cmake --build --preset asan-ubsan -- -j $(JOBS)
	@ctest --preset asan-ubsan -j $(JOBS) -E '^($(subst $(space),|,$(subst .,\.,$(SLOW_LEFT_OUT))))$$' --no-tests=error

tsan: deps ## the tests of threaded parts under the thread sanitizer
	@cmake --preset tsan >/dev/null
	@cmake --build --preset tsan -- -j $(JOBS)
	@ctest --preset tsan -j $(JOBS) -R '$(THREADED)' --no-tests=error

stress: dev ## the unit tests of threaded parts 20 times
	@ctest --preset dev -j $(JOBS) -R '^(Parallel|Pipeline|.*Sizes|.*Compress)' --repeat until-fail:20 --no-tests=error

bench: build ## measure speed and memory as ratios, write docs/performance.md
	@cmake --preset release -DBUDGETCHECK_BENCH=ON >/dev/null
	@cmake --build --preset release --target budgetcheck bench_helpers -- -j $(JOBS)
	@python3 tests/bench/bench.py --build build/release --write docs/performance.md

conformance: build ## check the query rules on real databases, with Prisma (node 20, apt)
	@tests/conformance/setup.sh build/conformance
	@node tests/conformance/self_test.mjs
	@node tests/conformance/run.mjs build/release/src/budgetcheck

telemetry: build ## run instrumented programs and compare what is said of their traces and logs (node 20, apt)
	@tests/telemetry/setup.sh build/telemetry
	@node tests/telemetry/self_test.mjs
	@node tests/telemetry/run.mjs build/release/src/budgetcheck build/telemetry

limits: build ## run nginx with the limits that are generated and compare what it lets through (node 20, apt)
	@tests/limits/setup.sh
	@node tests/limits/run.mjs build/release/src/budgetcheck build/limits

fuzz-build: deps-checks
	@cmake --preset asan-ubsan >/dev/null
	@cmake --build --preset asan-ubsan --target fuzz_targets -- -j $(JOBS)

fuzz: fuzz-build ## every fuzz target for FUZZ_SECONDS each
	@tests/fuzz/run.sh build/asan-ubsan $(FUZZ_SECONDS)

format: deps-checks ## clang-format over all sources
	@git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format -i

format-check: deps-checks
	@git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format --dry-run -Werror

tidy: deps-checks dev ## clang-tidy over all of src
	@python3 tools/plain_compile_commands.py build/dev/compile_commands.json build/tidy
	@git ls-files -z 'src/*.cpp' | xargs -0 -n 4 -P $(JOBS) clang-tidy -p build/tidy --quiet

docs: dev ## write docs/rules, metrics.md, inputs.md, the README's demo block and the schema of budgets files
	@python3 src/budget/sections/compose.py
	@build/dev/src/budgetcheck explain --docs docs
	@python3 tests/docs/demo_block.py build/dev/src/budgetcheck --write

goldens: dev ## write the expected outputs of fixtures/golden again; read the diff before you commit it
	@python3 tests/golden/run.py --program build/dev/src/budgetcheck --update

clean: ## remove what was built
	@rm -rf build
