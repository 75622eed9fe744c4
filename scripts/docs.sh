#!/usr/bin/env bash
# Writes the API documentation of the library products to docs/api, with the toolchain's own docc. Warnings are errors.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo 'Building the libraries'
swift build -c release >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
build=$(swift build -c release --show-bin-path)
target=$(swift -print-target-info | python3 -c 'import json, sys; print(json.load(sys.stdin)["target"]["unversionedTriple"])')

# Modules that Swift code imports from C have maps, generated for those with headers of our own.
maps=()
for map in "$build"/C*.build/module.modulemap "$build"/CLibrary.build/include/module.modulemap Sources/C*/module.modulemap \
  .build/checkouts/Yams/Sources/CYaml/include/module.modulemap; do
  if [ -f "$map" ]; then maps+=(-Xcc "-fmodule-map-file=$map"); fi
done

archives=()
# A product has documentation when it has a catalog.
for catalog in Sources/*/*.docc; do
  module=$(basename "$catalog" .docc)
  echo "Documenting $module"
  mkdir "$work/$module"
  swift symbolgraph-extract -module-name "$module" -I "$build/Modules" "${maps[@]}" -target "$target" \
    -output-dir "$work/$module" -minimum-access-level public -skip-synthesized-members
  cp -R "$catalog" "$work/$module.docc"
  # The pages of docs are articles of the first product. Links from one to another become links between articles.
  if [ "$module" = JointVAE ]; then python3 scripts/docs_articles.py docs "$work/$module.docc"; fi
  docc convert "$work/$module.docc" --additional-symbol-graph-dir "$work/$module" \
    --output-path "$work/$module.doccarchive" --fallback-display-name "$module" \
    --fallback-bundle-identifier "$module" --warnings-as-errors
  archives+=("$work/$module.doccarchive")
done
docc merge "${archives[@]}" --output-path "$work/api" --synthesized-landing-page-name JointVAE

rm -rf docs/api
mv "$work/api" docs/api
echo 'docs/api is written. To read it: python3 -m http.server -d docs/api 8000, then open http://localhost:8000/documentation'
