#!/usr/bin/env python3
"""Builds bench/kernels.c for the virtual boards and prints the instructions of each layer shape.

usage: bench/kernels.py [-v] [-Dname=value ...] [core ...]     (cores: m0 m3 m4 m7 m33 m55; -v: every layer, not only the sums per network)
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MACHINE = {"m0": "mps2-an385", "m3": "mps2-an385", "m4": "mps2-an386", "m7": "mps2-an500", "m33": "mps2-an505", "m55": "mps3-an547"}


def core_flags(core):
    for line in (ROOT / "src/targets/cores.def").read_text().splitlines():
        row = re.match(rf'EDGEWRIGHT_CORE\("[^"]+", "[^"]+", {core}, "([^"]+)"\)', line)
        if row:
            return row[1].split()
    sys.exit(f"src/targets/cores.def has no core {core}")


def board_flags(name):
    """The compiler's and the linker's options for a machine of firmware/machines.json."""
    row = json.loads((ROOT / "firmware/machines.json").read_text())["machines"][name]
    defines = [f"-DUART_{row['uart']}", f"-DUART_ADDRESS={row['uart_address']}u", f"-DTIMER_{row['timer']}",
               f"-DTIMER_ADDRESS={row['timer_address']}u", f"-DTIMER_HZ={row['timer_hz']}u", f'-DMACHINE="{name}"']
    link = [f"-Wl,--defsym=STACK_BYTES={row['stack']}", "-Wl,--no-warn-rwx-segments", "-T", str(ROOT / "firmware/sections.ld")]
    for region in ("vectors", "code", "weights", "ram"):
        link += [f"-Wl,--defsym={region.upper()}_{part}={value}" for part, value in zip(("ORIGIN", "LENGTH"), row[region])]
    return defines, link


def emulate(core, elf):
    """What the program prints."""
    return subprocess.run(["qemu-system-arm", "-M", MACHINE[core], "-nographic", "-monitor", "none", "-serial", "null",
                           "-semihosting-config", "enable=on,target=native", "-icount", "shift=7,sleep=off", "-kernel", elf],
                          check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120).stdout


def run(core, options):
    defines, link = board_flags(MACHINE[core])
    sources = [ROOT / "bench/kernels.c", *(ROOT / "firmware" / f for f in ("start.c", "semihost.c", "counter.c"))]
    for family in ("conv2d", "dwconv2d", "dense", "pool2d"):
        sources += sorted((ROOT / "runtime/kernels" / family).glob("*.c"))
    with tempfile.TemporaryDirectory() as folder:
        elf = f"{folder}/kernels.elf"
        subprocess.run(["arm-none-eabi-gcc", *core_flags(core), "-std=c11", "-O3", "-ffunction-sections", "-fdata-sections", "-fshort-enums",
                        "-ffp-contract=off", "-fno-math-errno", f"-I{ROOT}/firmware", f"-I{ROOT}/runtime/include", *defines, *options,
                        *map(str, sources), "-nostartfiles", "-Wl,--gc-sections", *link, "-lm", "-o", elf], check=True)
        return emulate(core, elf)


def main():
    arguments = sys.argv[1:]
    verbose = "-v" in arguments
    options = [a for a in arguments if a.startswith("-D")]
    for core in [a for a in arguments if not a.startswith("-")] or MACHINE:
        sums = collections.defaultdict(lambda: [0, 0])
        for line in run(core, options).splitlines():
            fields = line.split("\t")
            network, layer, instructions, macs = fields[0], fields[1], int(fields[2]), int(fields[3])
            sums[network][0] += instructions
            sums[network][1] += macs
            if verbose:
                print(f"  {core:4} {network:13} {layer:15} {instructions:10,} {macs:10,} {instructions / macs:6.2f} {fields[4]}")
        for network, (instructions, macs) in sums.items():
            print(f"{core:4} {network:13} {instructions:11,} instructions {macs:11,} MAC {instructions / macs:6.2f}")


if __name__ == "__main__":
    main()
