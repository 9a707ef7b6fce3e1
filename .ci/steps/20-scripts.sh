#!/usr/bin/env bash
# All scripts pass shellcheck.
# limit: 4
# tools: shellcheck
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
git ls-files -z '*.sh' .ci/run tools/ccache | xargs -0 shellcheck --severity=warning
