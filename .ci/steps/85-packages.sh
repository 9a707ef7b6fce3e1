#!/usr/bin/env bash
# The static program in an empty root, the package for Debian, the packages for npm. The objects are those of the release.
# limit: 12
# needs: 4
# tools: dpkg-source=dpkg-dev busybox=busybox-static
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
tools/static/build.sh --build build/release || exit $? # 75 when the network or a tool is missing
tests/packages/static.sh build/dist/budgetcheck-linux-x64
if changed cmake CMakeLists.txt src/CMakeLists.txt tools/static packages.txt || [[ ${CI_SECONDS_LEFT:-9999} -gt 1200 ]]; then
  tests/packages/reproducible.sh build/release
else
  shortened "nothing was compiled again to compare, as the build did not change"
fi
tests/packages/deb.sh build/release
if command -v npm >/dev/null; then
  python3 tests/packages/npm.py build/dist
else
  shortened "its npm packages were not tried: no npm"
fi
