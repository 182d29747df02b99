# One library per folder of src/. A layer sees its own headers and those of the layers it names in USES, and no
# others: every layer's include directory holds nothing but a link to its own folder.
function(cookline_layer name)
  cmake_parse_arguments(ARG "" "" "USES;PUBLIC_LIBS;PRIVATE_LIBS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/layers/${name})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${name} ${CMAKE_BINARY_DIR}/layers/${name}/${name} SYMBOLIC)
  add_library(cookline_${name} STATIC ${sources})
  target_include_directories(cookline_${name} PUBLIC ${CMAKE_BINARY_DIR}/layers/${name})
  foreach(layer IN LISTS ARG_USES)
    target_link_libraries(cookline_${name} PUBLIC cookline_${layer})
  endforeach()
  target_link_libraries(cookline_${name} PUBLIC ${ARG_PUBLIC_LIBS} PRIVATE ${ARG_PRIVATE_LIBS})
endfunction()
