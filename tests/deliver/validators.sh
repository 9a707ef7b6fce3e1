#!/usr/bin/env bash
# validators.sh TOOLS PROGRAM OUT: what goes to GitHub and GitLab, checked by servers and readers that nobody here wrote.
# TOOLS is a folder with validate/ (fake-github.mjs and others), OUT takes what is written.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tools=$1/validate program=$(realpath "$2") root=$PWD
mkdir -p "$3"
out=$(realpath "$3")
bad=0 passed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# No variable of the CI that runs this may reach the program.
for name in $(compgen -v | grep -E '^(GITHUB_|GH_|CI_|GITLAB_)|^CI$'); do unset "$name"; done

good() { # good NAME COMMAND...: passes when the command does, within two minutes
  local name=$1 rc=0
  shift
  timeout 120 "$@" >"$out/$name.log" 2>&1 || rc=$?
  if [[ $rc -eq 0 ]]; then
    passed=$((passed + 1))
  else
    echo "$name: FAILED (exit $rc)"
    tail -n 20 "$out/$name.log"
    bad=1
  fi
}
port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Results: the shop's, the same a little worse, green ones, many verdicts, hostile names.
(cd fixtures/shop && "$program" check --budgets budgets.yml --base none --output "json=$work/red.json" \
  --output "github=$out/shop.commands" --output "codequality=$out/shop.codequality.json" \
  --output "openmetrics=$out/shop.metrics.txt" >/dev/null) || [[ $? -eq 1 ]]
python3 - "$work" fixtures/golden/hostile-names/expected.json <<'PY'
import copy, json, sys
work, hostile = sys.argv[1], json.load(open(sys.argv[2]))
red = json.load(open(f"{work}/red.json"))
def write(name, document):
    json.dump(document, open(f"{work}/{name}.json", "w"))
worse = copy.deepcopy(red)
worse["verdicts"][0]["value"] *= 2
write("worse", worse)
write("of_head", dict(copy.deepcopy(red), commit="a" * 40))
green = dict(copy.deepcopy(red), outcome="pass", exit=0, findings=[], problems=[])
green["inputs"] = [i for i in green["inputs"] if i["state"] == "read"]
green["verdicts"] = [dict(v, status="pass", code="OK") for v in green["verdicts"]]
write("green", green)
many = copy.deepcopy(red)
many["verdicts"] = [dict(v, budget=f"{v['budget']}-{n}") for n in range(400) for v in red["verdicts"]]
write("many", many)
evil = "`x` | @octocat #12 <img src=x> [a](https://evil.example)\n::error::x\n/close\n"
for v in hostile["verdicts"]:
    v.update(budget=evil, message=evil, hint=evil, owner="@octocat", why="see #12")
write("hostile", hostile)
PY

for name in red green many hostile; do
  "$program" comment "$work/$name.json" --dry-run --job ci >"$out/$name.comment.md"
  good "text-$name" node "$tools/github-text.mjs" --comment "$out/$name.comment.md"
done
"$program" comment "$work"/{red,green,many,hostile}.json --dry-run --job ci >"$out/matrix.comment.md"
good text-matrix node "$tools/github-text.mjs" --comment "$out/matrix.comment.md"

commands=("$out/shop.commands" fixtures/golden/*/expected.github.txt)
for file in "${commands[@]}"; do
  good "commands-$(basename "$(dirname "$file")")" node "$tools/github-text.mjs" --commands "$file"
done
good codequality node "$tools/codequality.mjs" "$out/shop.codequality.json" fixtures/golden/*/expected.codequality.json
good metrics python3 "$tools/gitlab-metrics.py" "$out/shop.metrics.txt" fixtures/golden/*/expected.metrics.txt

# --- GitHub ---
export GITHUB_ACTIONS=true GITHUB_JOB=ci BUDGETCHECK_DELIVERY_TIMEOUT=30
comment() { printf '"%s" comment "%s/%s.json" --pull-request 1 --strict-delivery %s' "$program" "$work" "$1" "${2:-}"; }
github() { # github NAME OPTIONS... -- SCRIPT
  local name=$1 options=()
  shift
  while [[ $1 != -- ]]; do options+=("$1") && shift; done
  good "github-$name" node "$tools/fake-github.mjs" --port "$(port)" "${options[@]}" -- bash -c "$2"
}
github life --comments 250 --expect-comments 1 -- \
  "$(comment red) && $(comment red) && $(comment worse) && $(comment worse) && $(comment green) && $(comment green)"
# One creation, two edits (worse, green), and nothing for what did not change.
edits=$(grep -cE '^ *"(POST|PATCH) .* 20[01]"' "$out/github-life.log" || true)
[[ $edits -eq 3 ]] || { echo "github-life: $edits writes, expected 3"; bad=1; }
github green --comments 40 --expect-comments 0 -- "$(comment green)"
github delete --expect-comments 0 -- "$(comment red) && $(comment green '--when-green delete')"
github long --expect-comments 1 -- "$(comment many)"
github hostile --expect-comments 1 -- "$(comment hostile) && $(comment hostile)"
github jobs --expect-comments 2 -- "$(comment red '--job a') & $(comment red '--job b') & wait"
github race --comments 120 --expect-comments 1 -- \
  "$(comment red) & $(comment red) & $(comment red) & $(comment red) & wait"
for failure in 1:429 1:403 1:500 2:403 2:429 2:502 3:503; do
  github "fail-${failure/:/-}" --expect-comments 1 --fail "$failure" -- "$(comment red)"
done
export GITHUB_STEP_SUMMARY=$out/summary.md
: >"$GITHUB_STEP_SUMMARY"
github readonly --readonly --expect-comments 0 -- "rc=0; $(comment red) || rc=\$?; [ \$rc -eq 5 ] &&
  $(comment red | sed 's/ --strict-delivery//')"
good summary node "$tools/github-text.mjs" --summary "$out/summary.md"
grep -q '### ❌ budgetcheck' "$out/summary.md" || { echo "readonly: nothing in the summary"; bad=1; }
unset GITHUB_STEP_SUMMARY

good prism env PORT="$(port)" GITHUB_TOKEN=ghs_fake GITHUB_REPOSITORY=o/r bash "$tools/prism-github.sh" bash -c \
  "$(comment red) && { $(comment of_head "--app shop --head-sha $(printf 'a%.0s' {1..40})"); [ \$? -eq 5 ]; }"
unset GITHUB_ACTIONS GITHUB_JOB

# --- GitLab ---
gitlab() {
  local name=$1 options=()
  shift
  while [[ $1 != -- ]]; do options+=("$1") && shift; done
  good "gitlab-$name" env GITLAB_CI=true CI_JOB_NAME=ci node "$tools/fake-gitlab.mjs" --port "$(port)" "${options[@]}" -- \
    bash -c "$2"
}
note() { comment "$@" | sed 's/ --pull-request 1//'; }
gitlab life --notes 250 --expect-notes 1 -- "$(note red) && $(note red) && $(note worse) && $(note green)"
gitlab hostile --expect-notes 1 -- "$(note hostile) && $(note many '--job other') && $(note green '--job other --when-green delete')"
gitlab forbidden --job-token-only --expect-notes 0 -- "rc=0; $(note red) || rc=\$?; [ \$rc -eq 5 ]"

# --- files that people take ---
git init --quiet "$work/clone"
(cd "$work/clone" && "$program" hook install >/dev/null)
good files node "$tools/ci-files.mjs" --kind shell "$work/clone/.git/hooks/pre-push" --kind pre-commit-hooks .pre-commit-hooks.yaml
if [[ -e action.yml ]]; then
  good action node "$tools/ci-files.mjs" --kind action "$root/action.yml"
fi

echo "$passed checks passed"
exit "$bad"
