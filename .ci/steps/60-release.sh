#!/usr/bin/env bash
# Builds what is shipped and runs the demo on it.
# limit: 20
# needs: 14
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
make demo
