# What the script layer needs besides its sources: its Python files inside the library, the path of the Python whose
# library is embedded, and pybind11 compiled once.
function(cookline_embed_python target folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.py)
  set(output ${CMAKE_BINARY_DIR}/embedded_python.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${Python3_EXECUTABLE} -I ${PROJECT_SOURCE_DIR}/cmake/embed_python.py ${output} ${files}
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed_python.py VERBATIM)
  target_sources(${target} PRIVATE ${output})
  set_source_files_properties(${output} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  target_compile_definitions(${target} PRIVATE COOKLINE_PYTHON="${Python3_EXECUTABLE}")
  target_precompile_headers(${target} PRIVATE <pybind11/pybind11.h> <pybind11/stl.h>)
endfunction()
