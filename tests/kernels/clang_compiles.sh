#!/bin/sh
# Compiles the whole runtime with clang for every kind of core in src/targets/cores.def: for those who build it from source with a toolchain
# on its base. Single blocks of assembly are for gcc only (NN_ASSEMBLY); what clang compiles instead must not be left out or broken.
# usage: clang_compiles.sh CHECKOUT
set -eu
cd "$1"
command -v clang >/dev/null || { echo "skipped: clang was not found"; exit 77; }
headers=$(dirname "$(arm-none-eabi-gcc -print-file-name=libc.a)")/../include
[ -d "$headers" ] || { echo "skipped: newlib's headers were not found"; exit 77; }
sed -n 's/^EDGEWRIGHT_CORE(.*, \(.*\), "\(.*\)")$/\1 \2/p' src/targets/cores.def | sort -u -k 1,1 | cut -d ' ' -f 2- | while read -r flags; do
  find runtime/kernels runtime/core -name '*.c' | sed "s|^|$flags |"
done | xargs -P 2 -L 1 clang --target=arm-none-eabi -O3 -std=c11 -Wall -Wextra -Werror -Iruntime/include -isystem "$headers" -o /dev/null -c
