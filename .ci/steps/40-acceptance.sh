#!/usr/bin/env bash
# Verdicts and exit codes of cases that nobody here wrote, and bundles of real builds counted in another way.
# limit: 5
# needs: 1
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
cases=$shared/cases stats=$shared/corpus/frontend/stats bad=0
[[ -d $cases && -d $stats ]] || cannot_run "no cases and builds, BUDGETCHECK_SHARED names no folder that has them"
python3 tests/cases/run.py "$program" "$cases" || bad=1
for base in default verbose; do
  python3 tests/accuracy/bundle_parts.py "$program" "$stats/webpack-small-$base.json" "$stats/rspack-small-tojson.json" || bad=1
done
exit "$bad"
