#!/usr/bin/env bash
# The long forms of the tests, after preset ci is built: ./installer/test --long [MINUTES] calls this. Goes on after a failure, so that one
# run tells all; exit 0 only when everything passed. A fuzz target's findings stay in build/fuzz/findings.
#   tests/long.sh MINUTES [part …]       parts: tests soak fuzz (all)
. "$(dirname "${BASH_SOURCE[0]}")/../installer/lib.sh"
minutes=$1
shift
[ $# -gt 0 ] || set -- tests soak fuzz
failed=()
note() { failed+=("$1"); echo "FAILED: $1"; }

run_tests() {
  say "Long forms of the labelled tests"
  GUZHENG_LONG=1 ctest --test-dir "$ROOT/build/ci" -L long-form --output-on-failure --parallel "$(nproc)" --timeout 20000 || note "ctest -L long-form"
}

run_soak() {
  say "Soak: ten minutes"
  GUZHENG_BIN="$ROOT/build/ci/bin" python3 "$ROOT/tests/soak/soak.py" --seconds 600 || note soak
}

run_fuzz() {
  packages fuzz
  build fuzz
  local target name work seeds
  for target in "$ROOT"/build/fuzz/bin/fuzz_*; do
    [ -x "$target" ] && [ -f "$target" ] || continue
    name=$(basename "$target"); name=${name#fuzz_}
    say "Fuzzing $name: $minutes minutes"
    work="$ROOT/build/fuzz/work/$name"
    mkdir -p "$work" "$ROOT/build/fuzz/findings"
    seeds=$(find "$ROOT/tests/fuzz" -type d -path "*/corpus/$name" | head -n 1)
    "$target" -max_total_time=$((minutes * 60)) -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$ROOT/build/fuzz/findings/$name-" "$work" ${seeds:+"$seeds"} 2>&1 | tail -n 20
    [ "${PIPESTATUS[0]}" = 0 ] || note "fuzz $name"
  done
}

for part in "$@"; do "run_$part"; done
[ ${#failed[@]} = 0 ] && { say "All long forms passed"; exit 0; }
say "Failed: ${failed[*]}"
exit 1
