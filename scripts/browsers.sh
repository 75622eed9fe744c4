#!/usr/bin/env bash
# Installs the browsers that the tests of pages drive, where they are missing: Chromium, and WebKitGTK with the display that
# it draws on. A browser that cannot be had is no failure: its tests print that they are skipped.
set -euo pipefail

missing=()
[ -n "${JOINTVAE_BROWSER:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v WebKitWebDriver >/dev/null || missing+=(webkit2gtk-driver)
command -v xvfb-run >/dev/null || missing+=(xvfb)
[ ${#missing[@]} -gt 0 ] || exit 0

run=()
if ! command -v apt-get >/dev/null; then
  printf 'browsers: there is no apt-get; the tests that need %s are skipped\n' "${missing[*]}" >&2
  exit 0
elif [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    printf 'browsers: as the superuser run: apt-get install -y %s\n' "${missing[*]}" >&2
    exit 0
  fi
  run=(sudo)
fi
printf 'browsers: installing %s\n' "${missing[*]}"
run+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
"${run[@]}" install --no-install-recommends "${missing[@]}" >/dev/null 2>&1 || {
  "${run[@]}" update && "${run[@]}" install --no-install-recommends "${missing[@]}"
} || printf 'browsers: %s could not be installed; its tests are skipped\n' "${missing[*]}" >&2
