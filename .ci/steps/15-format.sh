#!/usr/bin/env bash
# clang-format has nothing to change.
# limit: 4
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
make format-check
