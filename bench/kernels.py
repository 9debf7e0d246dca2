#!/usr/bin/env python3
"""Builds bench/kernels.c for the virtual boards and prints the instructions of each layer shape.

usage: bench/kernels.py [-v] [-Dname=value ...] [core ...]     (cores: m0+ m3 m4 m7 m33 m55; -v: every layer, not only the sums per network)
"""
import collections
import sys
import tempfile

from boards import COMPILER, CORES, ROOT, cores_row, emulate, machine_options, run


def measure(core, options):
    """What the program prints. It counts by itself, so it needs virtual time that goes by instructions; the last machine has the most room."""
    machine = core.machines[-1]
    defines, link, sources = machine_options(machine)
    for family in ("conv2d", "dwconv2d", "dense", "pool2d"):
        sources += sorted((ROOT / "runtime/kernels" / family).glob("*.c"))
    with tempfile.TemporaryDirectory() as folder:
        elf = f"{folder}/kernels.elf"
        run([COMPILER, *cores_row(core.library)[1], "-std=c11", "-O3", "-ffunction-sections", "-fdata-sections", "-fshort-enums", "-ffp-contract=off",
             "-fno-math-errno", f"-I{ROOT}/firmware", f"-I{ROOT}/runtime/include", *defines, *options, ROOT / "bench/kernels.c", *sources, *link, "-lm",
             "-o", elf])
        return emulate(machine, elf, ["-icount", "shift=7,sleep=off"])


def main():
    arguments = sys.argv[1:]
    verbose = "-v" in arguments
    options = [a for a in arguments if a.startswith("-D")]
    for core in [a for a in arguments if not a.startswith("-")] or [name for name in CORES if name != "r52"]:
        sums = collections.defaultdict(lambda: [0, 0])
        for line in measure(CORES[core], options).splitlines():
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
