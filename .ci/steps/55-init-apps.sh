#!/usr/bin/env bash
# The first minute of a new user, on fresh apps of Vite, Next.js and webpack; ctest has recorded builds of other frameworks.
# limit: 8
# needs: 2
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need_program
apps=()
if ! changed src/cli/init src/collect/bundle tests/e2e/init_apps.py; then
  apps=("$(printf '%s\n' vite next webpack | sample 1)")
  shortened "${apps[0]} alone, as neither init nor the bundle readers changed"
fi
python3 tests/e2e/init_apps.py "$program" "$ci/apps" "${apps[@]}"
