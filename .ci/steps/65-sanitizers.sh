#!/usr/bin/env bash
# Builds the library, half of the unit tests (the seed's choice, changed folders first) and the fuzz targets under the address
# and undefined-behaviour sanitizers, and runs them with goldens and cases. Of the slow tests the seed chooses one.
# limit: 30
# needs: 24
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
# Files directly in tests/unit/collect are a folder of their own here.
folders=$(cd tests/unit && find . -mindepth 1 -maxdepth 1 -type d -not -name collect -printf '%P\n' && find collect -mindepth 1 \
  -maxdepth 1 -type d && echo 'collect/[^/]*[.]cpp')
half=$((($(wc -l <<<"$folders") + 1) / 2))
first=$(while read -r folder; do if changed "src/$folder" "tests/unit/$folder"; then echo "$folder"; fi; done <<<"$folders" | sample "$half")
rest=$(comm -23 <(sort <<<"$folders") <(sort <<<"$first") | sample $((half - $(grep -c . <<<"$first" || true))))
chosen=$(printf '%s\n%s\n' "$first" "$rest" | grep . | sort | paste -sd'|')
# Not those that ask for a merge base: libgit2 1.5 leaks there, in frames that only slow unwinding could name to a suppression.
slow=$(printf '%s\n' git.checkouts git.hook git.notes deliver.comment property | sample 1)
echo "unit tests of $chosen; of the slow tests: ${slow//$'\n'/ }"
make asan TEST_FOLDERS="$chosen" SLOW_ONES="$(paste -sd'|' <<<"$slow")"
