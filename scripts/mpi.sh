#!/usr/bin/env bash
# Installs both families of MPI that the tests of ranks use, where they are missing: Open MPI and MPICH. One that cannot be
# had is no failure: its tests print that they are skipped.
set -euo pipefail

missing=()
command -v mpirun.openmpi >/dev/null || missing+=(openmpi-bin libopenmpi3)
command -v mpiexec.hydra >/dev/null || missing+=(mpich)
[ ${#missing[@]} -gt 0 ] || exit 0

run=()
if ! command -v apt-get >/dev/null; then
  printf 'mpi: there is no apt-get; the tests that need %s are skipped\n' "${missing[*]}" >&2
  exit 0
elif [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    printf 'mpi: as the superuser run: apt-get install -y %s\n' "${missing[*]}" >&2
    exit 0
  fi
  run=(sudo)
fi
printf 'mpi: installing %s\n' "${missing[*]}"
run+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
"${run[@]}" install --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || {
  "${run[@]}" update && "${run[@]}" install --no-install-recommends "${missing[@]}"
} || printf 'mpi: %s could not be installed; its tests are skipped\n' "${missing[*]}" >&2
