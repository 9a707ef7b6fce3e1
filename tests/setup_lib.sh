# shellcheck shell=bash
# What the setup scripts of tests with real programs share. Exit code 75 (cannot): something cannot be had on this machine, which
# says nothing about budgetcheck.

cannot() {
  echo "CANNOT RUN: $1"
  exit 75
}

has_postgresql() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null
}

# install_packages NAME...: Debian packages, without the servers that they would start: the tests' own are private ones.
install_packages() {
  [[ $# -gt 0 ]] || return 0
  [[ $(id -u) -eq 0 ]] || cannot "not installed: $*"
  if [[ ! -e /usr/sbin/policy-rc.d ]]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } ||
    cannot "apt has no $*"
}

need_node() {
  local tool
  for tool in node npm; do
    command -v "$tool" >/dev/null || cannot "no $tool"
  done
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    cannot "Prisma 7 needs node 20.19 or later, this is $(node --version)"
}

# install_from_npm FROM FOLDER [COMMAND...]: what FROM's lock file names, into FOLDER; COMMAND runs there afterwards. What is installed is
# reused as long as the lock file stays the same. No script of a package runs.
install_from_npm() {
  local from=$1 folder=$2
  shift 2
  if cmp -s "$from/package-lock.json" "$folder/package-lock.json" && [[ -e $folder/installed ]]; then
    return 0
  fi
  rm -f "$folder/installed"
  cp "$from/package.json" "$from/package-lock.json" "$folder"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) || cannot "npm could not install the packages"
  [[ $# -eq 0 ]] || (cd "$folder" && "$@")
  touch "$folder/installed"
}
