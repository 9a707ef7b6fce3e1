# Small sources are compiled several at a time: most of what a compiler does for one of them is the headers, and the templates that
# they all use. tools/unity_groups.py decides which, so that it makes no difference to what the code means.
# Off where one run of the compiler should see one file: where missing includes are to be found (the thread sanitizer), where lines
# are counted (coverage), and for whoever builds one file again and again.
set(unity_default OFF)
if(CMAKE_BUILD_TYPE MATCHES "^(Release|Debug)$" AND NOT BUDGETCHECK_SANITIZE STREQUAL "thread" AND NOT CMAKE_CXX_FLAGS MATCHES "--coverage")
  set(unity_default ON)
endif()
option(BUDGETCHECK_UNITY "Compile small sources together: quicker from nothing, slower after a change of one file" ${unity_default})
if(BUDGETCHECK_UNITY)
  find_package(Python3 COMPONENTS Interpreter)
endif()

# bc_unity(TARGET LINES SOURCES...): LINES is the length at which a group is full.
function(bc_unity target lines)
  if(NOT BUDGETCHECK_UNITY OR NOT Python3_FOUND)
    return()
  endif()
  execute_process(
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/unity_groups.py ${CMAKE_SOURCE_DIR} ${lines} ${ARGN}
    OUTPUT_VARIABLE rows COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" rows "${rows}")
  foreach(row ${rows})
    if(row MATCHES "^([^ ]+) (.+)$")
      set_source_files_properties(${CMAKE_MATCH_2} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${CMAKE_MATCH_1})
    endif()
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
