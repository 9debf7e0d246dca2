# tflite_generated.h from our schema, in the build tree. The compiler sees it as a system header: its warnings are not ours.
find_package(FlatBuffers REQUIRED)
set(generated ${CMAKE_BINARY_DIR}/generated)
set(schema ${CMAKE_SOURCE_DIR}/src/formats/tflite/tflite.fbs)
add_custom_command(
  OUTPUT ${generated}/tflite_generated.h
  COMMAND ${CMAKE_COMMAND} -E make_directory ${generated}
  COMMAND flatbuffers::flatc --cpp -o ${generated} ${schema}
  DEPENDS ${schema}
  COMMENT "flatc tflite.fbs")
add_custom_target(tflite_schema DEPENDS ${generated}/tflite_generated.h)
target_include_directories(ew_formats SYSTEM PUBLIC ${generated})
add_dependencies(ew_formats tflite_schema)
