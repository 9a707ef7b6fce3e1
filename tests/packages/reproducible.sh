#!/usr/bin/env bash
# reproducible.sh BUILD [--all]: compiles again, in a copy of the sources at another path and without a compiler cache, every
# tenth source of the build folder BUILD (--all: each of them), compares the objects byte by byte, and links the static program
# once more from there: it must be the same file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=$(realpath "$1")
every=10
[[ ${2:-} != --all ]] || every=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
libraries=$(sed -n 's/^BUDGETCHECK_STATIC:PATH=//p' "$build/CMakeCache.txt")
[[ -f $build/static/budgetcheck && -n $libraries ]] || { echo "$build has no static program: run tools/static/build.sh" >&2 && exit 2; }
mkdir -p "$work/another/place"
copy=$work/another/place/sources
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$(mkdir -p "$copy" && echo "$copy")"
export CCACHE_DISABLE=1 SOURCE_DATE_EPOCH=1
cmake --preset static -S "$copy" -B "$work/build" "-DBUDGETCHECK_STATIC=$libraries" >/dev/null
lib=src/CMakeFiles/budgetcheck_lib.dir
(cd "$build/$lib" && find . -name '*.cpp.o' -not -path './__/*' | sed 's#^\./##' | sort) >"$work/objects"
awk -v every="$every" 'NR % every == 1 || every == 1' "$work/objects" >"$work/chosen"
[[ -s $work/chosen ]] || { echo "no objects in $build" >&2 && exit 1; }
sed "s#^#$lib/#" "$work/chosen" | xargs -n 200 ninja -C "$work/build" -j "${JOBS:-$(nproc)}" >"$work/log" ||
  { tail -n 30 "$work/log" >&2 && exit 1; }
bad=0
while IFS= read -r object; do
  cmp "$build/$lib/$object" "$work/build/$lib/$object" || bad=1
done <"$work/chosen"
[[ $bad -eq 0 ]] || { echo "FAILED: objects differ" >&2 && exit 1; }
echo "$(wc -l <"$work/chosen") of $(wc -l <"$work/objects") objects, compiled at another path, are the same bytes"
if [[ $every -eq 1 ]]; then
  cmake --build "$work/build" --target budgetcheck_static -- -j "${JOBS:-$(nproc)}" >"$work/log"
  cmp "$build/static/budgetcheck" "$work/build/static/budgetcheck"
  echo "the whole program, built at another path, is the same file: $(sha256sum "$work/build/static/budgetcheck" | cut -d' ' -f1)"
fi
