#!/usr/bin/env bash
# Installs the system libraries the package links against, where they are missing, and checks the Swift toolchain.
# Says what it does; does nothing when nothing is missing.
set -euo pipefail

fail() {
  printf 'setup: %s\n' "$*" >&2
  exit 1
}

check_swift() {
  command -v swift >/dev/null ||
    fail 'swift is not there; install Swift 6.1 or later from https://www.swift.org/install and run this again'
  local version major minor
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] || fail 'swift --version names no version; expected Swift 6.1 or later'
  major=${version%%.*}
  minor=${version#*.}
  if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 1 ]; }; then
    fail "swift is $version; expected 6.1 or later (https://www.swift.org/install)"
  fi
}

# Whether the C compiler that comes with Swift finds a header.
has_header() {
  local compiler
  compiler=$(command -v clang || command -v cc) || return 1
  # shellcheck disable=SC2086 # flags are words
  printf '#include <stdio.h>\n#include <%s>\n' "$1" | "$compiler" $header_flags -E -x c - >/dev/null 2>&1
}

# Prints the packages, of the "header package" lines on stdin, whose header is missing.
missing_packages() {
  local header package
  while read -r header package; do
    has_header "$header" || printf '%s\n' "$package"
  done
}

install_with_apt() {
  local missing run=()
  missing=$(missing_packages <<'LIST'
png.h libpng-dev
gif_lib.h libgif-dev
zlib.h zlib1g-dev
turbojpeg.h libturbojpeg0-dev
webp/decode.h libwebp-dev
zip.h libzip-dev
LIST
  )
  command -v pkg-config >/dev/null || missing="$missing pkg-config"
  # shellcheck disable=SC2086 # package names are words
  set -- $missing
  [ $# -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "these packages are missing: $*; as the superuser run: apt-get install -y $*"
    run=(sudo)
  fi
  printf 'setup: installing %s\n' "$*"
  run+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
  # Package lists are often absent in fresh containers, and fresh enough elsewhere.
  "${run[@]}" install --no-install-recommends "$@" >/dev/null 2>&1 || {
    "${run[@]}" update
    "${run[@]}" install --no-install-recommends "$@"
  }
}

install_with_brew() {
  command -v brew >/dev/null || fail 'Homebrew is not there; install it from https://brew.sh and run this again'
  header_flags="-I$(brew --prefix)/include"
  local missing
  missing=$(missing_packages <<'LIST'
png.h libpng
gif_lib.h giflib
turbojpeg.h jpeg-turbo
webp/decode.h webp
zip.h libzip
LIST
  )
  command -v pkg-config >/dev/null || missing="$missing pkgconf"
  # shellcheck disable=SC2086 # package names are words
  set -- $missing
  [ $# -gt 0 ] || return 0
  printf 'setup: installing %s\n' "$*"
  brew install "$@"
}

header_flags=
check_swift
if [ "$(uname -s)" = Darwin ]; then
  install_with_brew
elif command -v apt-get >/dev/null; then
  install_with_apt
elif ! { has_header png.h && has_header gif_lib.h && has_header zlib.h && has_header turbojpeg.h && has_header webp/decode.h && has_header zip.h; }; then
  fail 'this system has neither apt-get nor brew; install the development files of libpng, giflib, zlib, libjpeg-turbo, libwebp and libzip, then run this again'
fi
