#!/usr/bin/env bash
# Installs what is missing, builds Cookline and renders the tutorial's take: tools/tutorial.sh [FOLDER] [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-out/tutorial}
seconds=${2:-5}
tools/setup.sh
tools/build.sh release --target cookline
mkdir -p "$out"
echo "rendering examples/tutorial/tutorial.tdn into $out"
build/release/bin/cookline record examples/tutorial/tutorial.tdn /recorder \
  --set "Folder=." --set "Recordlength=$seconds" --out "$out" --overwrite
