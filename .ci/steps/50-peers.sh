#!/usr/bin/env bash
# Imported configurations give the verdicts of lighthouse-ci, size-limit, bundlewatch, bundlesize and bundlemon.
# limit: 6
# needs: 2
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
only=()
if ! changed src/budget src/collect src/judge tests/accuracy/peers.py tests/accuracy/peers_cases.py; then
  only=(--only "$(printf '%s\n' lhci size-limit bundlewatch bundlesize bundlemon | sample 1)")
  shortened "${only[1]} alone, as nothing that reads or judges changed"
fi
python3 tests/accuracy/peers.py "$program" "$ci/peers" "${only[@]}"
