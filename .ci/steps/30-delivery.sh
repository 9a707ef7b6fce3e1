#!/usr/bin/env bash
# Comments, annotations, reports and hooks against servers and readers of those that take them.
# limit: 6
# needs: 2
# tools: node=nodejs npm shellcheck
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
tools=$(validators) || cannot_run "$NO_VALIDATORS"
tests/deliver/validators.sh "$tools" "$program" "$ci/delivery"
