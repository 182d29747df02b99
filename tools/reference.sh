#!/usr/bin/env bash
# Writes docs/operators.md anew. A test fails while it is not what the operators' tables say.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh release --target cookline
/usr/bin/python3 tools/reference.py build/release/bin/cookline >docs/operators.md.new
mv docs/operators.md.new docs/operators.md
