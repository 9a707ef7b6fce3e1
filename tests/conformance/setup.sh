#!/usr/bin/env bash
# Installs what the conformance harness needs: the databases by apt (as root), Prisma by npm into FOLDER (default:
# build/conformance). Exit code 75: something cannot be had here, which says nothing about the program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../setup_lib.sh"
folder=${1:-$here/../../build/conformance}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

missing=()
has_postgresql || missing+=(postgresql)
command -v mariadbd >/dev/null || [[ -x /usr/sbin/mariadbd ]] || missing+=(mariadb-server)
command -v psql >/dev/null || missing+=(postgresql-client)
command -v mariadb >/dev/null || missing+=(mariadb-client)
install_packages "${missing[@]}"
need_node

# The one script of a package that has to run: no ready-made addon can be downloaded.
build_sqlite() {
  npm rebuild better-sqlite3 --loglevel=error >rebuild.log 2>&1 ||
    { tail -n 20 rebuild.log; cannot "better-sqlite3 could not be built (g++, make and python3 are needed)"; }
}
install_from_npm "$here" "$folder" build_sqlite
