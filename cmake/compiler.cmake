# Language level, warnings, determinism flags and sanitizers, for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# Same bytes everywhere: no contraction that the source does not ask for. The two last flags only say that
# nobody reads errno or floating point traps; they change no result and let loops with floor() vectorise.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers -Werror
                    -ffp-contract=off -fno-math-errno -fno-trapping-math)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(COOKLINE_BASELINE -march=x86-64-v3)
  add_compile_options(${COOKLINE_BASELINE})
endif()

set(COOKLINE_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=: address,undefined or thread")
if(COOKLINE_SANITIZE)
  add_compile_options(-fsanitize=${COOKLINE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1)
  add_link_options(-fsanitize=${COOKLINE_SANITIZE})
endif()

# A layer that uses oneTBB: what the thread sanitizer must know of that. ccache would not see changes of the list.
function(cookline_uses_tbb target)
  if(COOKLINE_SANITIZE STREQUAL "thread")
    target_compile_options(${target} PRIVATE -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/tools/tsan.ignore)
    target_compile_definitions(${target} PRIVATE COOKLINE_THREAD_SANITIZER)
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER "")
  endif()
endfunction()
