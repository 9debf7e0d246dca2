"""Cores, and the virtual boards that run their code: the compiler's and linker's options, and QEMU's command.

The flags come from src/targets/cores.def, the machines from firmware/machines.json, so that what is measured is what the tool builds.
"""
import json
import pathlib
import re
import subprocess
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMPILER = "arm-none-eabi-gcc"


class BenchError(Exception):
    """A measurement that cannot be made; the message says why."""


@dataclass(frozen=True)
class Core:
    name: str
    target: str                   # of stedgeai
    library: str                  # folder of share/edgewright/AI/Lib/GCC, and row of cores.def
    machines: tuple               # of machines.json, the preferred first
    note: str = ""                # what a reader must know about the machine
    objdump: tuple = ()           # options without which objdump shows wrong mnemonics


# The R52 has no machine in QEMU 7.2: its code runs in user mode on "max", a 32-bit core of the same instruction set (Armv8 with Neon).
CORES = {core.name: core for core in (
    Core("m0+", "stm32g0", "ARMCortexM0+", ("microbit", "mps2-an385"),
         "microbit, a true M0; where its 16 KiB of RAM are too small, mps2-an385, an M3 that runs the M0+ code"),
    Core("m3", "stm32f1", "ARMCortexM3", ("mps2-an385",)),
    Core("m4", "stm32f4", "ARMCortexM4", ("mps2-an386",)),
    Core("m7", "stm32h7", "STM32H7", ("mps2-an500",)),
    Core("m33", "stm32u5", "ARMCortexM33", ("mps2-an505",)),
    Core("m55", "stm32n6", "ARMCortexM55", ("mps3-an547",), objdump=("-m", "armv8.1-m.main")),
    Core("r52", "stellar-pg-r52", "ARMCortexR52", ("process",), "no machine has one: user mode, -cpu max"),
)}


def run(command, **options):
    """The command's standard output; BenchError with everything it said when it fails."""
    command = [str(word) for word in command]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=600, **options)
    except FileNotFoundError:
        raise BenchError(f"{command[0]} was not found") from None
    if done.returncode != 0:
        raise BenchError(f"{' '.join(command)}\nended with {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


def cores_row(library):
    """(suffix of the library's file, compiler flags) of a row of cores.def."""
    for line in (ROOT / "src/targets/cores.def").read_text().splitlines():
        row = re.match(r'EDGEWRIGHT_CORE\("([^"]+)", "([^"]+)", \w+, "([^"]+)"\)', line)
        if row and row[1] == library:
            return row[2], row[3].split()
    raise BenchError(f"src/targets/cores.def has no row {library}")


def machine_options(machine):
    """(defines, linker options, start-up and support sources) of a machine."""
    table = json.loads((ROOT / "firmware/machines.json").read_text())
    if machine == "process":
        row, defines, sources = table["process"], [], ["firmware/process_start.c", "firmware/semihost.c"]
    else:
        row = table["machines"][machine]
        defines = [f"-DTIMER_{row['timer']}", f"-DTIMER_ADDRESS={row['timer_address']}u", f"-DTIMER_HZ={row['timer_hz']}u"]
        sources = ["firmware/start.c", "firmware/semihost.c", "firmware/counter.c"]
    link = ["-nostartfiles", "-specs=nano.specs", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments", "-T", ROOT / "firmware/sections.ld",
            f"-Wl,--defsym=STACK_BYTES={row['stack']}"]
    for region in ("vectors", "code", "weights", "ram"):
        link += [f"-Wl,--defsym={region.upper()}_{part}={value}" for part, value in zip(("ORIGIN", "LENGTH"), row[region])]
    return defines, link, [ROOT / source for source in sources]


def emulate(machine, elf, options=()):
    """What the program prints."""
    if machine == "process":
        return run(["qemu-arm", "-cpu", "max", *options, elf])
    return run(["qemu-system-arm", "-M", machine, "-nographic", "-monitor", "none", "-serial", "null", "-semihosting-config",
                "enable=on,target=native", *options, "-kernel", elf])
