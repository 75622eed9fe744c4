#!/usr/bin/env bash
# Makes the engine of the explorer's page, Sources/CExplorer/engine*.wasm, out of the package's kernels. It needs Swift's
# toolchain alone, which brings the compilers, the linker and an embedded standard library for WebAssembly.
#
#   scripts/explorer/build.sh [FOLDER]
set -euo pipefail
cd "$(dirname "$0")/../.."
output=${1:-Sources/CExplorer}
tools=$(dirname "$(readlink -f "$(command -v swiftc)")")
for tool in clang wasm-ld; do
  if [ ! -x "$tools/$tool" ]; then
    echo "$tools/$tool is missing: this toolchain cannot make WebAssembly" >&2
    exit 3
  fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$output"

# The files of a forward pass. Those that are left out draw random numbers, start threads or train.
kernels=(Plane PlaneLayer PackedPlaneLayer PackedSameConvolution PlaneFilter PlaneTiles Epilogue SameConvolution FloatBuffer InstructionSet InstructionSet+Elementwise ConvolutionMethod DenseLayer
  PackedConvolution StridedConvolution StridedConvolution+Down StridedConvolution+Up StridedConvolution+Packing
  StridedConvolution+Gradient WinogradTile WinogradConvolution WinogradConvolution+Weights WinogradConvolution+Transform
  WinogradConvolution+Product WinogradConvolution+Gradient)
sources=(scripts/explorer/Engine.swift)
for name in "${kernels[@]}"; do sources+=("Sources/JointVAEKernels/$name.swift"); done

# name, flags of both compilers
make_engine() {
  local name=$1
  shift
  local swift_flags=()
  for flag in "$@"; do swift_flags+=(-Xcc "$flag"); done
  swiftc -target wasm32-unknown-none-wasm -enable-experimental-feature Embedded -wmo -Ounchecked -Xfrontend -disable-stack-protector -Xfrontend -disable-incremental-llvm-codegen \
    -swift-version 6 -module-name Explorer -package-name jointvae -parse-as-library \
    -Xcc -fmodule-map-file=scripts/explorer/module.modulemap -Xcc -fdeclspec "${swift_flags[@]}" \
    -c "${sources[@]}" -o "$work/engine.o"
  local objects=("$work/engine.o")
  for source in scripts/explorer/Tiles.c scripts/explorer/Runtime.c; do
    local object=$work/$(basename "$source").o
    "$tools/clang" --target=wasm32-unknown-none-wasm -O3 -ffreestanding -fno-builtin -ffunction-sections -fdata-sections "$@" -ISources/CTiles/include \
      -c "$source" -o "$object"
    objects+=("$object")
  done
  "$tools/wasm-ld" --no-entry --gc-sections --strip-all -z stack-size=262144 \
    --export=engine_allocate --export=engine_network --export=engine_encode --export=engine_softmax --export=engine_decode \
    "${objects[@]}" -o "$output/$name.wasm"
  chmod 644 "$output/$name.wasm"
}

make_engine engine -msimd128
make_engine engine-scalar
