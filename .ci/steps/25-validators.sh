#!/usr/bin/env bash
# What the program writes, checked by the validators of those who read it: SARIF, JUnit, Markdown, HTML, terminals.
# limit: 10
# needs: 2
# tools: node=nodejs npm xmllint=libxml2-utils
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
tools=$(validators) || cannot_run "$NO_VALIDATORS"
out=$ci/reports rc=0 bad=0
rm -rf "$out" && mkdir -p "$out"

(cd fixtures/shop && "$program" check --budgets budgets.yml --base none --output text \
  --output "sarif=$out/shop.sarif" --output "junit=$out/shop.junit.xml" --output "markdown=$out/shop.md") || rc=$?
[[ $rc -eq 1 ]] || { echo "the shop exits with $rc, not 1" && exit 1; }
shopt -s nullglob
sarif=("$out/shop.sarif" fixtures/golden/*/expected.sarif)
junit=("$out/shop.junit.xml" fixtures/golden/*/expected.junit.xml)
markdown=("$out/shop.md" fixtures/golden/*/expected.md)
echo "${#sarif[@]} SARIF, ${#junit[@]} JUnit, ${#markdown[@]} Markdown files"
[[ ${#sarif[@]} -gt 1 && ${#junit[@]} -gt 1 && ${#markdown[@]} -gt 1 ]] || { echo "golden cases have no reports" && exit 1; }
node "$tools/validate/sarif.mjs" "${sarif[@]}" || bad=1
node "$tools/validate/junit.mjs" "${junit[@]}" || bad=1
for file in "${markdown[@]}"; do
  node "$tools/validate/github-text.mjs" --comment "$file" || { echo "in $file" && bad=1; }
done
tests/history_page.sh "$program" "$out" >/dev/null
node "$tools/validate/github-text.mjs" --summary "$out/history.md" || bad=1
(cd fixtures/shop && python3 "$tools/validate/term.py" -- "$program" check --budgets budgets.yml --base none) || bad=1

# The pages, by a program that was built with charts: AUTO could have left them out without a failure.
pages() {
  [[ -s build/dev/charts.js ]] || rm -f build/dev/charts.js
  cmake --preset dev -DBUDGETCHECK_CHARTS=ON >/dev/null
  cmake --build --preset dev --target budgetcheck -- -j "$(nproc)" >/dev/null
  [[ -s build/dev/charts.js ]] || { echo "BUDGETCHECK_CHARTS=ON left the charts out" && return 1; }
  python3 tests/html/reports.py "$program" "$out/pages" || return 1
  local page bad=0 chosen=("$out"/history.html "$out"/pages/*.html)
  if ! changed src/report; then
    mapfile -t chosen < <(printf '%s\n' "${chosen[@]}" | sample 3)
    shortened "3 of the pages, as src/report did not change"
  fi
  for page in "${chosen[@]}"; do
    node "$tools/validate/html.mjs" "$page" || bad=1
  done
  node tests/html/use.mjs "$tools" "$out/pages" || bad=1
  return "$bad"
}
if command -v chromium >/dev/null || (install_packages chromium); then
  pages || bad=1
else
  shortened "the pages were not looked at: no chromium"
fi
exit "$bad"
