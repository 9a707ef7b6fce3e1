# Every library of the program, as one imported target each. Debian's names are in packages.txt.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
pkg_check_modules(FMT REQUIRED IMPORTED_TARGET fmt>=9)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(TINYXML2 REQUIRED IMPORTED_TARGET tinyxml2)
pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec)
pkg_check_modules(GIT2 REQUIRED IMPORTED_TARGET libgit2)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)

# Third-party headers are not ours to warn about.
foreach(target FMT RE2 TINYXML2 YAMLCPP BROTLI GIT2 XXHASH)
  get_target_property(dirs PkgConfig::${target} INTERFACE_INCLUDE_DIRECTORIES)
  if(dirs)
    set_target_properties(PkgConfig::${target} PROPERTIES INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${dirs}")
  endif()
endforeach()
target_compile_definitions(PkgConfig::FMT INTERFACE FMT_SHARED) # as fmt's own CMake files say; harmless with an archive
