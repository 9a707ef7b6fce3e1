#!/usr/bin/env bash
# Builds with assertions and warnings as errors, and runs every test: units, goldens, cases, git, e2e, architecture, docs.
# limit: 52
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
make test
