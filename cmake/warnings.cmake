# Warnings are errors, with g++ 12 and clang 14 alike.
set(EDGEWRIGHT_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
