# What the steps share; each begins with: source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck shell=bash disable=SC2034
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD shared=${BUDGETCHECK_SHARED:-$PWD/../shared} ci=$PWD/build/ci program=$PWD/build/dev/src/budgetcheck
seed=${CI_SEED:-0}
mkdir -p "$ci"

cannot_run() {
  echo "CANNOT RUN: $1"
  exit 75
}

# For checks only; what the project needs is in packages.txt.
install_packages() {
  [[ $(id -u) -eq 0 ]] || cannot_run "not installed: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } ||
    cannot_run "could not be installed: $*"
}

# need_tools COMMAND[=PACKAGE]...
need_tools() {
  local tool missing=()
  for tool in "$@"; do
    command -v "${tool%%=*}" >/dev/null || missing+=("${tool#*=}")
  done
  [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
}

need_program() {
  [[ -x $program ]] || { echo "build/dev has no program: run .ci/steps/*-tests.sh or make dev first"; exit 1; }
}

# Prints the folder of the validators, which nobody here wrote.
validators() {
  [[ -x $shared/tools/install.sh ]] || return 75
  "$shared/tools/install.sh" "$ci/validators"
}
NO_VALIDATORS="no validators, BUDGETCHECK_SHARED names no folder that has them"

# The commit that this change starts from; nothing when it is not known.
base_commit() {
  local candidate base
  for candidate in ${CI_BASE:+"$CI_BASE"} origin/main origin/HEAD HEAD~1; do
    if base=$(git merge-base HEAD "$candidate" 2>/dev/null) && [[ $base != "$(git rev-parse HEAD)" ]]; then
      echo "$base"
      return
    fi
  done
}

# changed PATH...: something among them differs from the base, or the base is not known.
changed() {
  local base
  base=$(base_commit)
  [[ -z $base ]] || ! git diff --quiet "$base" -- "$@"
}

# sample N: N of the lines on standard input, which the seed chooses.
sample() {
  python3 -c 'import hashlib, sys
lines = [line for line in sys.stdin.read().split("\n") if line]
for line in sorted(lines, key=lambda line: hashlib.sha256((sys.argv[2] + line).encode()).hexdigest())[:int(sys.argv[1])]:
    print(line)' "$1" "$seed"
}

shortened() { echo "SHORTENED: $1"; }

# shellcheck disable=SC2046
need_tools $(sed -n 's/^# tools: *//p' "$0")
