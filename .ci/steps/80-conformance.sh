#!/usr/bin/env bash
# The query rules and the indexes they propose, on PostgreSQL, MariaDB and SQLite: all schemas when what reads queries changed,
# otherwise the one with most of the loops, so that a share says something, and one that the seed chooses.
# limit: 12
# needs: 7
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tests/conformance/setup.sh build/conformance || exit $? # 75 when the packages cannot be had
only=()
if ! changed src/query src/detect/query src/collect/query_log tests/conformance || [[ ${CI_SECONDS_LEFT:-9999} -lt 1200 ]]; then
  other=$(find tests/conformance/schemas -mindepth 1 -maxdepth 1 -type d -not -name helpdesk -printf '%f\n' | sample 1)
  only=(--only helpdesk --only "$other")
  shortened "the schemas helpdesk $other"
fi
make build
node tests/conformance/self_test.mjs
node tests/conformance/run.mjs build/release/src/budgetcheck "${only[@]}"
