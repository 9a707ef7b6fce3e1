#!/usr/bin/env bash
# The static program in an empty root, the package for Debian, the packages for npm. The objects are those of the release.
# limit: 25
# needs: 9
# tools: dpkg-source=dpkg-dev busybox=busybox-static
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tools/static/build.sh --build build/release || exit $? # 75 when the network or a tool is missing
tests/packages/static.sh build/dist/budgetcheck-linux-x64
if [[ ${CI_SECONDS_LEFT:-9999} -gt 1500 ]]; then # it compiles all of it a second time
  tests/packages/reproducible.sh build/release
else
  shortened "nothing was compiled again to compare: too little time was left"
fi
tests/packages/deb.sh build/release
if command -v npm >/dev/null; then
  python3 tests/packages/npm.py build/dist
else
  shortened "its npm packages were not tried: no npm"
fi
