#!/usr/bin/env bash
# demo.sh PROGRAM [FOLDER]: runs the gate over fixtures/shop. The shop breaks its budgets (exit 1 is expected); with the limits of
# budgets-passing.yml the same inputs pass (exit 0). Any other exit code fails the demo.
# Then it writes the first run as pages for a browser into FOLDER (default: beside PROGRAM), without and with a base.
set -euo pipefail
program=$(realpath "$1")
pages=$(realpath "${2:-$(dirname "$program")}")
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

gate 1 "A change that breaks budgets: the gate stays shut" check --budgets budgets.yml --base none
gate 0 "The same shop within its budgets: the gate opens" check --budgets budgets-passing.yml --base none
page() { # page NAME ARGUMENTS...: writes FOLDER/NAME.html
  local got=0
  "$program" check "${@:2}" --output "html=$pages/$1.html" >/dev/null || got=$?
  if [[ $got -ne 1 || ! -s $pages/$1.html ]]; then
    echo "demo: the page of $1 was not written (exit code $got)" >&2
    exit 1
  fi
}

page budgetcheck-demo --budgets budgets.yml --base none
base=$(mktemp)
trap 'rm -f "$base"' EXIT
"$program" check --budgets budgets-passing.yml --base none --output "json=$base" >/dev/null
page budgetcheck-demo-base --budgets budgets.yml --base "$base"
echo
echo "demo: both gates behaved as they should"
echo "demo: to see the first one, open $pages/budgetcheck-demo.html in a browser;"
echo "      compared with the shop after its fixes, with differences in colour: $pages/budgetcheck-demo-base.html"
