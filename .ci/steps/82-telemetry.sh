#!/usr/bin/env bash
# Programs with OpenTelemetry, Prisma on PostgreSQL and pino run, and what is said of their traces and logs is what they did.
# limit: 5
# needs: 3
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tests/telemetry/setup.sh build/telemetry || exit $? # 75 when the packages cannot be had
need_program
node tests/telemetry/self_test.mjs
node tests/telemetry/run.mjs "$program" build/telemetry
