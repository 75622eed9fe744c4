#!/usr/bin/env bash
# Writes the API documentation of the library products to docs/api, with the toolchain's own docc.
set -euo pipefail
cd "$(dirname "$0")/.."

modules=(JointVAE JointVAEData JointVAEImages JointVAEPictures JointVAEReport JointVAEReports JointVAEExperiments)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

swift package -c release dump-symbol-graph --minimum-access-level public --skip-synthesized-members >"$work/log" 2>&1 ||
  { cat "$work/log" >&2; exit 1; }
graphs=$(sed -n 's/^Files written to //p' "$work/log")

archives=()
for module in "${modules[@]}"; do
  mkdir "$work/$module"
  # Beside a module's own graph there may be one for each module it extends, such as JointVAE@Swift.
  find "$graphs" \( -name "$module.symbols.json" -o -name "$module@*.symbols.json" \) -exec cp {} "$work/$module/" \;
  docc convert --additional-symbol-graph-dir "$work/$module" --output-path "$work/$module.doccarchive" \
    --fallback-display-name "$module" --fallback-bundle-identifier "$module"
  archives+=("$work/$module.doccarchive")
done
docc merge "${archives[@]}" --output-path "$work/api" --synthesized-landing-page-name JointVAE

rm -rf docs/api
mkdir -p docs
mv "$work/api" docs/api
echo 'docs/api is written. To read it: python3 -m http.server -d docs/api 8000, then open http://localhost:8000/documentation'
