#!/usr/bin/env bash
# The threads of the rooms without Qt under ThreadSanitizer: custody, device, media, session. Builds the named tests alone (at first
# long), runs them, and fails at the first report. Debian's Qt is not instrumented and warns falsely: what links it is not here.
#   tests/tsan.sh [TEST …]         e.g. tests/tsan.sh session_group_test
# GTEST_FILTER narrows a test down, as always. A report names two accesses and both threads by the names of core/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(test_base test_custody test_device test_media session_test session_sound_test session_group_test session_tap_test session_watch_test session_environment_test)
cmake --preset tsan
cmake --build --preset tsan --target "${tests[@]}"
export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1 ${TSAN_OPTIONS:-}"
failed=()
for test in "${tests[@]}"; do
  echo "== $test"
  # a kernel that scatters mappings wider than TSan's shadow memory allows makes it stop before main()
  setarch "$(uname -m)" -R "build/tsan/bin/$test" --gtest_brief=1 || failed+=("$test")
done
[ ${#failed[@]} -eq 0 ] || { echo "not clean: ${failed[*]}"; exit 1; }
echo "clean: ${tests[*]}"
