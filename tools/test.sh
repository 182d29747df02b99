#!/usr/bin/env bash
# Installs what is missing, builds everything and passes all tests.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh packages-test.txt
tools/build.sh release
export PATH=/usr/bin:$PATH
ctest --test-dir build/release --output-on-failure -j"$(nproc)"
