#!/usr/bin/env bash
# Configures and builds a preset (default: release). Arguments after it go to the build: tools/build.sh dev --target all
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-release}
[ $# -gt 0 ] && shift
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1  # a second clone finds what the first one built
export PATH=/usr/bin:$PATH  # Debian's own Python and compilers before others
mkdir -p "build/$preset"
[ -f "build/$preset/build.ninja" ] || cmake --preset "$preset" >"build/$preset/configure.log" 2>&1 ||
  { cat "build/$preset/configure.log"; exit 1; }
cmake --build --preset "$preset" "$@"
