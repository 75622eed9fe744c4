#!/usr/bin/env bash
# Packs the program, the libraries that it needs, completions and manual pages into dist/NAME.tar.gz.
#
# Swift's libraries are linked in. The system's C libraries lie in lib, where the program looks first. Only glibc is
# the target's own: it has to be as new as the one here. That of Debian 12 (2.36) fits most systems since 2022.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=.build/dist
echo 'Building with Swift inside; this takes as long as a first build.'
# An rpath of the old kind also holds for the libraries of libraries.
swift build -c release --product jointvae --static-swift-stdlib --scratch-path "$scratch" \
  -debug-info-format none -Xlinker --disable-new-dtags -Xlinker -rpath -Xlinker "\$ORIGIN/../lib"
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

# Its libraries besides glibc, with their licenses where the system has them.
mkdir -p "$place/lib" "$place/share/doc"
ldd "$place/bin/jointvae" | awk '$2 == "=>" && $3 ~ "^/" { print $1, $3 }' | while read -r library path; do
  case $library in
    libc.so.* | libm.so.* | libdl.so.* | libpthread.so.* | librt.so.* | ld-linux*) continue ;;
  esac
  install -m 644 "$path" "$place/lib/$library"
  if command -v dpkg-query > /dev/null; then
    package=$(dpkg-query -S "$(readlink -f "$path")" "$path" 2> /dev/null | head -1 | cut -d: -f1 || true)
    [ -z "$package" ] || cp "/usr/share/doc/$package/copyright" "$place/share/doc/$package.copyright"
  fi
done

# What was packed draws a picture with its own libraries, or there is nothing to hand out.
foreign=$(ldd "$place/bin/jointvae" | awk -v own="$folder" \
  '$2 == "=>" && index($3, own) != 1 && $1 !~ /^(libc|libm|libdl|libpthread|librt)\.so/ { print $1 }')
if [ -n "$foreign" ]; then
  echo "These libraries were not packed: $foreign" >&2
  exit 1
fi
"$place/bin/jointvae" sample shapes -o "$folder/try.png" > /dev/null
mkdir -p dist
tar -C "$folder" -czf "dist/$name.tar.gz" "$name"
echo "dist/$name.tar.gz: $(du -h "dist/$name.tar.gz" | cut -f1), with $(ls "$place/lib" | wc -l) libraries inside"
echo "It needs glibc $(getconf GNU_LIBC_VERSION | cut -d' ' -f2) or newer."
