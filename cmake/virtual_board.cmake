# Bare programs for the virtual boards of firmware/machines.json, and tests that run them in QEMU.
#
#   virtual_board_program(NAME machine SOURCES files... [CORE m4] [INCLUDE folders...] [OPTIONS flags...] [DEPENDS targets...])
#     builds <build>/boards/NAME.elf with arm-none-eabi-gcc (target NAME): start-up, semihosting and the instruction counter
#     (firmware/semihost.h, counter.h) with the given C files, objects and archives. CORE is a core of src/targets/cores.def; default: the
#     machine's own. M0 code for mps2-an385: CORE m0. Machine `process`, for the R52, which no machine of QEMU has: a process of
#     qemu-arm without a counter.
#   virtual_board_test(NAME machine ... the same)
#     and runs it as ctest NAME: main's status 0 passes. Without the compiler or QEMU the test is listed as disabled, with a message.
#
# By hand: qemu-system-arm -M MACHINE -nographic -monitor none -serial null -semihosting-config enable=on,target=native
#          -icount shift=7,sleep=off -kernel NAME.elf
find_program(ARM_GCC arm-none-eabi-gcc)
find_program(QEMU_ARM qemu-system-arm)
find_program(QEMU_ARM_PROCESS qemu-arm)
if(NOT ARM_GCC OR NOT QEMU_ARM)
  message(STATUS "tests on virtual boards are left out: arm-none-eabi-gcc or qemu-system-arm was not found (Debian: gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm)")
endif()

set(FIRMWARE_FOLDER ${CMAKE_SOURCE_DIR}/firmware)
file(READ ${FIRMWARE_FOLDER}/machines.json MACHINES_JSON)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${FIRMWARE_FOLDER}/machines.json)
set(VIRTUAL_BOARD_LIBRARY ${FIRMWARE_FOLDER}/start.c ${FIRMWARE_FOLDER}/semihost.c ${FIRMWARE_FOLDER}/counter.c)

# Sets `flags` to the compiler's flags of the first core of that name in cores.def.
function(core_flags core flags)
  file(STRINGS ${CMAKE_SOURCE_DIR}/src/targets/cores.def lines REGEX "^EDGEWRIGHT_CORE.*, ${core}, ")
  list(POP_FRONT lines line)
  if(NOT line MATCHES "\"([^\"]+)\"\\)$")
    message(FATAL_ERROR "src/targets/cores.def has no core ${core}")
  endif()
  separate_arguments(list UNIX_COMMAND "${CMAKE_MATCH_1}")
  set(${flags} ${list} PARENT_SCOPE)
endfunction()

# Sets `defines` and `link` to what the row of `machine` means to the compiler and to the linker.
function(machine_flags machine defines link)
  if(machine STREQUAL process)
    string(JSON row GET "${MACHINES_JSON}" process)
  else()
    string(JSON row ERROR_VARIABLE error GET "${MACHINES_JSON}" machines ${machine})
    if(error)
      message(FATAL_ERROR "firmware/machines.json has no machine ${machine}")
    endif()
    foreach(key uart uart_address timer timer_address timer_hz)
      string(JSON ${key} GET "${row}" ${key})
    endforeach()
    set(${defines} -DUART_${uart} -DUART_ADDRESS=${uart_address}u -DTIMER_${timer} -DTIMER_ADDRESS=${timer_address}u
        -DTIMER_HZ=${timer_hz}u -DMACHINE="${machine}" PARENT_SCOPE)
  endif()
  string(JSON stack GET "${row}" stack)
  set(options -Wl,--defsym=STACK_BYTES=${stack})
  foreach(region vectors code weights ram)
    string(JSON origin GET "${row}" ${region} 0)
    string(JSON length GET "${row}" ${region} 1)
    string(TOUPPER ${region} upper)
    list(APPEND options -Wl,--defsym=${upper}_ORIGIN=${origin} -Wl,--defsym=${upper}_LENGTH=${length})
  endforeach()
  set(${link} ${options} PARENT_SCOPE)
endfunction()

function(virtual_board_program name machine)
  cmake_parse_arguments(ARG "" "CORE" "SOURCES;INCLUDE;OPTIONS;DEPENDS" ${ARGN})
  if(NOT ARM_GCC)
    return()
  endif()
  if(NOT ARG_CORE)
    string(JSON ARG_CORE GET "${MACHINES_JSON}" machines ${machine} cores 0)
    string(REPLACE "cortex-" "" ARG_CORE ${ARG_CORE})
  endif()
  core_flags(${ARG_CORE} flags)
  machine_flags(${machine} defines link)
  list(TRANSFORM ARG_INCLUDE PREPEND -I)
  set(support ${VIRTUAL_BOARD_LIBRARY})
  if(machine STREQUAL process)
    set(support ${FIRMWARE_FOLDER}/process_start.c ${FIRMWARE_FOLDER}/semihost.c)
  endif()
  set(elf ${CMAKE_BINARY_DIR}/boards/${name}.elf)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/boards)
  add_custom_command(OUTPUT ${elf} DEPENDS ${ARG_SOURCES} ${ARG_DEPENDS} ${support} ${FIRMWARE_FOLDER}/sections.ld ${FIRMWARE_FOLDER}/machines.json
    COMMAND ${ARM_GCC} ${flags} -std=c11 -O2 -ffunction-sections -fdata-sections -ffp-contract=off -fno-math-errno -Wall -Wextra -Wpedantic -Wconversion -Werror
            -I${FIRMWARE_FOLDER} -I${CMAKE_SOURCE_DIR}/runtime/include ${ARG_INCLUDE} ${defines} ${ARG_OPTIONS} ${support} ${ARG_SOURCES}
            -nostartfiles -Wl,--gc-sections -Wl,--no-warn-rwx-segments ${link} -T ${FIRMWARE_FOLDER}/sections.ld -lm -o ${elf}
    COMMENT "virtual board program ${name} (${machine})" VERBATIM)
  add_custom_target(${name} ALL DEPENDS ${elf})
endfunction()

function(virtual_board_test name machine)
  virtual_board_program(${name} ${machine} ${ARGN})
  if(ARM_GCC AND QEMU_ARM_PROCESS AND machine STREQUAL process)
    add_test(NAME ${name} COMMAND ${QEMU_ARM_PROCESS} -cpu max ${CMAKE_BINARY_DIR}/boards/${name}.elf)
    set_tests_properties(${name} PROPERTIES TIMEOUT 120)
  elseif(ARM_GCC AND QEMU_ARM AND NOT machine STREQUAL process)
    add_test(NAME ${name} COMMAND ${QEMU_ARM} -M ${machine} -nographic -monitor none -serial null -semihosting-config enable=on,target=native
             -icount shift=7,sleep=off -kernel ${CMAKE_BINARY_DIR}/boards/${name}.elf)
    set_tests_properties(${name} PROPERTIES TIMEOUT 120)
  else()
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -E echo "skipped: no arm-none-eabi-gcc or no QEMU")
    set_tests_properties(${name} PROPERTIES DISABLED TRUE)
  endif()
endfunction()
