"""Runs a program on its virtual board under the instruction profile (instruction_profile.c) and sums up what ran: in total, by function, by kind of
instruction, by c-node of the network."""
import collections
import pathlib
import re
import subprocess
from dataclasses import dataclass

from boards import BenchError, ROOT, emulate, run
from listing import disassemble

PLUGIN_SOURCE = ROOT / "bench/instruction_profile.c"
PLUGIN_FLAGS = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", "-fPIC", "-shared", "-fvisibility=hidden"]


def build_plugin(folder):
    plugin = pathlib.Path(folder) / "instruction_profile.so"
    if not plugin.exists() or plugin.stat().st_mtime < PLUGIN_SOURCE.stat().st_mtime:
        partial = plugin.with_suffix(".partial")
        run(["cc", *PLUGIN_FLAGS, PLUGIN_SOURCE, "-o", partial])
        partial.rename(plugin)
    return plugin


def symbols(elf):
    """name -> (address without the Thumb bit, bytes)"""
    result = {}
    for line in run(["arm-none-eabi-nm", "-S", elf]).splitlines():
        row = re.match(r"([0-9a-f]+) (?:([0-9a-f]+) )?\w (\S+)$", line)
        if row:
            result[row[3]] = int(row[1], 16) & ~1, int(row[2] or "0", 16)
    return result


@dataclass
class Block:
    addresses: tuple
    site: int                     # call site in the callers' code, 0 for that code itself
    executed: int
    taken: int

    @property
    def instructions(self):
        return self.executed * len(self.addresses)


def read(text):
    """The blocks of what the plugin wrote."""
    blocks, addresses, markers = [], (), None
    for line in text.splitlines():
        word, *values = line.split()
        if word == "markers":
            markers = tuple(map(int, values))
        elif word == "block":
            addresses = tuple(int(value, 16) for value in values)
        else:
            blocks.append(Block(addresses, int(values[0], 16), int(values[1]), int(values[2])))
    if markers != (1, 1):
        raise BenchError(f"the profile is not one run between its two markers: they were met {markers} times")
    return blocks


def profile(machine, elf, plugin, callers=()):
    """(what the program prints, its blocks between profile_begin and profile_end). `callers`: address ranges."""
    names = symbols(elf)
    for marker in ("profile_begin", "profile_end"):
        if marker not in names:
            raise BenchError(f"{elf} has no marker function {marker}")
    out = pathlib.Path(elf).with_suffix(".profile")
    out.unlink(missing_ok=True)
    options = [f"{plugin}", f"begin={names['profile_begin'][0]:#x}", f"end={names['profile_end'][0]:#x}", f"out={out}"]
    printed = emulate(machine, elf, ["-plugin", ",".join(options + [f"callers={first:#x}-{end:#x}" for first, end in callers])])
    return printed, read(out.read_text())


def caller_ranges(map_text, object_name):
    """Address ranges of an object's code, from the linker's map; without the kernels compiled in it (docs/decisions/0016-instances.md), which work
    for who calls them."""
    placed = map_text[map_text.index("Linker script and memory map"):]
    ranges = []
    for row in re.finditer(rf"^ \.text(\S*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) \S*\b{re.escape(object_name)}$", placed, re.MULTILINE):
        first, size = int(row[2], 16), int(row[3], 16)
        if re.search(r"_kernel(_\d+)?(\.|$)", row[1]):
            continue
        if size and ranges and first - ranges[-1][1] < 4:      # the gap aligns
            ranges[-1] = ranges[-1][0], first + size
        elif size:
            ranges.append((first, first + size))
    return ranges


class SourceMap:
    """Which c-node the code of network.c works for: from the debugger's lines, inlined functions included.

    A c-node `conv2d_0` has a function `conv2d_0_layer`. In the function of a streamed group the block of each step opens with a comment that names
    it."""

    def __init__(self, source, nodes):
        self.path, self.nodes = source, nodes
        self.by_line = [None]                    # line numbers start at 1
        function_node = step = None
        for line in source.read_text().splitlines():
            head = re.match(r"^static (?:inline )?\w.*?\b(\w+)\(", line)
            if head:
                owners = [node for node in nodes if head[1] == node or head[1].startswith(node + "_")]
                function_node = max(owners, key=len, default=None)
            block = re.match(r"^( +)\{ /\* (\w+):", line)
            if block and block[2] in nodes:
                step = block[2], block[1] + "}"
            self.by_line.append(step[0] if step else function_node)
            if step and line == step[1]:
                step = None
            if line == "}":
                function_node = None

    def locate(self, elf, addresses):
        """address -> c-node or None"""
        addresses = sorted(addresses)
        if not addresses:
            return {}
        text = subprocess.run(["arm-none-eabi-addr2line", "-e", elf, "-a", "-i"], input="\n".join(f"{a:#x}" for a in addresses), check=True,
                              stdout=subprocess.PIPE, text=True).stdout
        result, address = {}, None
        for line in text.splitlines():
            if line.startswith("0x"):
                address = int(line, 16)
                continue
            place = re.match(r"(.*):(\d+)", line)
            if place and pathlib.Path(place[1]).name == self.path.name and result.get(address) is None:
                result[address] = self.by_line[int(place[2])]
        return result


class Profile:
    """The blocks of one inference, with the listing they point into."""

    def __init__(self, elf, blocks, objdump=()):
        self.elf, self.blocks = elf, blocks
        self.listing = disassemble(elf, tuple(objdump))
        missing = [a for block in blocks for a in block.addresses if a not in self.listing]
        if missing:
            raise BenchError(f"{elf}: instructions ran that objdump does not show, the first at {min(missing):#x}")

    def total(self):
        return sum(block.instructions for block in self.blocks)

    def by(self, name_of):
        """name -> instructions, the most first. `name_of`: of an Instruction."""
        sums = collections.Counter()
        for block in self.blocks:
            for address in block.addresses:
                sums[name_of(self.listing[address])] += block.executed
        return dict(sums.most_common())

    def triples(self, blocks=None):
        """For cycles.estimate."""
        return [([self.listing[a] for a in block.addresses], block.executed, block.taken) for block in (self.blocks if blocks is None else blocks)]

    def hottest(self, count):
        """(addresses, executed) of the blocks that carry the most instructions."""
        sums = collections.Counter()
        for block in self.blocks:
            sums[block.addresses] += block.executed
        return sorted(sums.items(), key=lambda item: -len(item[0]) * item[1])[:count]

    def by_node(self, source_map):
        """c-node -> its blocks; None: between the c-nodes."""
        sites = {block.site or block.addresses[0] for block in self.blocks} - {0}
        node_of = source_map.locate(self.elf, sites)
        result = collections.defaultdict(list)
        for block in self.blocks:
            result[node_of.get(block.site or block.addresses[0])].append(block)
        return result
