#!/usr/bin/env bash
# Renders the pictures of the documentation, docs/images/*.png: a small contact sheet of each example, and
# one of image types.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/build.sh release --target cookline
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p docs/images

# sheet NAME FILE COMP ARGUMENTS...: the contact sheet of a take becomes docs/images/NAME.png.
sheet() {
  local name=$1
  build/release/bin/cookline record "examples/$2" "$3" "${@:4}" --png small --out "$work/$name" --quiet
  mv "$work/$name/contact-sheet.png" "docs/images/$name.png"
}
sheet tutorial tutorial/tutorial.tdn /recorder --rate 10 --set Recordlength=1 --res 128x128
sheet tutorial-python tutorial-python/build.py /recorder --rate 10 --set Recordlength=1 --res 128x128
sheet png-alpha png-alpha/png-alpha.tdn /badge --rate 5 --set /badge/moviefileout1.fps=5 --res 120x120
sheet takes takes/takes.tdn /counted --takes 3 --set /counted/moviefileout1.length=4 --rate 2 --set /counted/moviefileout1.fps=2 --res 104x58
sheet static-branch static-branch/static-branch.tdn /show --rate 4 --res 160x90
# Plays back what it has rendered beside itself.
cp examples/playback/playback.tdn "$work"
(
  program=$PWD/build/release/bin/cookline
  cd "$work"
  "$program" record playback.tdn /look --rate 6 --set /look/moviefileout1.fps=6 --res 104x58 --out . --no-sheet --quiet
  "$program" record playback.tdn /play --rate 6 --set /play/moviefileout1.fps=6 --png small --out played --quiet
)
mv "$work/played/contact-sheet.png" docs/images/playback.png
for name in plasma kaleidoscope raymarch glitch loop-4k; do
  sheet $name $name/$name.tdn /show --rate 2 --set /show/moviefileout1.fps=2 --set /show/moviefileout1.length=2 --res 160x90
done
sheet reaction-diffusion reaction-diffusion/reaction-diffusion.tdn /show --rate 12 --set /show/moviefileout1.fps=0.5 --set /show/moviefileout1.length=8 --res 160x90
sheet particles particles/particles.tdn /show --rate 15 --set /show/moviefileout1.fps=1 --set /show/moviefileout1.length=4 --res 160x90

# What each type of image loses of a picture: one project writes it, another compares.
cp tools/formats.py "$work"
(
  program=$PWD/build/release/bin/cookline
  cd "$work"
  "$program" python formats.py
  "$program" record formats.tdn /write --frames 1 --out written --no-sheet --quiet
  "$program" record formats.tdn /compare --frames 1 --png small --out compared --threads 1 --quiet
)
mv "$work/compared/contact-sheet.png" docs/images/formats.png
