#!/usr/bin/env bash
# history_page.sh PROGRAM FOLDER: makes a repository with twelve stored results and writes its history to
# FOLDER/history.html and FOLDER/history.md, for those who validate pages.
set -euo pipefail
program=$(realpath "$1") out=$(realpath "$2") repository=$(mktemp -d)
trap 'rm -rf "$repository"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 HOME=$repository
export GIT_AUTHOR_NAME=Tester GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=Tester GIT_COMMITTER_EMAIL=t@example.org
unset GITHUB_ACTIONS GITLAB_CI CI BUDGETCHECK_BASE
cd "$repository"
git init --quiet --initial-branch main .
cat >budgets.yml <<'YAML'
version: 1
project: shop
budgets:
  - { id: main-js, metric: bundle.gzip, where: { entry: main }, max: 170 kB }
  - { id: "home <b>&", metric: lighthouse.lcp, where: { page: / }, max: 2.5 s }
YAML
git add budgets.yml
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
  git commit --quiet --allow-empty --message "change $i"
  cat >measured.json <<JSON
{"version":1,"samples":[
 {"metric":"bundle.gzip","where":{"entry":"main"},"unit":"B","value":$((120000 + 3000 * i))},
 {"metric":"lighthouse.lcp","where":{"page":"/"},"unit":"ms","runs":[$((1900 + i * 7 % 40)),$((1930 + i * 11 % 50)),$((1915 + i * 13 % 60))]}]}
JSON
  SOURCE_DATE_EPOCH=$((1790000000 + 86400 * i)) "$program" check measured.json --output json=results.json || [[ $? -eq 1 || $? -eq 3 ]]
  "$program" baseline push results.json >/dev/null
done
"$program" history --today 2026-11-23 --output "html=$out/history.html" --output "markdown=$out/history.md"
