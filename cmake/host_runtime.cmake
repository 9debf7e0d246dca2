# The runtime for networks that `validate` compiles on the host: <build>/share/edgewright/AI/Lib/GCC/Host/NetworkRuntime1020_Host_GCC.a.
# Without sanitizers and coverage, whose libraries the generated network's own shared library would lack.
if(NOT TARGET nn_runtime)
  return()
endif()
file(GLOB_RECURSE host_runtime_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/kernels/*.c ${CMAKE_SOURCE_DIR}/runtime/core/*.c)
if(NOT host_runtime_sources)
  return()
endif()
set(host_runtime_folder ${EDGEWRIGHT_SHARE}/AI/Lib/GCC/Host)
add_library(nn_runtime_host STATIC ${host_runtime_sources} ${RUNTIME_STAMP_C})
add_dependencies(nn_runtime_host runtime_stamp)
target_include_directories(nn_runtime_host PRIVATE ${CMAKE_SOURCE_DIR}/runtime/include)
target_compile_options(nn_runtime_host PRIVATE ${EDGEWRIGHT_WARNINGS} -O2 -ffp-contract=off -fno-math-errno -fno-sanitize=all
                       -fno-profile-arcs -fno-test-coverage)
set_target_properties(nn_runtime_host PROPERTIES ARCHIVE_OUTPUT_DIRECTORY ${host_runtime_folder} PREFIX "" OUTPUT_NAME NetworkRuntime1020_Host_GCC)
install(FILES ${host_runtime_folder}/NetworkRuntime1020_Host_GCC.a DESTINATION ${CMAKE_INSTALL_DATADIR}/edgewright/AI/Lib/GCC/Host)
