#!/bin/sh
# Fonts of official documents for the report: 仿宋, 黑体, 楷体, 宋体 from the free Fandol family.
# Debian ships them inside texlive-lang-chinese; the OTF files alone are taken out of that package, so that no TeX is
# installed. Without them the report is set in Noto, which every Debian has: nothing fails, it looks less official.
# May be run any number of times.
set -eu

target=/usr/local/share/fonts/fandol

if fc-list | grep -q FandolFang; then
  echo "fonts: Fandol is there already"
  exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "fonts: Fandol needs root to be installed (run installer/fonts.sh as root); reports are set in Noto until then" >&2
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# apt downloads as the user _apt, which must be able to write there
chmod 755 "$work"
mkdir "$work/deb"
chown _apt "$work/deb" 2>/dev/null || true
if ! (cd "$work/deb" && apt-get download -q texlive-lang-chinese); then
  echo "fonts: texlive-lang-chinese could not be downloaded (try: apt-get update); reports are set in Noto" >&2
  exit 0
fi

# --fsys-tarfile streams the package: only the four families reach the disk
dpkg-deb --fsys-tarfile "$work"/deb/texlive-lang-chinese_*.deb |
  tar -x -C "$work" --wildcards '*/fonts/opentype/public/fandol/Fandol*.otf'
mkdir -p "$target"
find "$work" -name 'Fandol*.otf' -exec install -m 644 -t "$target" {} +
fc-cache -f "$target"
if ! fc-list | grep -q FandolFang; then
  echo "fonts: the Fandol files were not found in texlive-lang-chinese; reports are set in Noto" >&2
  exit 0
fi
echo "fonts: Fandol installed in $target"
