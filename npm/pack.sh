#!/usr/bin/env bash
# pack.sh DIST [OUT]: makes the npm packages from the static programs budgetcheck-linux-* in the folder DIST (those of
# tools/static/build.sh) into OUT (default: DIST/npm). A platform without a program is left out, which is said; publishing the
# launcher needs all of them. BUDGETCHECK_REPOSITORY, https://HOST/OWNER/NAME, becomes their repository: npm's provenance wants to
# find it there.
# pack.sh --with PROGRAM [OUT]: one package that holds the launcher and this program (default OUT: build/npm), to try it in a project
# before a registry has it. Prints the line to paste and what the program runs on.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
with=""
if [[ ${1:?see the head of this file} == --with ]]; then
  with=$(realpath -m "${2:-}")
  [[ -f $with && -x $with ]] || { echo "${2:-} is no program: run make demo first" >&2 && exit 2; }
  out=$(realpath -m "${3:-$here/../build/npm}")
else
  dist=$(realpath "$1")
  out=$(realpath -m "${2:-$dist/npm}")
fi
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

launcher() { # the folder of the launcher, with the schemas
  cp -r "$here/budgetcheck" "$work/launcher"
  mkdir "$work/launcher/schemas"
  cp "$here/../schemas/"*.json "$work/launcher/schemas/"
}

if [[ -n $with ]]; then
  launcher
  case $(uname -m) in x86_64) arch=x64 ;; aarch64) arch=arm64 ;; *) echo "no package for $(uname -m)" >&2 && exit 1 ;; esac
  # The program lies inside, so that nothing is looked for in a registry.
  install -D -m 755 "$with" "$work/launcher/program/budgetcheck"
  strip "$work/launcher/program/budgetcheck" 2>/dev/null || true
  sed -i -e '/^  "optionalDependencies"/,/^  }/d' -e 's#"bin/", #"bin/", "program/", #' \
    -e "s#^  \"engines\": \(.*\),\$#  \"engines\": \1,\n  \"os\": [\"linux\"],\n  \"cpu\": [\"$arch\"]#" "$work/launcher/package.json"
  file=$out/$(pack "$work/launcher")
  runs="It runs on any Linux ($arch)."
  if grep -q NEEDED <<<"$(readelf -d "$with" 2>/dev/null)"; then
    runs="It runs on this machine, and where the same shared libraries are installed. One that runs on any Linux ($arch):
  tools/static/build.sh --build build/release && make npm-pack PROGRAM=build/dist/budgetcheck-linux-$arch"
  fi
  printf '%s\n' "Packed $with ($(du -h "$file" | cut -f1))." "$runs" "" "In a project with a package.json:" \
    "  npm install --save-dev $file" "  npx budgetcheck init" "  npx budgetcheck check"
  exit
fi

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
launcher
pack "$work/launcher"
