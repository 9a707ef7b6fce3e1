#!/usr/bin/env bash
# Precision and recall of the query rules on logs whose patterns and scans are known: by the project's own runner over every
# form of log, and by a scorer that nobody here wrote over those that carry ids and parameters.
# limit: 10
# needs: 3
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
corpus=$shared/corpus/queries frontend=$shared/corpus/frontend score=$shared/tools/score.py bad=0
[[ -d $corpus && -d $frontend && -f $score ]] || cannot_run "no labelled logs, BUDGETCHECK_SHARED names no folder that has them"
python3 tests/accuracy/findings.py "$program" "$corpus" || bad=1
python3 tests/accuracy/findings.py "$program" "$corpus" --no-sizes || bad=1
python3 tests/accuracy/frontend.py "$program" "$frontend" || bad=1
python3 tests/accuracy/payloads.py "$program" "$frontend" || bad=1
python3 tests/accuracy/payloads.py "$program" fixtures || bad=1
for form in pino winston; do
  python3 tests/accuracy/findings.py "$program" "$corpus" "app.$form.log" --out "$ci/$form.json" || bad=1
  python3 "$score" "$ci/$form.json" "$corpus" --form "$form" | tee "$ci/$form.score"
  python3 tests/accuracy/score_reached.py "$ci/$form.score" "$form" || bad=1
done
exit "$bad"
