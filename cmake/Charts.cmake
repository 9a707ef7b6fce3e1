# The charts of the HTML report: Apache ECharts from npm, pinned by src/report/html/charts/package-lock.json and bundled into
# one script. It is built once, and again only when its sources change; nothing else in the build needs node or a network.
set(BUDGETCHECK_CHARTS AUTO CACHE STRING
    "Charts in the HTML report: ON (node and npm are needed), OFF, or AUTO (if node, npm and the packages are available)")
set_property(CACHE BUDGETCHECK_CHARTS PROPERTY STRINGS AUTO ON OFF)
find_program(BUDGETCHECK_NODE node)
find_program(BUDGETCHECK_NPM npm)

# budgetcheck_charts(OUT_JS): a rule that writes OUT_JS. With an empty file the report has no charts, and says so.
function(budgetcheck_charts out)
  set(folder ${CMAKE_SOURCE_DIR}/src/report/html/charts)
  set(sources ${folder}/package.json ${folder}/package-lock.json ${folder}/charts.mjs ${folder}/build.mjs)
  if(NOT BUDGETCHECK_CHARTS MATCHES "^(AUTO|ON|OFF)$")
    message(FATAL_ERROR "BUDGETCHECK_CHARTS is '${BUDGETCHECK_CHARTS}': it takes AUTO, ON or OFF")
  endif()
  set(mode ${BUDGETCHECK_CHARTS})
  if(NOT BUDGETCHECK_NODE OR NOT BUDGETCHECK_NPM)
    if(mode STREQUAL "ON")
      message(FATAL_ERROR "BUDGETCHECK_CHARTS is ON and there is no node or npm: install them, or set it to AUTO or OFF")
    elseif(mode STREQUAL "AUTO")
      message(STATUS "HTML report without charts: there is no node or npm")
    endif()
    set(mode OFF)
  endif()
  # Whether charts are wanted is an input of the build: changing it builds again.
  set(mode_file ${CMAKE_BINARY_DIR}/charts-mode.txt)
  if(mode STREQUAL "OFF")
    file(CONFIGURE OUTPUT ${mode_file} CONTENT "without\n")
  else()
    file(CONFIGURE OUTPUT ${mode_file} CONTENT "with\n")
  endif()
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DMODE=${mode} -DNODE=${BUDGETCHECK_NODE} -DNPM=${BUDGETCHECK_NPM}
            -DWORK=${CMAKE_BINARY_DIR}/charts "-DSOURCES=$<JOIN:${sources},|>" -P ${CMAKE_SOURCE_DIR}/cmake/charts_build.cmake
    DEPENDS ${sources} ${mode_file} ${CMAKE_SOURCE_DIR}/cmake/charts_build.cmake
    COMMENT "Charts of the HTML report (${mode})"
    VERBATIM)
endfunction()
