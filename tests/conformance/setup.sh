#!/usr/bin/env bash
# Installs what the conformance harness needs: the databases by apt (as root), Prisma by npm into FOLDER (default:
# build/conformance). Exit code 75: something cannot be had here, which says nothing about the program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-$here/../../build/conformance}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

cannot() {
  echo "CANNOT RUN: $1"
  exit 75
}

missing=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || missing+=(postgresql)
command -v mariadbd >/dev/null || [[ -x /usr/sbin/mariadbd ]] || missing+=(mariadb-server)
command -v psql >/dev/null || missing+=(postgresql-client)
command -v mariadb >/dev/null || missing+=(mariadb-client)
if [[ ${#missing[@]} -gt 0 ]]; then
  [[ $(id -u) -eq 0 ]] || cannot "not installed: ${missing[*]}"
  # The packages would start servers of their own; ours are private ones.
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } ||
    cannot "apt has no ${missing[*]}"
fi

for tool in node npm; do
  command -v "$tool" >/dev/null || cannot "no $tool"
done
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  cannot "Prisma 7 needs node 20.19 or later, this is $(node --version)"

# What is installed is reused as long as the lock file stays the same.
if ! cmp -s "$here/package-lock.json" "$folder/package-lock.json" || [[ ! -e $folder/installed ]]; then
  rm -f "$folder/installed"
  cp "$here/package.json" "$here/package-lock.json" "$folder"
  # No script of a package runs, but for the one that builds the SQLite addon: no ready-made addon can be downloaded.
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || cannot "npm could not install the packages"
  (cd "$folder" && npm rebuild better-sqlite3 --loglevel=error >"$folder/rebuild.log" 2>&1) ||
    { tail -n 20 "$folder/rebuild.log"; cannot "better-sqlite3 could not be built (g++, make and python3 are needed)"; }
  touch "$folder/installed"
fi
