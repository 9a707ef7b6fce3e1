#!/usr/bin/env bash
# run.sh BUILD SECONDS [TARGET...]: every libFuzzer target of BUILD for SECONDS each, as many at a time as there are cores.
# Prints one line for each; keeps what broke one in BUILD/fuzz-findings; exit 1 when one broke or there is none.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1")
export here build seconds=$2
shift 2
if [[ $# -eq 0 ]]; then
  for program in "$build"/tests/fuzz/fuzz_*; do
    if [[ -f $program && -x $program ]]; then
      set -- "$@" "$(basename "$program" | sed s/^fuzz_//)"
    fi
  done
fi
if [[ $# -eq 0 ]]; then
  echo "fuzz: no targets in $build: was it built with clang?" >&2
  exit 1
fi
python3 "$here/seeds.py" "$build/fuzz-seeds"

one() {
  local name=$1 dict=json rc=0
  case $name in
    sql_shape | statement) dict=sql ;;
    prisma_schema) dict=prisma ;;
    budgets | json_document) dict=yaml ;;
  esac
  local findings=$build/fuzz-findings/$name corpus=$build/fuzz-corpus/$name log=$build/fuzz-corpus/$name.log
  mkdir -p "$findings" "$corpus" "$build/fuzz-seeds/$name"
  "$build/tests/fuzz/fuzz_$name" "$corpus" "$build/fuzz-seeds/$name" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -malloc_limit_mb=1024 -max_len=65536 -dict="$here/dict/$dict.dict" -print_final_stats=1 \
    -artifact_prefix="$findings/" >"$log" 2>&1 || rc=$?
  local runs
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  if [[ $rc -ne 0 ]]; then
    printf 'fuzz: %-22s BROKEN, see %s\n' "$name" "$findings"
    tail -n 40 "$log" >&2
    return 1
  fi
  printf 'fuzz: %-22s %s runs\n' "$name" "${runs:-?}"
}
export -f one
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} bash -c 'one {}' || {
  echo "fuzz: at least one target broke" >&2
  exit 1
}
