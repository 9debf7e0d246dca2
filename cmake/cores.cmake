# The runtime compiled for every core of src/targets/cores.def, with arm-none-eabi-gcc when it is there:
#   <build>/share/edgewright/AI/Lib/GCC/<folder>/NetworkRuntime1020_<suffix>_GCC.a
# and the rest of share/edgewright, which src/base/resources.h finds beside the executable, as links into the source tree.
# `cmake --install` lays out the same below share/.
set(EDGEWRIGHT_SHARE ${CMAKE_BINARY_DIR}/share/edgewright)
file(MAKE_DIRECTORY ${EDGEWRIGHT_SHARE}/AI/Lib/GCC)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/runtime/include ${EDGEWRIGHT_SHARE}/AI/Inc SYMBOLIC)
foreach(folder runtime firmware python)
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${folder} ${EDGEWRIGHT_SHARE}/${folder} SYMBOLIC)
endforeach()

include(GNUInstallDirs)
install(DIRECTORY runtime/include/ DESTINATION ${CMAKE_INSTALL_DATADIR}/edgewright/AI/Inc FILES_MATCHING PATTERN "*.h")
foreach(folder runtime firmware python)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/edgewright OPTIONAL
          PATTERN "*_test.*" EXCLUDE PATTERN "tests" EXCLUDE PATTERN "__pycache__" EXCLUDE PATTERN "CMakeLists.txt" EXCLUDE)
endforeach()

option(EDGEWRIGHT_CORES "build the runtime libraries for the cores (needs arm-none-eabi-gcc)" ON)
find_program(ARM_GCC arm-none-eabi-gcc)
find_program(ARM_AR arm-none-eabi-gcc-ar)
if(NOT EDGEWRIGHT_CORES OR NOT ARM_GCC OR NOT ARM_AR)
  message(STATUS "no runtime libraries for the cores: arm-none-eabi-gcc was not found (Debian: gcc-arm-none-eabi) or EDGEWRIGHT_CORES is off")
  return()
endif()

# -O3; -O2 for what calls assembly, in which the time is spent; -Os where next to none is spent (the client APIs, kernels that run once on few
# elements); one section per function, so that a firmware's linker keeps only what its networks call;
# no fused multiply-add but where a kernel asks for it (nn_multiply_add_f32):
# docs/decisions/0008-float-products.md.
set(cold_sources "^(core/|kernels/(softmax/nn_softmax_few_s8|dense/nn_dense_few_s8|pool2d/nn_global_avgpool_s8))")
set(called_sources "^kernels/(conv2d/nn_conv2d_dsp_s8|dwconv2d/nn_dwconv2d_3x3_row_dsp_s8)")
set(runtime_flags -std=c11 -ffunction-sections -fdata-sections -fshort-enums -ffp-contract=off -fno-math-errno
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror -I${CMAKE_SOURCE_DIR}/runtime/include)
file(GLOB_RECURSE runtime_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/runtime/kernels/*.c ${CMAKE_SOURCE_DIR}/runtime/core/*.c)

# Sets `objects` to the object files of the runtime for these flags; asked again for equal flags, to the same files.
function(runtime_objects flags objects)
  string(MD5 key "${flags}")
  string(SUBSTRING ${key} 0 8 key)
  get_property(known GLOBAL PROPERTY runtime_objects_${key})
  if(NOT known)
    separate_arguments(flag_list UNIX_COMMAND "${flags}")
    foreach(source IN LISTS runtime_sources RUNTIME_STAMP_C)
      if(source STREQUAL RUNTIME_STAMP_C)
        set(name nn_runtime_stamp.c)
      else()
        file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR}/runtime ${source})
      endif()
      if(name MATCHES "${cold_sources}")
        set(level -Os)
      elseif(name MATCHES "${called_sources}")
        set(level -O2)
      else()
        set(level -O3)
      endif()
      set(object ${CMAKE_BINARY_DIR}/cores/${key}/${name}.o)
      cmake_path(GET object PARENT_PATH folder)
      file(MAKE_DIRECTORY ${folder})
      add_custom_command(OUTPUT ${object} DEPENDS ${source} DEPFILE ${object}.d
        COMMAND ${CCACHE} ${ARM_GCC} ${flag_list} ${runtime_flags} ${level} -MMD -MF ${object}.d -MT ${object} -c ${source} -o ${object}
        COMMENT "runtime ${name} (${flags})" VERBATIM)
      list(APPEND known ${object})
    endforeach()
    set_property(GLOBAL PROPERTY runtime_objects_${key} ${known})
  endif()
  set(${objects} ${known} PARENT_SCOPE)
endfunction()

file(STRINGS ${CMAKE_SOURCE_DIR}/src/targets/cores.def lines REGEX "^EDGEWRIGHT_CORE")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/targets/cores.def)
set(libraries)
foreach(line IN LISTS lines)
  if(NOT line MATCHES "^EDGEWRIGHT_CORE\\(\"([^\"]+)\", \"([^\"]+)\", [a-z0-9]+, \"([^\"]+)\"\\)$")
    message(FATAL_ERROR "src/targets/cores.def: cannot read: ${line}")
  endif()
  set(folder ${CMAKE_MATCH_1})
  set(library ${EDGEWRIGHT_SHARE}/AI/Lib/GCC/${folder}/NetworkRuntime1020_${CMAKE_MATCH_2}_GCC.a)
  file(MAKE_DIRECTORY ${EDGEWRIGHT_SHARE}/AI/Lib/GCC/${folder})
  runtime_objects("${CMAKE_MATCH_3}" objects)
  add_custom_command(OUTPUT ${library} DEPENDS ${objects}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${library}
    COMMAND ${ARM_AR} rcsD ${library} ${objects}
    COMMENT "runtime library ${folder}" VERBATIM)
  list(APPEND libraries ${library})
  install(FILES ${library} DESTINATION ${CMAKE_INSTALL_DATADIR}/edgewright/AI/Lib/GCC/${folder} OPTIONAL)
endforeach()
if(runtime_sources)
  add_custom_target(cores ALL DEPENDS ${libraries})
endif()
