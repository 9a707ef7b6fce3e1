# budgetcheck_embed(OUT_CPP NAMESPACE_FUNCTION FILES...)
# Writes a C++ file that defines `const std::vector<EmbeddedFile>& FUNCTION()` with the files' names and bytes.
function(budgetcheck_embed out function)
  set(script ${CMAKE_SOURCE_DIR}/cmake/embed.cmake)
  string(REPLACE ";" "|" joined "${ARGN}")
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DFUNCTION=${function} "-DFILES=${joined}" -P ${script}
    DEPENDS ${ARGN} ${script}
    COMMENT "Embedding ${function}"
    VERBATIM)
endfunction()
