#!/usr/bin/env bash
# Installs both families of MPI that the tests of ranks use, where they are missing: Open MPI and MPICH.
set -euo pipefail

missing=()
command -v mpirun.openmpi >/dev/null || missing+=(openmpi-bin libopenmpi3)
command -v mpiexec.hydra >/dev/null || missing+=(mpich)
exec "$(dirname "$0")/optional.sh" mpi "${missing[@]}"
