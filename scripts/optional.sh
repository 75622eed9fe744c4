#!/usr/bin/env bash
# Installs Debian packages that some tests need: scripts/optional.sh LABEL PACKAGE... What cannot be had is no failure: its
# tests print that they are skipped.
set -euo pipefail

label=$1
shift
[ $# -gt 0 ] || exit 0

run=()
if ! command -v apt-get >/dev/null; then
  printf '%s: there is no apt-get; the tests that need %s are skipped\n' "$label" "$*" >&2
  exit 0
elif [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    printf '%s: as the superuser run: apt-get install -y %s\n' "$label" "$*" >&2
    exit 0
  fi
  run=(sudo)
fi
printf '%s: installing %s\n' "$label" "$*"
run+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
"${run[@]}" install --no-install-recommends "$@" >/dev/null 2>&1 || {
  "${run[@]}" update && "${run[@]}" install --no-install-recommends "$@"
} || printf '%s: %s could not be installed; its tests are skipped\n' "$label" "$*" >&2
