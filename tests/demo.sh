#!/usr/bin/env bash
# demo.sh PROGRAM [PAGE]: runs the gate over fixtures/shop. The shop breaks its budgets (exit 1 is expected); with the limits of
# budgets-passing.yml the same inputs pass (exit 0). Any other exit code fails the demo.
# The first run writes the same as a page to PAGE (default: budgetcheck-demo.html beside PROGRAM).
set -euo pipefail
program=$(realpath "$1")
page=$(realpath --no-symlinks "${2:-$(dirname "$program")/budgetcheck-demo.html}")
cd "$(dirname "${BASH_SOURCE[0]}")/../fixtures/shop"

gate() { # gate EXPECTED_EXIT TITLE ARGUMENTS...
  local expected=$1 title=$2 got=0
  shift 2
  printf '\n== %s\n$ budgetcheck %s\n\n' "$title" "$*"
  "$program" "$@" || got=$?
  printf '\nexit code: %d\n' "$got"
  if [[ $got -ne $expected ]]; then
    echo "demo: expected exit code $expected" >&2
    exit 1
  fi
}

gate 1 "A change that breaks budgets: the gate stays shut" check --budgets budgets.yml --base none --output text \
  --output "html=$page"
gate 0 "The same shop within its budgets: the gate opens" check --budgets budgets-passing.yml --base none
echo
echo "demo: both gates behaved as they should"
echo "demo: the first of them as a page for a browser: $page"
