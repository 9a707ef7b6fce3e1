#!/usr/bin/env bash
# The thread sanitizer over what runs on several threads. Where that did not change, every third seed has it built; otherwise the
# same tests run again and again in the plain build.
# limit: 20
# needs: 6
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
if changed src/base src/json src/collect tests/unit/base || [[ $((16#$(sha256sum <<<"$seed" | cut -c1-4) % 3)) -eq 0 ]]; then
  if [[ ${CI_SECONDS_LEFT:-9999} -ge 1200 ]]; then
    make tsan
    exit
  fi
fi
need_program
# Other seeds than those of the tests, over logs in pieces.
python3 tests/property/split_and_merge.py "$program" --first $((16#$(sha256sum <<<"$seed" | cut -c1-6))) --seeds 40
shortened "threaded tests 20 times in the plain build, without the thread sanitizer"
make stress
