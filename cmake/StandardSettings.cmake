# Warnings and sanitizers as interface targets, so that a target names what it wants in one word.
add_library(bc_warnings INTERFACE)
target_compile_options(bc_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wformat=2
  # g++ 12 at -O2 and up sees overlapping copies in std::string's own operator+ (GCC bug 105329).
  $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>
  $<$<BOOL:${BUDGETCHECK_WERROR}>:-Werror>)

# What is shipped names no folder of the build machine, and is linked without code that is never called.
add_compile_options(
  "$<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.;-ffunction-sections;-fdata-sections>")

add_library(bc_sanitizers INTERFACE)
if(BUDGETCHECK_SANITIZE)
  target_compile_options(bc_sanitizers INTERFACE
    -fsanitize=${BUDGETCHECK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(bc_sanitizers INTERFACE -fsanitize=${BUDGETCHECK_SANITIZE})
endif()

# What several checkouts or presets compile in the same way is compiled once, if ccache is installed.
find_program(BUDGETCHECK_CCACHE ccache)
if(BUDGETCHECK_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${BUDGETCHECK_CCACHE})
  if(BUDGETCHECK_PCH) # without this setting ccache caches nothing that uses a precompiled header
    set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${BUDGETCHECK_CCACHE})
  endif()
endif()

# bc_precompile(TARGET HEADERS...): headers that nearly every source of the target parses, and that never change. None of the
# project's own: a change of one would build everything again. Every source still includes what it uses: builds without
# precompiled headers (the thread sanitizer's) and clang-tidy's commands find what is missing.
function(bc_precompile target)
  if(NOT BUDGETCHECK_PCH)
    return()
  endif()
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <functional> <map> <memory> <optional> <set> <string>
    <string_view> <tuple> <unordered_map> <utility> <variant> <vector> <fmt/format.h> <tl/expected.hpp> ${ARGN})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # What comes from a precompiled header is no system header to g++ 12, so that its false alarms about std::string's operator+
    # and assignment (GCC bug 105329) are shown.
    target_compile_options(${target} PRIVATE -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-restrict)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND BUDGETCHECK_CCACHE)
    target_compile_options(${target} PRIVATE -fpch-preprocess) # what ccache preprocesses names the precompiled header
  endif()
endfunction()
