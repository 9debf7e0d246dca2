#!/usr/bin/env python3
"""Instructions and output hash of whole networks on the virtual boards: generates, compiles and runs each model for each core.

usage: bench/networks.py STEDGEAI MODEL.tflite[=HASH] ... [-c core,core...]      (cores: m0 m3 m4 m7 m33 m55; default m3,m4,m7,m33,m55)
The hash is checked when it is given (what LiteRT's reference kernels return for the same input).
"""
import pathlib
import subprocess
import sys
import tempfile

from kernels import MACHINE, ROOT, board_flags, core_flags, emulate

TARGET = {"m0": "stm32f0", "m3": "stm32f1", "m4": "stm32f4", "m7": "stm32h7", "m33": "stm32u5", "m55": "stm32n6"}


def measure(tool, model, core, folder):
    out = pathlib.Path(folder) / "out"
    subprocess.run([tool, "generate", "-m", model, "--target", TARGET[core], "-o", str(out), "-w", folder, "--c-api", "st-ai", "--with-runtime",
                    "--no-report", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    flags = " ".join([*core_flags(core), "-O3", "-fshort-enums"])
    subprocess.run(["make", "-s", "-j2", "-C", str(out), "CC=arm-none-eabi-gcc", f"CFLAGS={flags}"], check=True)
    defines, link = board_flags(MACHINE[core])
    sources = [ROOT / "bench/network_main.c", *(ROOT / "firmware" / f for f in ("start.c", "semihost.c", "counter.c"))]
    elf = f"{folder}/network.elf"
    subprocess.run(["arm-none-eabi-gcc", *flags.split(), "-std=c11", f"-I{ROOT}/firmware", f"-I{out}", f"-I{out}/runtime/include", *defines,
                    *map(str, sources), str(out / "libnetwork.a"), "-nostartfiles", "-Wl,--gc-sections", *link, "-lm", "-o", elf], check=True)
    instructions, output_hash = emulate(core, elf).split()[-2:]
    return int(instructions), output_hash.removeprefix("0x")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    arguments = sys.argv[1:]
    cores = ["m3", "m4", "m7", "m33", "m55"]
    if "-c" in arguments:
        at = arguments.index("-c")
        cores = arguments[at + 1].split(",")
        del arguments[at:at + 2]
    wrong = 0
    for argument in arguments[1:]:
        model, _, expected = argument.partition("=")
        for core in cores:
            with tempfile.TemporaryDirectory() as folder:
                instructions, output_hash = measure(arguments[0], model, core, folder)
            differs = bool(expected) and output_hash != expected
            wrong += differs
            print(f"{pathlib.Path(model).stem:40} {core:4} {instructions:12,} {output_hash}{' DIFFERS' if differs else ''}", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
