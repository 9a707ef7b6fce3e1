#!/usr/bin/env bash
# docs_check.sh PROGRAM: fails when docs/rules is not what rules/ says.
set -euo pipefail
program=$(realpath "$1")
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$program" explain --docs "$work"
if ! diff -ru "$root/docs/rules" "$work/rules"; then
  echo "docs/rules is out of date: run 'make docs' and commit what it writes" >&2
  exit 1
fi
