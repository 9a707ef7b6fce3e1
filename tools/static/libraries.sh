#!/usr/bin/env bash
# libraries.sh x64|arm64 FOLDER: fills FOLDER with the static libraries of the program, and does nothing when that is done.
#
# libgit2, http-parser (a part of it) and tinyxml2 are built from Debian's source packages: Debian has no archive of
# tinyxml2, and its libgit2.a needs Kerberos, TLS and SSH libraries that have none. Ours has no TLS, no SSH and no
# negotiation: the program fetches and pushes with git itself. Upstream's tarballs are pinned in sources.txt, Debian's
# patches come with Debian's signature. libfmt.a is made from fmt.cc and the headers of libfmt-dev, which has no archive. The
# other libraries have archives in the system's -dev packages, which for arm64 are unpacked into FOLDER, so that the machine
# stays as it is.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
arch=$1
prefix=$(realpath -m "$2")
cannot_run() {
  echo "CANNOT RUN: $1" >&2
  exit 75
}

# What exists was built by these files, or is built again.
made_by=$(cat "$here/libraries.sh" "$here/sources.txt" "$here/no_lookups.c" "$here/fmt.cc" | sha256sum | cut -d' ' -f1)
if [[ -f $prefix/made-by && $(cat "$prefix/made-by") == "$made_by" ]]; then
  exit 0
fi
grep -q '^VERSION_CODENAME=bookworm' /etc/os-release || cannot_run "the static build is for Debian 12 (bookworm)"
for tool in dpkg-source cmake gcc apt-get; do
  command -v "$tool" >/dev/null || cannot_run "$tool is missing: apt-get install dpkg-dev cmake gcc"
done

work=$prefix.work
rm -rf "$prefix" "$work"
mkdir -p "$prefix/lib/pkgconfig" "$prefix/include" "$work"

# --- apt with its own lists: no deb-src line, no foreign architecture on this machine, no root needed ---
debian_arch=amd64
[[ $arch != arm64 ]] || debian_arch=arm64
signed='[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]'
mirror=${DEBIAN_MIRROR:-http://deb.debian.org}
for kind in deb deb-src; do
  printf '%s %s %s\n' "$kind" "$signed" "$mirror/debian bookworm main" \
    "$kind" "$signed" "$mirror/debian bookworm-updates main" \
    "$kind" "$signed" "$mirror/debian-security bookworm-security main"
done >"$work/sources.list"
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
: >"$work/state/status"
private_apt() {
  apt-get -qq -o "APT::Architecture=$debian_arch" -o "APT::Architectures::=$debian_arch" \
    -o "Dir::State=$work/state" -o "Dir::State::status=$work/state/status" -o "Dir::Cache=$work/cache" \
    -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o APT::Sandbox::User=root "$@"
}
private_apt update >"$work/apt.log" 2>&1 || { cat "$work/apt.log" >&2 && cannot_run "$mirror cannot be reached"; }

# --- sources ---
cd "$work"
while read -r package tarball sum; do
  [[ -n $package && $package != \#* ]] || continue
  # A mirror may list an update that it no longer has; the release itself is always there.
  private_apt source --download-only "$package" >>apt.log 2>&1 || private_apt source --download-only "$package/bookworm" \
    >>apt.log 2>&1 || { cat apt.log >&2 && cannot_run "no source of $package"; }
  echo "$sum  $tarball" | sha256sum --check --status || { echo "$tarball is not what sources.txt names" >&2 && exit 1; }
  dpkg-source --no-check -x "$package"_*.dsc "$package" >>apt.log
  printf '%s %s (source)\n' "$package" "$(sed -n 's/^Version: //p' "$package"_*.dsc | head -n 1)" >>"$prefix/VERSIONS"
done <"$here/sources.txt"

cc=gcc cxx=g++ cross=()
if [[ $arch == arm64 ]]; then
  cc=aarch64-linux-gnu-gcc cxx=aarch64-linux-gnu-g++
  cross=(-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64)
  # Archives and headers of the other libraries.
  packages=(libre2-dev libbrotli-dev libyaml-cpp-dev libboost-program-options1.74-dev libboost1.74-dev libxxhash-dev
    zlib1g-dev rapidjson-dev libexpected-dev libfmt-dev)
  (cd cache/archives && private_apt download "${packages[@]}" >>"$work/apt.log" 2>&1) || cannot_run "no packages for arm64"
  for deb in cache/archives/*.deb; do
    dpkg-deb -x "$deb" unpacked
    dpkg-deb -f "$deb" Package Version | sed -n 's/^[A-Za-z]*: //p' | paste -sd' ' >>"$prefix/VERSIONS"
  done
  cp -r unpacked/usr/include/. "$prefix/include/"
  [[ ! -d $prefix/include/aarch64-linux-gnu ]] || cp -r "$prefix/include/aarch64-linux-gnu/." "$prefix/include/"
  cp unpacked/usr/lib/aarch64-linux-gnu/*.a "$prefix/lib/"
  while IFS= read -r file; do
    sed -e "s#^prefix=.*#prefix=$prefix#; s#^libdir=.*#libdir=$prefix/lib#; s#^includedir=.*#includedir=$prefix/include#" \
      "$file" >"$prefix/lib/pkgconfig/$(basename "$file")"
  done < <(find unpacked -name '*.pc')
else
  for package in libre2-dev libbrotli-dev libyaml-cpp-dev libboost-program-options-dev libxxhash-dev libfmt-dev zlib1g-dev \
    libc6-dev g++; do
    dpkg-query -W -f '${Package} ${Version}\n' "$package" >>"$prefix/VERSIONS" || cannot_run "$package is not installed"
  done
fi

flags=(-O2 -DNDEBUG -fPIE -ffunction-sections -fdata-sections "-ffile-prefix-map=$work=.")
"$cc" "${flags[@]}" -c http-parser/http_parser.c -o http_parser.o
"${cc%gcc}ar" rcsD "$prefix/lib/libhttp_parser.a" http_parser.o
cp http-parser/http_parser.h "$prefix/include/"

"$cxx" "${flags[@]}" -std=c++11 -c tinyxml2/tinyxml2.cpp -o tinyxml2.o
"${cc%gcc}ar" rcsD "$prefix/lib/libtinyxml2.a" tinyxml2.o
cp tinyxml2/tinyxml2.h "$prefix/include/"

"$cxx" "${flags[@]}" -std=c++17 "-I$prefix/include" -c "$here/fmt.cc" -o fmt.o
"${cc%gcc}ar" rcsD "$prefix/lib/libfmt.a" fmt.o

cmake -S libgit2 -B libgit2-build -G Ninja "${cross[@]}" -DCMAKE_C_COMPILER="$cc" -DCMAKE_BUILD_TYPE=None \
  "-DCMAKE_C_FLAGS=${flags[*]}" "-DCMAKE_INSTALL_PREFIX=$prefix" -DCMAKE_INSTALL_LIBDIR=lib "-DCMAKE_PREFIX_PATH=$prefix" \
  -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTS=OFF -DBUILD_CLI=OFF -DENABLE_REPRODUCIBLE_BUILDS=ON -DREGEX_BACKEND=regcomp \
  -DUSE_HTTPS=OFF -DUSE_SSH=OFF -DUSE_GSSAPI=OFF -DUSE_NTLMCLIENT=OFF -DUSE_HTTP_PARSER=system \
  "-DHTTP_PARSER_INCLUDE_DIR=$prefix/include" "-DHTTP_PARSER_LIBRARY=$prefix/lib/libhttp_parser.a" >libgit2.log 2>&1 ||
  { tail -n 30 libgit2.log >&2 && exit 1; }
cmake --build libgit2-build --target install -- -j "${JOBS:-$(nproc)}" >>libgit2.log 2>&1 ||
  { tail -n 30 libgit2.log >&2 && exit 1; }

"$cc" "${flags[@]}" -c "$here/no_lookups.c" -o no_lookups.o
"${cc%gcc}ar" rcsD "$prefix/lib/libgit2.a" no_lookups.o

if [[ $arch == arm64 ]]; then # what CMake asks pkg-config for
  printf 'Name: tinyxml2\nDescription: XML\nVersion: 9.0.0\nCflags: -I%s/include\nLibs: -L%s/lib -ltinyxml2\n' "$prefix" \
    "$prefix" >"$prefix/lib/pkgconfig/tinyxml2.pc"
fi
sort -o "$prefix/VERSIONS" "$prefix/VERSIONS"
echo "$made_by" >"$prefix/made-by"
rm -rf "$work"
