#!/usr/bin/env bash
# Installs what tests/limits needs: nginx by apt (as root), without starting it. Exit code 75: something cannot be had here, which says
# nothing about the program.
set -euo pipefail
source "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/../setup_lib.sh"

command -v node >/dev/null || cannot "no node"
command -v nginx >/dev/null || [[ -x /usr/sbin/nginx ]] || install_packages nginx-light
