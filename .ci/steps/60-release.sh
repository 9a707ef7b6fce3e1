#!/usr/bin/env bash
# Builds what is shipped and runs the demo on it.
# limit: 15
# needs: 7
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
make demo
