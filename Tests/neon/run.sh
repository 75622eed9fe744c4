#!/usr/bin/env bash
# Compiles the kernels for 64-bit ARM, runs them in an emulator, and compares their bits with those of this processor.
#
#   Tests/neon/run.sh [FOLDER for what is built]
#
# Needs the clang that comes with Swift, and Debian's qemu-user, gcc-aarch64-linux-gnu and libc6-dev-arm64-cross. No
# ARM hardware takes part: the emulator shows that results are right, and no time.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  printf 'neon-test: %s\n' "$*" >&2
  exit 1
}

build=${1:-.build/neon}
tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
command -v qemu-aarch64 >/dev/null && [ -d /usr/aarch64-linux-gnu/lib ] ||
  fail 'an emulator or a C library for ARM is missing; install them, for example with:' \
    'apt-get install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross'
mkdir -p "$build"

# Compiles the test for a target, named after its first argument. Options are those of a release build.
compile() {
  local name=$1
  shift
  "$tools/clang" "$@" -O2 -Wall -Wextra -Werror -Wno-unused-parameter -ISources/CTiles/include \
    Sources/CTiles/*.c Tests/neon/kernels.c -lm -o "$build/$name"
}

compile kernels-arm --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include -fuse-ld=lld -static
compile kernels-here

echo 'neon-test: runs the kernels for NEON in an emulator of ARM, qemu; no hardware of that kind takes part'
qemu-aarch64 "$build/kernels-arm" neon >"$build/neon.txt" || fail "a kernel for NEON is wrong; see $build/neon.txt"
others=0
for name in avx512 avx2 neon; do
  status=0
  "$build/kernels-here" "$name" >"$build/here-$name.txt" 2>"$build/here-$name.log" || status=$?
  [ "$status" -ne 3 ] || continue
  [ "$status" -eq 0 ] || fail "a kernel for $name is wrong; see $build/here-$name.txt"
  diff "$build/here-$name.txt" "$build/neon.txt" | head -n 20 ||
    fail "$name (left) and neon (right) differ in the bits of the lines above"
  echo "neon-test: $(wc -l <"$build/neon.txt") results of NEON have the bits of $name"
  others=$((others + 1))
done
[ "$others" -gt 0 ] || fail 'this processor has no instructions to compare with; expected avx512, avx2 or neon'
