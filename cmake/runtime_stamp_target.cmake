# The runtime's stamp, made again whenever a source of the runtime changes: the target runtime_stamp, RUNTIME_STAMP_C for every archive of the
# runtime, RUNTIME_STAMP_CPP for the executable.
set(RUNTIME_STAMP_C ${CMAKE_BINARY_DIR}/generated/nn_runtime_stamp.c)
set(RUNTIME_STAMP_CPP ${CMAKE_BINARY_DIR}/generated/runtime_stamp.cpp)
file(GLOB_RECURSE stamped CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/*.c ${CMAKE_SOURCE_DIR}/runtime/*.h)
add_custom_command(
  OUTPUT ${RUNTIME_STAMP_C} ${RUNTIME_STAMP_CPP}
  COMMAND ${CMAKE_COMMAND} -DSOURCE_FOLDER=${CMAKE_SOURCE_DIR} -DC_OUTPUT=${RUNTIME_STAMP_C} -DCPP_OUTPUT=${RUNTIME_STAMP_CPP}
          -P ${CMAKE_SOURCE_DIR}/cmake/runtime_stamp.cmake
  DEPENDS ${stamped} ${CMAKE_SOURCE_DIR}/cmake/runtime_stamp.cmake ${CMAKE_SOURCE_DIR}/cmake/cores.cmake
          ${CMAKE_SOURCE_DIR}/cmake/host_runtime.cmake ${CMAKE_SOURCE_DIR}/src/targets/cores.def
  COMMENT "stamp of the runtime" VERBATIM)
add_custom_target(runtime_stamp DEPENDS ${RUNTIME_STAMP_C} ${RUNTIME_STAMP_CPP})
