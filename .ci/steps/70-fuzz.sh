#!/usr/bin/env bash
# A third of the fuzz targets, which the seed chooses and the sanitizers' step built; changed parsers come first. Those that are
# chosen share the time.
# limit: 8
# needs: 5
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
[[ -f build/asan-ubsan/src/libbudgetcheck_lib.a ]] || cannot_run "the sanitizers' step, which builds the targets, was left out"
make fuzz-build
targets=$(find build/asan-ubsan/tests/fuzz -maxdepth 1 -name 'fuzz_*' -type f -executable -printf '%f\n' | sed 's/^fuzz_//' | sort)
third=$((($(wc -l <<<"$targets") + 2) / 3))
mapfile -t chosen < <(sample "$third" <<<"$targets")
tests/fuzz/run.sh build/asan-ubsan 10 "${chosen[@]}"
