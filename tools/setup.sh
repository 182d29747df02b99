#!/usr/bin/env bash
# Installs the Debian packages that are missing (those of packages.txt, and of every list named as an argument).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

wanted=$(cat "$here/packages.txt" "${@/#/$here/}" | sed 's/#.*//' | xargs)
missing=$(for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || echo "$package"
done | xargs)
[ -z "$missing" ] && exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "setup: please install as root: apt-get install $missing" >&2; exit 1; }
  as_root=sudo
fi
echo "setup: installing $missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086  # a list of words on purpose
$as_root apt-get install -q -y --no-install-recommends $missing
