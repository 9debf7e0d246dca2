# The runtime's stamp, made again whenever a source of the runtime changes: the target runtime_stamp, RUNTIME_STAMP_C for every archive of the
# runtime, RUNTIME_STAMP_CPP for the executable.
set(RUNTIME_STAMP_C ${CMAKE_BINARY_DIR}/generated/nn_runtime_stamp.c)
set(RUNTIME_STAMP_CPP ${CMAKE_BINARY_DIR}/generated/runtime_stamp.cpp)
file(GLOB_RECURSE stamped CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/*.c ${CMAKE_SOURCE_DIR}/runtime/*.h)
set(rules cmake/cores.cmake cmake/host_runtime.cmake src/targets/cores.def)
list(TRANSFORM rules PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE stamped_rules)
add_custom_command(
  OUTPUT ${RUNTIME_STAMP_C} ${RUNTIME_STAMP_CPP}
  COMMAND ${CMAKE_COMMAND} -DSOURCE_FOLDER=${CMAKE_SOURCE_DIR} "-DRULES=${rules}" -DC_OUTPUT=${RUNTIME_STAMP_C} -DCPP_OUTPUT=${RUNTIME_STAMP_CPP}
          -P ${CMAKE_SOURCE_DIR}/cmake/runtime_stamp.cmake
  DEPENDS ${stamped} ${stamped_rules} ${CMAKE_SOURCE_DIR}/cmake/runtime_stamp.cmake
  COMMENT "stamp of the runtime" VERBATIM)
add_custom_target(runtime_stamp DEPENDS ${RUNTIME_STAMP_C} ${RUNTIME_STAMP_CPP})
