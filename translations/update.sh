#!/usr/bin/env bash
# Collects the window's source strings into guzheng_en.ts; new ones are then to be translated (grep 'type="unfinished"').
cd "$(dirname "$0")/.."
exec /usr/lib/qt6/bin/lupdate -I . -no-obsolete -locations none -source-language zh_CN -target-language en_US ui app/guzheng \
  -ts translations/guzheng_en.ts
