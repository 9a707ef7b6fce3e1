#!/usr/bin/env bash
# Installs what tests/queues needs: PostgreSQL and Redis by apt (as root), BullMQ and pg-boss by npm into FOLDER (default:
# build/queues). Exit code 75: something cannot be had here, which says nothing about the program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../setup_lib.sh"
folder=${1:-$here/../../build/queues}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

missing=()
has_postgresql || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
install_packages "${missing[@]}"
need_node
install_from_npm "$here" "$folder"
