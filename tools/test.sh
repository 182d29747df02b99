#!/usr/bin/env bash
# Installs what is missing, builds everything and passes all tests. Arguments go to ctest: tools/test.sh -R cli
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh packages-test.txt
tools/build.sh release
export PATH=/usr/bin:$PATH
code=0
ctest --test-dir build/release --output-on-failure -j"$(nproc)" "$@" || code=$?
# The closing lines of the tests that run the program; ctest has only said that they passed.
grep -hE '^[0-9]+ (passed|failed).* in [0-9.]+s' build/release/Testing/Temporary/LastTest.log | sed 's/^/pytest: /' || true
exit $code
