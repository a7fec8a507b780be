#!/usr/bin/env bash
# Screenshots of the window's pages: tests/gui/screenshots.sh BUILD-DIR OUT-DIR [SIZE] [SCALE] [LANG]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
exec dbus-run-session -- /usr/bin/python3 "$here/screenshots.py" "$1/bin/guzheng" "$2" "${@:3}"
