#!/usr/bin/env bash
# build.sh [--arch x64|arm64] [--build FOLDER] [--out FOLDER]: the program as one static file that runs on any Linux of that
# architecture, with its SHA256SUMS. On Debian 12, so that two builds of one commit give the same bytes.
#   --build FOLDER   a CMake folder whose objects are reused, such as build/release (default: build/static, build/static-arm64)
#   --out FOLDER     default: build/dist
# Exit code 75: a tool or the network is missing; nothing is wrong with the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
arch=x64 build="" out=$root/build/dist
while [[ $# -gt 0 ]]; do
  case $1 in
    --arch) arch=$2 ;;
    --build) build=$2 ;;
    --out) out=$2 ;;
    *) echo "unknown option $1; see the head of $0" >&2 && exit 2 ;;
  esac
  shift 2
done
export LC_ALL=C.UTF-8 TZ=UTC
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

settings=()
case $arch in
  x64)
    libraries=$root/build/static-libraries/native
    strip=strip readelf=readelf
    ;;
  arm64)
    command -v aarch64-linux-gnu-g++ >/dev/null ||
      { echo "CANNOT RUN: aarch64-linux-gnu-g++ is missing: apt-get install g++-aarch64-linux-gnu" >&2 && exit 75; }
    libraries=$root/build/static-libraries/arm64
    strip=aarch64-linux-gnu-strip readelf=aarch64-linux-gnu-readelf
    settings=("-DCMAKE_TOOLCHAIN_FILE=$root/tools/static/arm64.cmake" "-DBUDGETCHECK_STATIC=$libraries")
    ;;
  *) echo "--arch takes x64 or arm64, not '$arch'" >&2 && exit 2 ;;
esac
if [[ -z $build ]]; then
  build=build/static
  [[ $arch == x64 ]] || build=build/static-$arch
fi

tools/static/libraries.sh "$arch" "$libraries"
if [[ -f $build/CMakeCache.txt ]]; then # keeps the settings of that folder
  cmake -S . -B "$build" "-DBUDGETCHECK_STATIC=$libraries" >/dev/null
else
  cmake --preset static -B "$build" "${settings[@]}" >/dev/null
fi
cmake --build "$build" --target budgetcheck_static -- -j "${JOBS:-$(nproc)}"

name=budgetcheck-linux-$arch
mkdir -p "$out"
# Written beside and then renamed: a running old program keeps its file.
"$strip" --strip-all -o "$out/.$name" "$build/static/budgetcheck"
chmod 755 "$out/.$name"
mv "$out/.$name" "$out/$name"
if "$readelf" -d "$out/$name" | grep -q NEEDED || "$readelf" -l "$out/$name" | grep -q INTERP; then
  echo "$out/$name is not static" >&2
  exit 1
fi
(cd "$out" && sha256sum budgetcheck-linux-* >SHA256SUMS)
charts="without charts: npm could not be used"
[[ ! -s $build/charts.js ]] || charts="with charts"
headers=/dev/null # headers alone, which libraries.sh lists for arm64 only: there it downloads them
if [[ $arch == x64 ]]; then
  headers=$out/.headers
  dpkg-query -W -f '${Package} ${Version}\n' rapidjson-dev libexpected-dev >"$headers"
fi
{ sort -u "$libraries/VERSIONS" "$headers" && echo "HTML report $charts"; } >"$out/libraries-$arch.txt"
rm -f "$out/.headers"
[[ -s $build/charts.js ]] || echo "$0: the HTML report is $charts; a release should have them" >&2
printf '%s: %d bytes, sha256 %s\n' "$out/$name" "$(stat -c %s "$out/$name")" "$(sha256sum "$out/$name" | cut -d' ' -f1)"
