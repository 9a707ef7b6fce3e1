#!/usr/bin/env bash
# clang-tidy on the sources that differ from the main branch and on those that include a changed header of their own room; when
# there are more than 60, the seed chooses.
# limit: 10
# needs: 5
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
make deps-checks
[[ -f build/dev/compile_commands.json ]] || { echo "build/dev is not configured: run make dev first" && exit 1; }
base=$(base_commit)
if [[ -z $base ]] || ! git diff --quiet "$base" -- .clang-tidy; then
  files=$(git ls-files 'src/*.cpp')
else
  headers=$(git diff --name-only --diff-filter=d "$base" -- 'src/*.h')
  files=$(git diff --name-only --diff-filter=d "$base" -- 'src/*.cpp'
    while read -r header; do
      [[ -z $header ]] || git grep -lF "#include \"${header#src/}\"" -- "$(dirname "$header")/*.cpp" || true
    done <<<"$headers")
  files=$(sort -u <<<"$files" | grep . || true)
fi
count=$(grep -c . <<<"$files" || true)
[[ $count -gt 0 ]] || { echo "no source changed since $base" && exit 0; }
if [[ $count -gt 60 ]]; then
  files=$(sample 60 <<<"$files")
  shortened "60 of $count sources"
fi
python3 tools/plain_compile_commands.py build/dev/compile_commands.json "$ci/tidy"
echo "clang-tidy on $(wc -l <<<"$files") of $count files"
xargs -n 4 -P "$(nproc)" clang-tidy -p "$ci/tidy" --quiet <<<"$files" 2>"$ci/tidy.err" || { tail -n 20 "$ci/tidy.err" && exit 1; }
