# cmake -DOUT=x.js -DMODE=AUTO|ON|OFF -DNODE=node -DNPM=npm -DWORK=folder "-DSOURCES=a|b" -P charts_build.cmake
# Installs what package-lock.json names, bundles it, and removes it again. If that fails, AUTO writes an empty file and says so
# once; to try again, remove that file.
if(MODE STREQUAL "OFF")
  file(WRITE ${OUT} "")
  return()
endif()
string(REPLACE "|" ";" sources "${SOURCES}")
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})
file(COPY ${sources} DESTINATION ${WORK})
set(failed "")
execute_process(
  COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error --fetch-retries=1
          --fetch-retry-mintimeout=1000 --fetch-timeout=20000
  WORKING_DIRECTORY ${WORK} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text TIMEOUT 120)
if(NOT code EQUAL 0)
  set(failed "npm ci failed (${code}): ${text}")
else()
  execute_process(
    COMMAND ${NODE} build.mjs ${OUT}.new
    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text TIMEOUT 60)
  if(NOT code EQUAL 0)
    set(failed "bundling failed (${code}): ${text}")
  endif()
endif()
file(REMOVE_RECURSE ${WORK})
if(failed STREQUAL "")
  file(RENAME ${OUT}.new ${OUT})
elseif(MODE STREQUAL "ON")
  message(FATAL_ERROR "the charts of the HTML report could not be built, and BUDGETCHECK_CHARTS is ON\n${failed}")
else()
  file(WRITE ${OUT} "")
  string(REGEX MATCH "^[^\n]*" failed "${failed}") # npm's first line is enough
  message("HTML report without charts: ${failed}\n"
          "Everything else works. To try again: rm ${OUT}; to leave them out quietly: -DBUDGETCHECK_CHARTS=OFF")
endif()
