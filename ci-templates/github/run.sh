#!/usr/bin/env bash
# run.sh install|check|comment|verdict: the steps of action.yml. Everything comes through the environment (BC_*, GITHUB_*):
# no input ever becomes part of a script. Only "verdict" answers with the exit code of the check; "check" writes it down.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=ci-templates/github/common.sh
. "$here/common.sh"

install() {
  local program=${BC_BINARY:-}
  if [[ -n $program ]]; then
    [[ -f $program && -x $program ]] || stop "binary: '$program' is not an executable file (relative to $PWD)"
    program=$(realpath "$program")
  else
    program=$(download)
  fi
  local version
  version=$("$program" --version) || stop "'$program' does not run here: is it for another system?"
  echo "$version ($program)"
  output binary "$program"
  [[ -z ${GITHUB_PATH:-} || $(basename "$program") != budgetcheck ]] || dirname "$program" >>"$GITHUB_PATH"
}

download() { # prints the path of the program; everything else goes to stderr
  local arch url folder name sum wanted=()
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) arch=x64 ;;
    Linux-aarch64 | Linux-arm64) arch=arm64 ;;
    *) stop "there is no binary for $(uname -s) on $(uname -m): run the job on Linux, or build it and set its path as binary:" ;;
  esac
  [[ ${BC_VERSION:-} =~ ^[0-9][0-9A-Za-z.+-]*$ ]] || stop "version: '${BC_VERSION:-}' is not a version such as 0.1.0"
  url=${BC_DOWNLOAD_URL:-}
  if [[ -z $url ]]; then
    [[ ${BC_ACTION_REPOSITORY:-} == */* ]] ||
      stop "this action was not taken from a repository, so it has no releases: set binary: or download-url:"
    url=${GITHUB_SERVER_URL:-https://github.com}/$BC_ACTION_REPOSITORY/releases/download/v$BC_VERSION
  fi
  [[ $url =~ ^(https|file):// ]] || stop "download-url: '$url' is neither https:// nor file://"
  name=budgetcheck-linux-$arch
  # Known before anything is downloaded: a sum that comes from where the program comes from proves nothing.
  read -r -d '' -a wanted <<<"${BC_SHA256:-$(expected_sum "$name")}" || true
  [[ ${#wanted[@]} -gt 0 ]] ||
    stop "this commit of the action holds no SHA-256 of $name $BC_VERSION: use the commit of a release, or set sha256: or binary:"
  for sum in "${wanted[@]}"; do
    [[ $sum =~ ^[0-9A-Fa-f]{64}$ ]] || stop "sha256: '$sum' is not 64 hexadecimal digits"
  done
  folder=${RUNNER_TEMP:-/tmp}/budgetcheck-$BC_VERSION
  mkdir -p "$folder"
  fetch "$url/$name" "$folder/budgetcheck.new"
  sum=$(sha256sum "$folder/budgetcheck.new" | cut -d' ' -f1)
  [[ " ${wanted[*],,} " == *" $sum "* ]] ||
    stop "$url/$name has the SHA-256 $sum, not ${wanted[*],,}: it is damaged or not the expected file, and was not run"
  chmod 755 "$folder/budgetcheck.new"
  mv "$folder/budgetcheck.new" "$folder/budgetcheck"
  echo "$folder/budgetcheck"
}

# What the commit of the action says: programs.sha256 beside action.yml.
expected_sum() { # NAME
  awk -v name="v$BC_VERSION/$1" '$2 == name {print $1}' "$here/../../programs.sha256" 2>/dev/null || true
}

check() {
  enter_working_directory
  local reports=${BC_REPORT_DIR:-budgetcheck-report} rc=0 argument
  [[ $reports != *[[:cntrl:]]* ]] || stop "report-dir: may not contain line breaks"
  mkdir -p "$reports" || stop "report-dir: '$reports' cannot be created"
  # What an earlier run left must not look like this one's.
  rm -f "$reports"/{results,rerun}.json "$reports"/budgetcheck.{sarif,junit.xml,html,md} "$reports"/{annotations,pull-request}.txt
  local arguments=(check --output text "--output=json=$reports/results.json" "--output=sarif=$reports/budgetcheck.sarif"
    "--output=junit=$reports/budgetcheck.junit.xml" "--output=markdown=$reports/budgetcheck.md"
    "--output=html=$reports/budgetcheck.html" "--output=rerun=$reports/rerun.json"
    "--output=github=$reports/annotations.txt")
  [[ -z ${BC_BUDGETS:-} ]] || arguments+=("--budgets=$BC_BUDGETS")
  [[ -z ${BC_APP:-} ]] || arguments+=("--app=$BC_APP")
  [[ -z ${BC_BASE:-} ]] || arguments+=("--base=$BC_BASE")
  case ${BC_REQUIRE_BASE:-false} in
    true) arguments+=(--require-base) ;;
    false) ;;
    *) stop "require-base: takes true or false, not '$BC_REQUIRE_BASE'" ;;
  esac
  [[ -z ${BC_FAIL_LEVEL:-} ]] || arguments+=("--fail-level=$BC_FAIL_LEVEL")
  while IFS= read -r argument; do
    argument=$(trimmed "$argument")
    [[ -z $argument ]] || arguments+=("$argument")
  done <<<"${BC_ARGS:-}"
  while IFS= read -r argument; do
    argument=$(trimmed "$argument")
    [[ $argument != -* ]] || argument=./$argument # a file, whatever its name looks like
    [[ -z $argument ]] || arguments+=("$argument")
  done <<<"${BC_INPUTS:-}"

  trust_checkout
  shielded "$BC_PROGRAM" "${arguments[@]}" || rc=$?
  [[ ! -s $reports/annotations.txt ]] || cat "$reports/annotations.txt"

  local outcome=error checks="" failures="" errors="" file=$reports/results.json counts
  if [[ -s $file ]]; then # a line of its own at the left margin: no text of an input can look like it
    outcome=$(sed -n 's/^"outcome": "\([a-z]*\)",\{0,1\}$/\1/p' "$file" | head -n 1)
    output results "$(from_workspace "$file")"
  fi
  if [[ -s $reports/budgetcheck.junit.xml ]]; then
    counts=$(grep -m 1 '^<testsuites ' "$reports/budgetcheck.junit.xml" || true)
    checks=$(sed -n 's/.* tests="\([0-9]*\)".*/\1/p' <<<"$counts")
    failures=$(sed -n 's/.* failures="\([0-9]*\)".*/\1/p' <<<"$counts")
    errors=$(sed -n 's/.* errors="\([0-9]*\)".*/\1/p' <<<"$counts")
    output junit "$(from_workspace "$reports/budgetcheck.junit.xml")"
  fi
  [[ ! -s $reports/budgetcheck.sarif ]] || output sarif "$(from_workspace "$reports/budgetcheck.sarif")"
  [[ ! -s $reports/budgetcheck.html ]] || output html "$(from_workspace "$reports/budgetcheck.html")"
  # Only a list that names something: a run that is inconclusive because an input is missing has nothing to measure again.
  ! grep -q '"budget":' "$reports/rerun.json" 2>/dev/null || output rerun "$(from_workspace "$reports/rerun.json")"
  [[ ! ${BC_PULL_REQUEST:-} =~ ^[1-9][0-9]*$ ]] || echo "$BC_PULL_REQUEST" >"$reports/pull-request.txt"
  output outcome "${outcome:-error}"
  output exit-code "$rc"
  output checks "$checks"
  output failures "$failures"
  output errors "$errors"
  output report-dir "$(from_workspace "$reports")"
  summarize "$reports/budgetcheck.md" "$rc"
  store_baseline "$file"
}

summarize() { # FILE EXIT
  [[ -n ${GITHUB_STEP_SUMMARY:-} ]] || return 0
  if [[ ! -s $1 ]]; then
    printf '### budgetcheck could not judge (exit %d)\n\nThe log of this step says why.\n' "$2" >>"$GITHUB_STEP_SUMMARY"
  elif [[ $(stat -c %s "$1") -gt 1000000 ]]; then # beyond 1 MiB the runner shows nothing at all
    printf '### budgetcheck (exit %d)\n\nThe report is too long for this page: see `%s` among the reports.\n' "$2" \
      "$(basename "$1")" >>"$GITHUB_STEP_SUMMARY"
  else
    { cat "$1" && echo; } >>"$GITHUB_STEP_SUMMARY"
  fi
}

store_baseline() { # RESULTS
  local wanted=${BC_BASELINE:-auto} rc=0
  case $wanted in
    true | false) ;;
    auto)
      wanted=false
      [[ ${GITHUB_EVENT_NAME:-} != push || -z ${BC_DEFAULT_BRANCH:-} || ${GITHUB_REF:-} != "refs/heads/$BC_DEFAULT_BRANCH" ]] ||
        wanted=true
      ;;
    *) stop "baseline: takes auto, true or false, not '$wanted'" ;;
  esac
  if [[ $wanted == false || ! -s $1 ]]; then
    output baseline skipped
    return 0
  fi
  local app=()
  [[ -z ${BC_APP:-} ]] || app=("--app=$BC_APP")
  shielded "$BC_PROGRAM" baseline push "$1" "${app[@]}" || rc=$?
  if [[ $rc -eq 0 ]]; then
    output baseline stored
  else
    output baseline refused
    annotate warning "the results were not stored for later comparisons (exit $rc): the job needs 'permissions: contents: write'; the log of this step has git's words"
  fi
}

comment() {
  [[ ${BC_WHEN_GREEN:-edit} =~ ^(edit|delete|hide)$ ]] ||
    stop "when-green: takes edit, delete or hide, not '$BC_WHEN_GREEN'"
  local file rc=0
  file=$(in_workspace "$BC_RESULTS")
  trust_checkout
  # The page of the run already shows the report; the program need not write it there again.
  GITHUB_STEP_SUMMARY=${RUNNER_TEMP:-/tmp}/budgetcheck-not-delivered.md shielded "$BC_PROGRAM" comment "$file" \
    "--job=${BC_COMMENT_NAME:-default}" "--when-green=${BC_WHEN_GREEN:-edit}" --strict-delivery || rc=$?
  if [[ $rc -ne 0 ]]; then
    annotate notice "the comment was not written (exit $rc), the summary of this run has the same report: a fork's pull request needs the two workflows of docs/github.md, another one 'permissions: pull-requests: write'"
  fi
}

verdict() {
  local rc=${BC_EXIT_CODE:-}
  [[ $rc =~ ^[0-9]+$ ]] || stop "the check did not run to its end: the log of the step 'Judge' says why" # never a silent pass
  if [[ $rc -eq 0 && ${BC_BASELINE_MODE:-auto} == true && ${BC_BASELINE:-} != stored ]]; then
    stop "baseline: true was asked for, and the results are not stored" 5
  fi
  [[ $rc -eq 0 ]] || echo "budgetcheck: ${BC_OUTCOME:-error}, exit code $rc (budgetcheck explain $rc says what that means)"
  exit "$rc"
}

case ${1:-} in
  install | check | comment | verdict) "$1" ;;
  *) stop "run.sh takes install, check, comment or verdict" 2 ;;
esac
