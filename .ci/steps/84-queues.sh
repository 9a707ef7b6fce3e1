#!/usr/bin/env bash
# Queues of BullMQ on Redis and of pg-boss on PostgreSQL run for a minute: growing and stalled ones are found, steady ones left alone.
# limit: 5
# needs: 3
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tests/queues/setup.sh build/queues || exit $? # 75 when the packages cannot be had
need_program
node tests/queues/run.mjs "$program" build/queues
