#!/usr/bin/env bash
# pack.sh DIST [OUT]: makes the npm packages from the static programs budgetcheck-linux-* in the folder DIST (those of
# tools/static/build.sh) into OUT (default: DIST/npm). A platform without a program is left out, which is said; publishing the
# launcher needs all of them. BUDGETCHECK_REPOSITORY, https://HOST/OWNER/NAME, becomes their repository: npm's provenance wants to
# find it there.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dist=$(realpath "$1")
out=$(realpath -m "${2:-$dist/npm}")
command -v npm >/dev/null || { echo "CANNOT RUN: npm is missing" >&2 && exit 75; }
version=$(sed -n 's/^project(budgetcheck VERSION \([0-9.]*\).*/\1/p' "$here/../CMakeLists.txt")
[[ -n $version ]] || { echo "CMakeLists.txt names no version" >&2 && exit 1; }
[[ ${BUDGETCHECK_REPOSITORY:-https://x/x/x} =~ ^https://[A-Za-z0-9.:-]+/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$ ]] ||
  { echo "BUDGETCHECK_REPOSITORY: '$BUDGETCHECK_REPOSITORY' is not https://HOST/OWNER/NAME" >&2 && exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$out"
mkdir -p "$out"

pack() { # FOLDER; versions of the package and of its platform packages are one
  sed -i "s/\"0\.0\.0\"/\"$version\"/" "$1/package.json"
  if [[ -n ${BUDGETCHECK_REPOSITORY:-} ]]; then
    sed -i "s#^  \"license\":.*#&\n  \"repository\": {\"type\": \"git\", \"url\": \"git+$BUDGETCHECK_REPOSITORY.git\"},#" "$1/package.json"
  fi
  cp "$here/../LICENSE" "$1/"
  # One time for all files, so that the same program makes the same package.
  find "$1" -exec touch --no-dereference --date=@"${SOURCE_DATE_EPOCH:-0}" {} +
  (cd "$1" && npm pack --silent --pack-destination "$out")
}

packed=0
for arch in x64 arm64; do
  program=$dist/budgetcheck-linux-$arch
  if [[ ! -f $program ]]; then
    echo "no $program: @budgetcheck/linux-$arch is left out" >&2
    continue
  fi
  folder=$work/linux-$arch
  mkdir -p "$folder/bin"
  sed "s/ARCH/$arch/g" "$here/platform/package.json" >"$folder/package.json"
  install -m 755 "$program" "$folder/bin/budgetcheck"
  pack "$folder"
  packed=$((packed + 1))
done
[[ $packed -gt 0 ]] || { echo "there is no program in $dist" >&2 && exit 1; }
cp -r "$here/budgetcheck" "$work/launcher"
mkdir "$work/launcher/schemas"
cp "$here/../schemas/"*.json "$work/launcher/schemas/"
pack "$work/launcher"
