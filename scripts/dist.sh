#!/usr/bin/env bash
# Packs the program with Swift's libraries inside, completions and manual pages into dist/NAME.tar.gz.
#
# The program still loads the system's C libraries: the list is printed at the end, and stands in README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=.build/dist
echo 'Building with Swift inside; this takes as long as a first build.'
swift build -c release --product jointvae --static-swift-stdlib --scratch-path "$scratch"
program=$(swift build -c release --static-swift-stdlib --scratch-path "$scratch" --show-bin-path)/jointvae

name=jointvae-$("$program" --version)-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
place=$folder/$name
mkdir -p "$place/bin" "$place/share/bash-completion/completions" "$place/share/zsh/site-functions" \
  "$place/share/fish/vendor_completions.d"
install -m 755 "$program" "$place/bin/jointvae"
strip "$place/bin/jointvae"
"$program" --generate-completion-script bash > "$place/share/bash-completion/completions/jointvae"
"$program" --generate-completion-script zsh > "$place/share/zsh/site-functions/_jointvae"
"$program" --generate-completion-script fish > "$place/share/fish/vendor_completions.d/jointvae.fish"
"$program" generate man --out "$place/share/man/man1"
cp LICENSE README.md CHANGELOG.md "$place"

# What was packed draws a picture, or there is nothing to hand out.
"$place/bin/jointvae" sample shapes -o "$folder/try.png" > /dev/null
mkdir -p dist
tar -C "$folder" -czf "dist/$name.tar.gz" "$name"
echo "dist/$name.tar.gz: $(du -h "dist/$name.tar.gz" | cut -f1)"
if command -v ldd > /dev/null; then
  echo 'It needs these libraries of the system:'
  ldd "$place/bin/jointvae" | awk '{ print "  " $1 }'
fi
