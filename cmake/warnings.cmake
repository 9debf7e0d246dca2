# Warnings are errors, with g++ 12 and clang 14 alike.
set(EDGEWRIGHT_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND EDGEWRIGHT_WARNINGS -Wno-restrict)  # false alarms on `"literal" + std::string` in g++ 12 (GCC bug 105651)
endif()
