# The table of src/emit/kernel_headers.h, made again whenever a header of the runtime changes.
file(GLOB runtime_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/include/nn_*.h)
set(kernel_header_table ${CMAKE_BINARY_DIR}/kernel_header_table.cpp)
add_custom_command(
  OUTPUT ${kernel_header_table}
  COMMAND ${CMAKE_COMMAND} -DINCLUDE_FOLDER=${CMAKE_SOURCE_DIR}/runtime/include -DOUTPUT=${kernel_header_table}
          -P ${CMAKE_SOURCE_DIR}/cmake/kernel_headers.cmake
  DEPENDS ${runtime_headers} ${CMAKE_SOURCE_DIR}/cmake/kernel_headers.cmake
  VERBATIM)
target_sources(ew_emit PRIVATE ${kernel_header_table})
