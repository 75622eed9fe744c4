#!/usr/bin/env bash
# Installs the browsers that the tests of pages drive, where they are missing: Chromium, and WebKitGTK with the display that
# it draws on. A browser that cannot be had is no failure: its tests print that they are skipped.
set -euo pipefail

missing=()
[ -n "${JOINTVAE_BROWSER:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v WebKitWebDriver >/dev/null || missing+=(webkit2gtk-driver)
command -v xvfb-run >/dev/null || missing+=(xvfb)
exec "$(dirname "$0")/optional.sh" browsers "${missing[@]}"
