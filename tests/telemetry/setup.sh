#!/usr/bin/env bash
# Installs what tests/telemetry needs: PostgreSQL by apt (as root), the instrumented programs' packages by npm into FOLDER (default:
# build/telemetry). Exit code 75: something cannot be had here, which says nothing about the program.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../setup_lib.sh"
folder=${1:-$here/../../build/telemetry}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

has_postgresql || install_packages postgresql
need_node
install_from_npm "$here" "$folder"
