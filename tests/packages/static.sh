#!/usr/bin/env bash
# static.sh PROGRAM [SUITE...]: runs the static program where nothing else is: in an empty root, in one with busybox only
# (which stands for Alpine: musl's system has no library that the program could want), and in each named SUITE of Debian or
# Ubuntu, made by debootstrap (bullseye, jammy, noble). Needs root for chroot.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source=$PWD
program=$(realpath "$1")
shift
fail() { echo "FAILED: $1" >&2 && exit 1; }
[[ $(id -u) -eq 0 ]] || { echo "CANNOT RUN: chroot needs root" >&2 && exit 75; }

# --- what the file is ---
readelf -l "$program" | grep -q INTERP && fail "it asks for a dynamic loader"
readelf -d "$program" | grep -q NEEDED && fail "it needs shared libraries"
grep -qaF "$source" "$program" && fail "it names the folder that it was built in"
# glibc looks up names and users through libraries that it loads when it runs; a static program must not come to that.
grep -qaF /etc/nsswitch.conf "$program" && fail "name lookups are linked in"
echo "static, $(stat -c %s "$program") bytes"

chroot=$(command -v chroot || echo /usr/sbin/chroot)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# --- a repository whose main branch has stored results ---
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t \
  GIT_COMMITTER_EMAIL=t@example.org
git init -q --bare -b main "$work/server.git"
git clone -q "$work/server.git" "$work/repository" 2>/dev/null
(
  cd "$work/repository"
  git checkout -q -b main
  printf '{"version":1,"samples":[{"metric":"bundle.gzip","where":{"entry":"main"},"unit":"B","value":1000}]}\n' >head.json
  printf 'version: 1\nproject: shop\ninputs: [head.json]\nbudgets:\n  - { metric: bundle.gzip, max: 9 kB, max_increase: 10 B }\n' \
    >budgets.yml
  git add . && git commit -q -m base && git push -q origin main
  "$program" check --base none --output json=../results.json
  "$program" baseline push ../results.json
  sed -i 's/1000/2000/' head.json && git commit -q -a -m grown
) >"$work/out" 2>&1
git -C "$work/server.git" rev-parse -q --verify refs/notes/budgetcheck >/dev/null ||
  { cat "$work/out" >&2 && fail "the results were not stored"; }

try() { # NAME ROOT: the demo and a comparison with the base, in that root
  local name=$1 root=$2 rc=0
  mkdir -p "$root/project" "$root/tmp"
  cp "$program" "$root/budgetcheck"
  cp -r fixtures/shop "$root/project/shop"
  cp -r "$work/repository" "$root/project/repository"
  run_in "$root" /budgetcheck --version >"$work/out" || fail "$name: it does not start"
  run_in "$root" /budgetcheck check --budgets /project/shop/budgets.yml --base none --output text \
    --output json=/project/results.json >"$work/out" 2>&1 || rc=$?
  [[ $rc -eq 1 ]] && grep -q '^FAILED: ' "$work/out" || { tail "$work/out" >&2 && fail "$name: the shop exits with $rc, not 1"; }
  rc=0
  run_in "$root" /budgetcheck check /project/repository/head.json --budgets /project/repository/budgets.yml --no-fetch \
    >"$work/out" 2>&1 || rc=$?
  [[ $rc -eq 1 || $rc -eq 0 ]] || { tail "$work/out" >&2 && fail "$name: exit $rc"; }
  rc=0
  run_in "$root" /budgetcheck check --budgets project/repository/budgets.yml --base none >/dev/null || rc=$?
  [[ $rc -eq 0 ]] || fail "$name: within its limit it exits with $rc"
  echo "$name: runs"
}
run_in() { # with lines so wide that no text that is looked for is broken
  local root=$1
  shift
  env -i PATH=/bin:/usr/bin COLUMNS=1000 "$chroot" "$root" "$@"
}

try "empty root" "$work/empty"
# libgit2 finds the base of the working directory by itself: the root is the repository.
cp -r "$work/repository/." "$work/empty/"
rc=0
run_in "$work/empty" /budgetcheck check --base "$(git -C "$work/repository" rev-parse HEAD^)" --no-fetch >"$work/out" 2>&1 || rc=$?
[[ $rc -eq 1 ]] && grep -q 'more than the allowed 10 B' "$work/out" ||
  { cat "$work/out" >&2 && fail "empty root: the base's stored results were not read (exit $rc)"; }
echo "empty root: reads the base's stored results without git"

if [[ -x /bin/busybox ]] && ! ldd /bin/busybox >/dev/null 2>&1; then
  mkdir -p "$work/busybox/bin"
  cp /bin/busybox "$work/busybox/bin/"
  "$chroot" "$work/busybox" /bin/busybox --install -s /bin
  try "busybox" "$work/busybox"
  run_in "$work/busybox" /bin/sh -c '/budgetcheck --version | grep -q budgetcheck' || fail "busybox: not from its shell"
else
  echo "busybox: not tried, busybox-static is not installed"
fi

for suite in "$@"; do
  mirror=http://deb.debian.org/debian keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  case $suite in
    focal | jammy | noble) mirror=http://archive.ubuntu.com/ubuntu keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg ;;
  esac
  check=(--keyring="$keyring")
  [[ -f $keyring ]] || check=(--no-check-gpg) # nothing of it is kept
  script=()
  [[ -e /usr/share/debootstrap/scripts/$suite ]] || script=(/usr/share/debootstrap/scripts/gutsy)
  if debootstrap --variant=minbase "${check[@]}" "$suite" "$work/$suite" "$mirror" "${script[@]}" >"$work/log" 2>&1; then
    try "$suite ($(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' "$work/$suite/etc/os-release"))" "$work/$suite"
  else
    tail -n 3 "$work/log"
    echo "$suite: not tried, debootstrap could not make it"
  fi
done

# --- start-up, the best of 20 ---
python3 - "$program" <<'PY'
import subprocess, sys, time
best = 1e9
for _ in range(20):
    start = time.perf_counter()
    subprocess.run([sys.argv[1], "--version"], stdout=subprocess.DEVNULL, check=True)
    best = min(best, time.perf_counter() - start)
print(f"start-up with --version: {best * 1000:.1f} ms")
PY
