#!/usr/bin/env bash
# Installs what tests/telemetry needs: PostgreSQL by apt (as root), the instrumented programs' packages by npm into FOLDER (default:
# build/telemetry). Exit code 75: something cannot be had here, which says nothing about the program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:-$here/../../build/telemetry}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

cannot() {
  echo "CANNOT RUN: $1"
  exit 75
}

if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && ! command -v initdb >/dev/null; then
  [[ $(id -u) -eq 0 ]] || cannot "not installed: postgresql"
  # The package would start a server of its own; ours is a private one.
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends postgresql >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } ||
    cannot "apt has no postgresql"
fi

for tool in node npm; do
  command -v "$tool" >/dev/null || cannot "no $tool"
done
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  cannot "Prisma 7 needs node 20.19 or later, this is $(node --version)"

# What is installed is reused as long as the lock file stays the same. No script of a package runs.
if ! cmp -s "$here/package-lock.json" "$folder/package-lock.json" || [[ ! -e $folder/installed ]]; then
  rm -f "$folder/installed"
  cp "$here/package.json" "$here/package-lock.json" "$folder"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || cannot "npm could not install the packages"
  touch "$folder/installed"
fi
