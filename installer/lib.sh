# Shared by run and test: installs what is missing, configures, builds. Sourced, not run.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export LANG=${LANG:-C.UTF-8}

say() { printf '\n== %s\n' "$*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else echo "Packages are missing and this is neither root nor sudo: as root, run: $*" >&2; exit 2
  fi
}

# packages LIST...: installs the packages named in installer/packages/LIST.txt that are not there yet.
packages() {
  local missing=() name list
  for list in "$@"; do
    while read -r name; do
      case $name in ''|'#'*) continue ;; esac
      dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done < "$ROOT/installer/packages/$list.txt"
  done
  [ ${#missing[@]} = 0 ] && return 0
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# build PRESET: configures once, builds what changed.
build() {
  say "Building ($1)"
  cd "$ROOT"
  cmake --preset "$1" > /dev/null
  cmake --build --preset "$1" -- -j "$(nproc)"
}
