# protocol.pb.h from src/drivers/protocol.proto, in the build tree. The compiler sees it as a system header: its warnings are not ours.
find_package(Protobuf REQUIRED)
set(generated ${CMAKE_BINARY_DIR}/generated/protocol)
set(proto ${CMAKE_SOURCE_DIR}/src/drivers/protocol.proto)
file(MAKE_DIRECTORY ${generated})
add_custom_command(
  OUTPUT ${generated}/protocol.pb.h ${generated}/protocol.pb.cc
  COMMAND protobuf::protoc --cpp_out=${generated} -I ${CMAKE_SOURCE_DIR}/src/drivers ${proto}
  DEPENDS ${proto}
  COMMENT "protoc protocol.proto")
add_library(protocol_messages STATIC ${generated}/protocol.pb.cc ${generated}/protocol.pb.h)
target_include_directories(protocol_messages SYSTEM PUBLIC ${generated})
target_link_libraries(protocol_messages PUBLIC protobuf::libprotobuf-lite)
