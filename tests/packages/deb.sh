#!/usr/bin/env bash
# deb.sh BUILD: packs the .deb of a build folder that has the static program, installs it into a root of its own, runs it,
# removes it, and sees that nothing is left.
set -euo pipefail
build=$(realpath "$1")
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$(dirname "$0")" log -1 --format=%ct 2>/dev/null || echo 0)}
fail() { echo "FAILED: $1" >&2 && exit 1; }
for tool in cpack dpkg-deb dpkg; do
  command -v "$tool" >/dev/null || { echo "CANNOT RUN: $tool is missing" >&2 && exit 75; }
done
[[ $(id -u) -eq 0 ]] || { echo "CANNOT RUN: dpkg --root needs root" >&2 && exit 75; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$build" && cpack -G DEB -B "$work/packed" >"$work/log" 2>&1) || { cat "$work/log" >&2 && fail "cpack"; }
deb=$(find "$work/packed" -maxdepth 1 -name '*.deb')
[[ -f $deb ]] || fail "no package was made"
(cd "$build" && cpack -G DEB -B "$work/again" >"$work/log" 2>&1) || { cat "$work/log" >&2 && fail "cpack"; }
cmp "$deb" "$work/again/$(basename "$deb")" || fail "packed twice, it is two files"

dpkg-deb --info "$deb" | grep -E '^ (Package|Version|Architecture|Depends|Recommends|Installed-Size):'
! dpkg-deb --info "$deb" | grep -q '^ Depends:' || fail "the package of a static program needs nothing"
dpkg-deb --contents "$deb" >"$work/contents"
for path in usr/bin/budgetcheck usr/share/doc/budgetcheck/copyright usr/share/doc/budgetcheck/docs/index.md \
  usr/share/man/man1/budgetcheck.1; do
  grep -q " \./$path$" "$work/contents" || fail "$path is not in it"
done
! grep -v ' root/root ' "$work/contents" || fail "files of another owner"
grep -qE '^-rwxr-xr-x .* \./usr/bin/budgetcheck$' "$work/contents" || fail "the program's mode is not 755"

root=$work/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
touch "$root/var/lib/dpkg/status" "$root/var/lib/dpkg/available"
packaged() { (cd "$root" && find . -path ./var -prune -o -type f -print); }
dpkg --root="$root" --install "$deb" >/dev/null
[[ -n $(packaged) ]] || fail "nothing was installed"
"$root/usr/bin/budgetcheck" --version
chroot "$root" /usr/bin/budgetcheck explain 3 >/dev/null || fail "it does not run in its root"
dpkg --root="$root" --purge budgetcheck >/dev/null
[[ -z $(packaged) ]] || { packaged >&2 && fail "files are left behind"; }
echo "$(basename "$deb"): $(stat -c %s "$deb") bytes; installed, ran, removed"
