"""Generates, compiles, links and runs one network for one core, and measures it."""
import json
import pathlib
import re

from boards import COMPILER, CORES, ROOT, BenchError, cores_row, machine_options, run
from cycles import RULES, estimate
from profiling import Profile, SourceMap, build_plugin, profile, caller_ranges, symbols

OPTIMIZATIONS = ("time", "balanced", "ram")
CATALOGUE = json.loads((ROOT / "bench/networks.json").read_text())["networks"]
API = [f"stai_network_{name}" for name in ("init", "set_activations", "get_inputs", "get_outputs", "run")]


def network_flags():
    """How the tool compiles a network's own code: validate runs, and analyze measures, what these give."""
    text = (ROOT / "src/targets/toolchain.cpp").read_text()
    found = re.search(r"network_flags\(\) \{\s*return \{([^}]*)\}", text)
    if not found:
        raise BenchError("src/targets/toolchain.cpp: cannot read network_flags()")
    return re.findall(r'"([^"]+)"', found[1])


class Build:
    """A generated network, compiled for a core."""

    def __init__(self, tool, model, core, optimization, folder):
        self.core, self.folder, self.out = core, pathlib.Path(folder), pathlib.Path(folder) / "network"
        self.suffix, self.flags = cores_row(core.library)
        share = pathlib.Path(tool).resolve().parent / "share/edgewright"
        self.library = share / f"AI/Lib/GCC/{core.library}/NetworkRuntime1020_{self.suffix}_GCC.a"
        if not self.library.exists():
            raise BenchError(f"{self.library} is missing: build the target `cores`")
        run([tool, "generate", "-m", model, "--target", core.target, "-O", optimization, "-o", self.out, "-w", self.folder, "--c-api", "st-ai", "--quiet"])
        self.include = [f"-I{self.out}", f"-I{share / 'AI/Inc'}"]
        self.objects = [self.compile(self.out / name, ["-g", *network_flags()]) for name in ("network.c", "network_data.c")]
        self.info = json.loads((self.out / "network_c_info.json").read_text())

    def compile(self, source, options):
        made = self.folder / (source.name + ".o")
        run([COMPILER, *self.flags, *options, *self.include, "-c", source, "-o", made])
        return made

    def sizes(self):
        """Bytes of the network, the runtime and the toolchain's functions that they need, and nothing else: a link of their own."""
        elf = self.folder / "sizes.elf"
        wanted = [f"-Wl,--undefined={name}" for name in API]
        run([COMPILER, *self.flags, "-nostartfiles", "-specs=nano.specs", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments", f"-Wl,-e,{API[-1]}", *wanted,
             *self.objects, self.library, "-lm", "-o", elf])
        sections = {row[0]: int(row[1]) for row in re.findall(r"^(\.\S+)\s+(\d+)", run(["arm-none-eabi-size", "-A", elf]), re.MULTILINE)}
        weights = self.info["memory_footprint"]["weights"]
        data = sections.get(".data", 0)
        return {"code": sections.get(".text", 0) + sections.get(".ARM.exidx", 0), "tables": sections.get(".rodata", 0) + data - weights,
                "weights": weights, "activations": self.info["memory_footprint"]["activations"], "static_ram": data + sections.get(".bss", 0)}

    def link(self):
        """(machine, program, callers): the program for the first of the core's machines that has room for it."""
        elf, map_file = self.folder / "network.elf", self.folder / "network.map"
        for machine in self.core.machines:
            defines, options, sources = machine_options(machine)
            command = [COMPILER, *self.flags, "-std=c11", "-O2", f"-I{ROOT / 'firmware'}", *self.include, *defines, ROOT / "bench/network_main.c",
                       *sources, *self.objects, self.library, *options, f"-Wl,-Map={map_file}", "-lm", "-o", elf]
            try:
                run(command)
            except BenchError as error:
                if machine != self.core.machines[-1] and "will not fit in region" in str(error):
                    continue
                raise
            return machine, elf, caller_ranges(map_file.read_text(), self.objects[0].name)

    def nodes(self):
        """The c-nodes' rows of c_info. A streamed group's steps follow it and have its kernels and its MACC; what is left to it is its loop."""
        rows = []
        for graph in self.info["graphs"]:
            for node in graph["nodes"]:
                steps = node["subgraph_nodes"]
                rows += [{**node, "macc": 0, "sw_functions": []} if steps else node, *steps]
        return rows


def layers(build, profiled, rules):
    """A row for each c-node, in their order, and one for what lies between them."""
    rows = {row["name"]: row for row in build.nodes()}
    by_node = profiled.by_node(SourceMap(build.out / "network.c", rows))
    result = []
    for name in [*rows, None]:
        blocks = by_node.get(name, [])
        row = rows.get(name, {})
        instructions = sum(block.instructions for block in blocks)
        result.append({"node": name or "between", "kernel": ", ".join(row.get("sw_functions", [])), "macc": row.get("macc", 0),
                       "instructions": instructions, "cycles": estimate(rules, profiled.triples(blocks)) if rules else None})
    return result


def hot_blocks(profiled, rules, count):
    """The blocks of code that carry the most instructions, with what one pass through them costs."""
    result = []
    for addresses, executed in profiled.hottest(count):
        instructions = [profiled.listing[address] for address in addresses]
        result.append({"function": instructions[0].function, "executed": executed, "instructions": len(addresses),
                       "cycles": rules.block(instructions)[0] if rules else None, "listing": [profiled.listing.text(address) for address in addresses]})
    return result


def prepare(folder):
    """Once before measuring in sub-folders of `folder`, by several processes perhaps."""
    build_plugin(folder)


def measure_bytes(tool, model, core_name, optimization, folder):
    """What is known without running the network."""
    build = generate(tool, model, core_name, optimization, folder)
    return {"core": core_name, "optimization": optimization, **build.sizes()}


def generate(tool, model, core_name, optimization, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return Build(tool, model, CORES[core_name], optimization, folder)


def measure(tool, model, core_name, optimization, folder, facts=None, hot=0):
    """All figures of a network on a core, as plain data. `facts`: its row of networks.json; `hot`: how many blocks of code to list."""
    facts = facts or {}
    core = CORES[core_name]
    build = generate(tool, model, core_name, optimization, folder)
    machine, elf, callers = build.link()
    printed, blocks = profile(machine, elf, build_plugin(build.folder.parent), callers)
    answer = re.search(r"hash 0x([0-9a-f]+) stack (\d+)", printed)
    if not answer:
        raise BenchError(f"{model} on {core_name}: the program printed {printed!r}")
    if facts.get("hash", answer[1]) != answer[1]:
        raise BenchError(f"{model} on {core_name}, -O {optimization}: the output differs from LiteRT's ({answer[1]} instead of {facts['hash']})")
    profiled = Profile(elf, blocks, core.objdump)
    rules = RULES.get(core_name)
    return {"core": core_name, "optimization": optimization, "machine": machine, "macc": facts.get("macc") or sum(n.get("macc", 0) for n in build.nodes()),
            "hash": answer[1], "instructions": profiled.total(), "cycles": estimate(rules, profiled.triples()) if rules else None,
            **build.sizes(), "context": symbols(elf)["network"][1], "stack": int(answer[2]),
            "layers": layers(build, profiled, rules), "functions": profiled.by(lambda i: i.function), "kinds": profiled.by(lambda i: i.kind),
            "hot": hot_blocks(profiled, rules, hot)}
