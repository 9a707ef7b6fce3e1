# The target budgetcheck_static: the same objects as the program, linked with archives only, so that the file runs on any
# Linux of its architecture. BUDGETCHECK_STATIC names the folder that tools/static/build.sh filled: git2 and tinyxml2 come
# from there (no distribution has archives of them without other dependencies), the rest from there or from the system.
set(BUDGETCHECK_STATIC "" CACHE PATH "Folder of static libraries; adds the target budgetcheck_static")

function(budgetcheck_add_static)
  if(NOT BUDGETCHECK_STATIC)
    return()
  endif()
  set(archives)
  foreach(name git2 http_parser tinyxml2)
    find_library(BUDGETCHECK_ARCHIVE_${name} NAMES lib${name}.a PATHS ${BUDGETCHECK_STATIC}/lib NO_DEFAULT_PATH REQUIRED)
    list(APPEND archives ${BUDGETCHECK_ARCHIVE_${name}})
  endforeach()
  foreach(name fmt re2 brotlienc brotlidec brotlicommon yaml-cpp boost_program_options xxhash z)
    find_library(BUDGETCHECK_ARCHIVE_${name} NAMES lib${name}.a HINTS ${BUDGETCHECK_STATIC}/lib REQUIRED)
    list(APPEND archives ${BUDGETCHECK_ARCHIVE_${name}})
  endforeach()
  add_executable(budgetcheck_static EXCLUDE_FROM_ALL main.cpp)
  set_target_properties(budgetcheck_static PROPERTIES
    OUTPUT_NAME budgetcheck RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/static)
  target_include_directories(budgetcheck_static PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  # By file name: as a target it would bring the shared libraries along.
  add_dependencies(budgetcheck_static budgetcheck_lib)
  target_link_libraries(budgetcheck_static PRIVATE bc_warnings $<TARGET_FILE:budgetcheck_lib> ${archives} Threads::Threads)
  target_link_options(budgetcheck_static PRIVATE
    -static-pie -s -Wl,--gc-sections -Wl,--build-id=none)
endfunction()
