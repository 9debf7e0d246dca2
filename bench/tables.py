"""Markdown of measured figures, beside the peer's and the goals."""
import json

from boards import CORES, ROOT
from cycles import RULES

PEER = json.loads((ROOT / "bench/peer.json").read_text())
GOALS = json.loads((ROOT / "bench/goals.json").read_text())

MEMORY_TEXT = """Activations include inputs and outputs; the floors are defined in bench/README.md. "RAM beside": variables of the runtime and the context of
the network. Code and tables: what the five functions of the client API need, the toolchain's functions included.
"""
INSTRUCTION_TEXT = """Exact and repeatable counts; they are no time. Behind the sign =: the share of what TensorFlow Lite Micro with CMSIS-NN needs on the same
virtual board.
"""
CYCLE_TEXT = """Estimates by the rules named below, all memory without wait states; published figures are those of real boards.
"""


def table(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(map(str, row)) + " |" for row in rows)]) + "\n"


def bytes_of(number):
    return "-" if number is None else f"{number:,}"


def against(value, goal, text):
    """`text`, and whether the value reaches its goal."""
    if goal is None or value is None:
        return text
    return f"{text} (met)" if value <= goal else f"{text} (goal {goal:,})"


class Results:
    """Measurements by network, core and -O mode, in the order they came."""

    def __init__(self, rows):
        self.rows = rows

    def names(self, key):
        return list(dict.fromkeys(row[key] for row in self.rows))

    def find(self, network, core=None, optimization=None):
        found = [r for r in self.rows if r["network"] == network and core in (None, r["core"]) and optimization in (None, r["optimization"])]
        return found[0] if found else None


def of(tree, *path):
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def memory_table(results, core):
    """RAM and flash on one core."""
    modes = results.names("optimization")
    rows = []
    for network in results.names("network"):
        cells = [network]
        for mode in modes:
            row = results.find(network, core, mode)
            cells.append(against(row["activations"], of(GOALS, "activations", mode, network), bytes_of(row["activations"])) if row else "-")
        row = results.find(network, core)
        if row is None:
            continue
        fixed, beside = row["code"] + row["tables"], row["static_ram"] + row["context"] if "context" in row else None
        cells += [bytes_of(of(row, "floors", "overlapped")), bytes_of(of(row, "floors", "streamed"))]
        cells += [bytes_of(of(PEER, "st_2_2", "activations", network)), bytes_of(of(PEER, "best_activations", network)),
                  against(row["weights"], of(GOALS, "weights", network), bytes_of(row["weights"])), bytes_of(of(PEER, "st_2_2", "weights", network)),
                  bytes_of(row["code"]), bytes_of(row["tables"]), against(fixed, of(GOALS, "code_and_tables", network), bytes_of(fixed)),
                  bytes_of(of(PEER, "st_2_2", "code_and_tables", network)), against(row.get("stack"), GOALS["stack"], bytes_of(row.get("stack"))),
                  against(beside, GOALS["ram_beside"], bytes_of(beside))]
        rows.append(cells)
    head = ["network", *(f"activations, -O {mode}" for mode in modes), "overlapped floor", "streamed floor", "ST 2.2", "best published",
            "weights", "ST 2.2", "code", "tables", "code + tables", "ST 2.2", "stack", "RAM beside"]
    return table(head, rows)


def instruction_table(results, mode):
    rows = []
    cores = results.names("core")
    for network in results.names("network"):
        cells = [network]
        for core in cores:
            row = results.find(network, core, mode)
            if row is None:
                cells.append("-")
                continue
            text = f"{row['instructions']:,}" + ("" if row["machine"] == CORES[core].machines[0] else "\\*")
            peer = of(PEER, "instructions", core, network)
            if peer:
                share = row["instructions"] / peer
                text += " = " + against(share, of(GOALS, "share_of_peer", core, network), f"{share:.3f}")
            cells.append(text)
        rows.append(cells)
    return table(["network", *cores], rows)


def cycle_table(results, mode):
    rows = []
    cores = [core for core in results.names("core") if core in RULES]
    for network in results.names("network"):
        cells = [network]
        for core in cores:
            row = results.find(network, core, mode)
            if row is None or row["cycles"] is None:
                cells.append("-")
                continue
            value = row["cycles"] / row["macc"]
            text = against(value, of(GOALS, "cycles_per_macc", core, network), f"{value:.2f}")
            published = of(PEER, "published_cycles_per_macc", core, network)
            cells.append(text + (f"; published {published}" if published else ""))
        rows.append(cells)
    return table(["network", *cores], rows)


def layer_table(row):
    rows = []
    for layer in row["layers"]:
        macc, count, cycles = layer["macc"], layer["instructions"], layer["cycles"]
        rows.append([layer["node"], layer["kernel"], f"{macc:,}", f"{count:,}", f"{count / macc:.2f}" if macc else "-",
                     f"{cycles:,}" if cycles is not None else "-", f"{cycles / macc:.2f}" if macc and cycles is not None else "-"])
    return table(["c-node", "kernel", "MACC", "instructions", "per MACC", "estimated cycles", "per MACC"], rows)


def share_table(title, shares, least=0.002):
    total = sum(shares.values()) or 1
    return table([title, "instructions", "share"], [[name, f"{count:,}", f"{count / total:.1%}"] for name, count in shares.items() if count >= least * total])


def hot_listing(row):
    """The blocks that carry the most instructions."""
    parts = []
    for block in row["hot"]:
        carried = block["instructions"] * block["executed"]
        cycles = "" if block["cycles"] is None else f", about {block['cycles']} cycles a pass before its branch is taken"
        parts.append(f"{block['function']}: {block['instructions']} instructions, {block['executed']:,} times: "
                     f"{carried / row['instructions']:.1%} of all{cycles}\n\n" + "\n".join("    " + line for line in block["listing"]) + "\n")
    return "\n".join(parts)


def document(rows, with_layers=False, with_functions=False):
    """The whole page."""
    results = Results(rows)
    memory_core = "m4" if "m4" in results.names("core") else results.names("core")[0]
    parts = [f"## RAM and flash in bytes, {memory_core}\n", MEMORY_TEXT, memory_table(results, memory_core)]
    if "instructions" not in rows[0]:
        return "\n".join(parts)
    for mode in results.names("optimization"):
        parts += [f"## Instructions of one inference, -O {mode}\n", INSTRUCTION_TEXT, instruction_table(results, mode),
                  f"## Estimated cycles per nominal multiply-accumulate, -O {mode}\n", CYCLE_TEXT, cycle_table(results, mode)]
    parts.append("\n".join(f"* {core}: {RULES[core].name}. {RULES[core].source}." if core in RULES else f"* {core}: no public rules, no estimate."
                           for core in results.names("core")) + "\n")
    notes = [f"* {core}: {CORES[core].note}." for core in results.names("core") if CORES[core].note]
    if notes:
        parts.append("Machines (\\*: not the first of them):\n\n" + "\n".join(notes) + "\n")
    for row in rows if with_layers or with_functions or rows[0]["hot"] else []:
        parts.append(f"## {row['network']} on {row['core']}, -O {row['optimization']} ({row['machine']})\n")
        if with_layers:
            parts.append(layer_table(row))
        if with_functions:
            parts += [share_table("function", row["functions"]), share_table("kind of instruction", row["kinds"])]
        if row["hot"]:
            parts.append(hot_listing(row))
    return "\n".join(parts)
