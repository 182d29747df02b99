#!/usr/bin/env bash
# Installs what is missing, then looks for errors that no test sees by itself: tests and the real program under the
# address, undefined behaviour and thread sanitizers, and every fuzzer for some seconds. Any finding makes it fail.
# Arguments choose stages (default: all of them): tools/sanitize.sh asan fuzz tsan. FUZZ_SECONDS: of each fuzzer.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh packages-test.txt
fuzz_seconds=${FUZZ_SECONDS:-10}
logs=build/sanitize
mkdir -p "$logs"
export PATH=/usr/bin:$PATH
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:check_initialization_order=1:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tools/lsan.supp:print_suppressions=0
export TSAN_OPTIONS=suppressions=$PWD/tools/tsan.supp:halt_on_error=1:second_deadlock_stack=1

# checked NAME COMMAND...: runs it; on failure shows the end of what it said, and ends this script.
checked() {
  local log=$logs/$1.log
  shift
  "$@" >"$log" 2>&1 && return
  tail -n 80 "$log"
  echo "sanitize: FAILED: $*" >&2
  exit 1
}

# stage NAME COMMAND...: runs it and says how long it took.
stage() {
  local start=$SECONDS
  "${@:2}"
  echo "sanitize: $1: passed ($((SECONDS - start)) s)"
}

build() { checked "build-$1" tools/build.sh "$1" --target "${@:2}"; }

# layers PRESET LAYER...: test binaries, whole.
layers() {
  local layer
  for layer in "${@:2}"; do checked "$1-$layer" "build/$1/tests/${layer}_tests"; done
}

# Runs a command with lavapipe loaded all the time: the Vulkan loader unloads it before leaks are looked for, and then
# nobody knows any more whose they are.
with_lavapipe() { LD_PRELOAD=libvulkan_lvp.so "$@"; }

# The real program: a take of the tutorial with several threads, its Python included.
take() {
  checked "$1-take" "build/$1/bin/cookline" record examples/tutorial/tutorial.tdn /recorder --set Folder=. \
    --set Recordlength=0.5 --res 160x90 --threads 4 --out "$logs/take" --overwrite
}

# Tests of the command line that feed the real program hostile files and networks; not the one that clears the
# environment, where the options of the sanitizers are.
command_line() {
  checked asan-cli env COOKLINE="$PWD/build/asan-ubsan/bin/cookline" PYTHONDONTWRITEBYTECODE=1 \
    /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/cli/test_{files,errors,python}.py -k "not depend_on_the_environment"
}

asan() {
  stage "address and undefined behaviour: build" build asan-ubsan all
  stage "address and undefined behaviour: layers" layers asan-ubsan base data kernels op graph tdn io ops cook render script golden
  stage "address and undefined behaviour: shaders" with_lavapipe checked asan-gpu build/asan-ubsan/tests/gpu_tests
  # Not those that cook large pictures or one for every parameter: they are slow here and run the same code again.
  stage "address and undefined behaviour: every operator" with_lavapipe checked asan-all_ops build/asan-ubsan/tests/all_ops_tests --gtest_filter=-*Effects*:*depend_on_threads*
  stage "address and undefined behaviour: program" take asan-ubsan
  stage "address and undefined behaviour: command line" command_line
}

# Each fuzzer on its corpus, which holds its findings' inputs too; new inputs stay in the build folder.
fuzz() {
  local source name
  stage "fuzzers: build" build asan-ubsan all
  for source in tests/fuzz/*_fuzz.cpp; do
    name=$(basename "$source" _fuzz.cpp)
    mkdir -p "$logs/corpus/$name"
    stage "fuzzer $name" checked "fuzz-$name" "build/asan-ubsan/tests/fuzz/${name}_fuzz" -max_total_time="$fuzz_seconds" \
      -max_len=4096 -timeout=20 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1 -artifact_prefix="$logs/$name-" \
      "$logs/corpus/$name" "tests/fuzz/corpus/$name"
  done
}

tsan() {
  stage "threads: build" build tsan cookline base_tests io_tests cook_tests render_tests
  stage "threads: layers" layers tsan base io cook render
  stage "threads: program" take tsan
}

for name in "${@:-all}"; do
  case $name in
    all) asan; fuzz; tsan ;;
    asan | fuzz | tsan) "$name" ;;
    *) echo "usage: tools/sanitize.sh [asan] [fuzz] [tsan]" >&2; exit 2 ;;
  esac
done
