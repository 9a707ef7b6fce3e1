#!/usr/bin/env bash
# A real nginx with the limits that are generated accepts what the plans say, and the replay of its log says what it did.
# limit: 2
# needs: 2
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tests/limits/setup.sh || exit $? # 75 when nginx cannot be had
need_program
node tests/limits/run.mjs "$program" build/limits
