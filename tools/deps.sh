#!/usr/bin/env bash
# deps.sh [GROUP...]: installs the packages of packages.txt that are missing. Asks apt only when one is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted=()
while read -r name group _; do
  if [[ -z $name || $name == \#* ]]; then
    continue
  fi
  if [[ -z $group || " $* " == *" $group "* ]]; then
    wanted+=("$name")
  fi
done <packages.txt

if ! command -v dpkg-query >/dev/null; then
  echo "make deps supports Debian and Ubuntu only. On another system install what corresponds to these packages, then run" >&2
  echo "make with DEPS=skip: ${wanted[*]}" >&2
  exit 1
fi

missing=()
for name in "${wanted[@]}"; do
  # Only "installed" counts: a removed package may leave its configuration behind.
  if [[ $(dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | head -n 1) != installed ]]; then
    missing+=("$name")
  fi
done
if [[ ${#missing[@]} -eq 0 ]]; then
  exit 0
fi

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "these packages are missing, and there is no sudo to install them:" >&2
    echo "  ${missing[*]}" >&2
    echo "as root, run: apt-get update && apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "installing: ${missing[*]}" >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
