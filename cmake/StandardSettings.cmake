# Warnings and sanitizers as interface targets, so that a target says what it wants in one word.
add_library(bc_warnings INTERFACE)
target_compile_options(bc_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wformat=2
  # g++ 12 at -O2 and up sees overlapping copies in std::string's own operator+ (GCC bug 105329).
  $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict>
  $<$<BOOL:${BUDGETCHECK_WERROR}>:-Werror>)

# What is shipped names no folder of the machine that built it, and is linked without what is never called.
add_compile_options(
  "$<$<CONFIG:Release>:-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.;-ffunction-sections;-fdata-sections>")

add_library(bc_sanitizers INTERFACE)
if(BUDGETCHECK_SANITIZE)
  target_compile_options(bc_sanitizers INTERFACE
    -fsanitize=${BUDGETCHECK_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(bc_sanitizers INTERFACE -fsanitize=${BUDGETCHECK_SANITIZE})
endif()

# What several checkouts or presets compile alike is compiled once, where ccache is there.
find_program(BUDGETCHECK_CCACHE ccache)
if(BUDGETCHECK_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${BUDGETCHECK_CCACHE})
endif()
