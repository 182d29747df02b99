#!/usr/bin/env bash
# Checks the form of the C++ sources (clang-format) and looks for mistakes in them (clang-tidy, without its slow analyzer).
# tools/style.sh --fix formats; tools/style.sh --deep [FILE...] runs all of clang-tidy over files, by default all of src.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh packages-test.txt
export PATH=/usr/bin:$PATH
mapfile -t sources < <(git ls-files '*.cpp' '*.h')

# tidy CHECKS FILE...: clang-tidy needs the compiler's options, but nothing that is built.
tidy() {
  mkdir -p build
  cmake -S . -B build/tidy -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=Debug \
    -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON >build/tidy.log 2>&1 || { cat build/tidy.log; exit 1; }
  printf '%s\0' "${@:2}" | xargs -0 -n1 -P"$(nproc)" clang-tidy -p build/tidy --quiet --checks="$1" 2>/dev/null
}

case ${1:-} in
  --fix) clang-format -i "${sources[@]}"; exit ;;
  --deep) shift; mapfile -t all < <(git ls-files 'src/*.cpp'); tidy '' "${@:-${all[@]}}"; exit ;;
esac
clang-format --dry-run -Werror "${sources[@]}"
echo "style: the form of ${#sources[@]} files is right"
mapfile -t checked < <(git ls-files 'src/base/*.cpp' 'src/data/*.cpp' 'src/op/*.cpp' 'src/graph/*.cpp' 'src/tdn/*.cpp' 'src/render/*.cpp')
tidy '-clang-analyzer-*' "${checked[@]}"
echo "style: clang-tidy has nothing to say about ${#checked[@]} files"
