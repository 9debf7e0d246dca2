"""Estimated cycles of executed instructions, by public rules for each core. Estimates, never measurements: all memory answers at once
(no flash wait states, no cache misses), and what the rules leave open is said in `Rules.source`.

Two kinds of rules: a table (each instruction costs so much, a few neighbours overlap) for cores that issue one instruction after the other, and a
pipeline (units that are busy, results that come later, so many issues a cycle) for those that overlap them. Both look at one block of straight code.
"""
from dataclasses import dataclass, field

DATA_PROCESSING = {"alu", "shift", "extend", "simd", "multiply", "multiply_accumulate", "multiply_long", "multiply_accumulate_long"}
MEMORY = {"load", "store", "load_double", "store_double", "load_multiple", "store_multiple", "float_load", "float_store"}
BRANCHES = {"branch", "call", "branch_to_register", "compare_and_branch", "table_branch"}

# An estimate in which the rules say nothing about more than this share of the instructions is not made.
UNKNOWN_LIMIT = 0.01


@dataclass(frozen=True)
class TableRules:
    """One instruction after the other."""
    name: str
    source: str
    cost: dict                    # class -> cycles; multiple loads and stores: 1 + registers
    taken: int                    # extra cycles of a taken branch
    call_taken: int = None        # of BL, when it differs
    pc_taken: int = None          # of a load of the program counter, when it differs
    pipelined_loads: bool = False # a load after a load takes 1
    address_stall: int = 0        # an address made by the instruction before
    folded_it: bool = False       # IT after a 16-bit instruction takes 0

    def instruction(self, instruction, before):
        """(cycles, known)"""
        kind = instruction.kind
        if kind in ("load_multiple", "store_multiple"):
            cycles = 1 + instruction.registers
        elif kind in ("float_load", "float_store"):
            words = instruction.registers or (2 if instruction.operands.startswith("d") else 1)
            cycles = 1 + words
            if not instruction.registers and before and before.kind in ("load", "store", "float_load", "float_store"):
                cycles -= 1
        elif kind == "it" and self.folded_it and before and before.size == 2:
            return 0, True
        elif kind in self.cost:
            cycles = self.cost[kind]
        else:
            return 1, False
        if before is None:
            return cycles, True
        if self.pipelined_loads and kind == "load" and before.kind == "load" and not before.writes & instruction.address_reads:
            cycles -= 1
        if kind in MEMORY and before.kind in DATA_PROCESSING and before.writes & instruction.address_reads:
            cycles += self.address_stall
        return cycles, True

    def block(self, instructions):
        """(cycles of straight code, instructions that the rules do not know)"""
        cycles = unknown = 0
        before = None
        for instruction in instructions:
            cost, known = self.instruction(instruction, before)
            cycles += cost
            unknown += not known
            before = instruction
        return cycles, unknown

    def taken_cycles(self, last):
        if last.kind == "call" and self.call_taken is not None:
            return self.call_taken
        if last.kind not in BRANCHES and self.pc_taken is not None:
            return self.pc_taken
        return self.taken


@dataclass(frozen=True)
class Use:
    """What an instruction needs of a pipeline."""
    units: tuple                  # of each tuple of alternatives, one unit
    busy: int = 1                 # cycles until its units take the next instruction
    latency: int = 1              # cycles until its result can be used


@dataclass(frozen=True)
class PipelineRules:
    """In order, up to `width` instructions a cycle, each when its units are free and its operands ready."""
    name: str
    source: str
    width: int
    uses: dict                    # class -> Use; a class that is missing is unknown and takes a cycle of its own
    latencies: dict = field(default_factory=dict)    # mnemonic prefix -> latency, where it is not that of the class
    taken: int = 0
    free: frozenset = frozenset() # classes that take no cycle when they branch
    shifted: Use = None           # of data processing with a shifted operand, which is needed one cycle earlier

    def use(self, instruction):
        if self.shifted and instruction.shifted and instruction.kind == "alu":
            return self.shifted
        return self.uses.get(instruction.kind)

    def latency(self, instruction, use):
        for prefix, latency in self.latencies.items():
            if instruction.mnemonic.startswith(prefix):
                return latency
        return use.latency

    def run(self, instructions):
        """(cycles from the first issue to the one behind the last, unknown instructions)"""
        now = issued = unknown = 0
        ready, unit_free = {}, {}
        for instruction in instructions:
            if instruction.kind in self.free:
                continue
            use = self.use(instruction)
            if use is None:
                unknown += 1
                now, issued = now + (1 if issued else 0), self.width     # alone
                continue
            words = (instruction.registers + 1) // 2 if instruction.registers else 1
            units = [min(alternatives, key=lambda unit: unit_free.get(unit, 0)) for alternatives in use.units]
            start = max([now + (issued == self.width)] + [unit_free.get(unit, 0) for unit in units] +
                        [ready.get(r, 0) + (r == instruction.shifted) for r in instruction.reads | instruction.address_reads])
            if start > now:
                now, issued = start, 0
            issued += 1
            for unit in units:
                unit_free[unit] = now + use.busy * words
            for register in instruction.writes:
                ready[register] = now + self.latency(instruction, use) + words - 1
            if words > 1:
                now, issued = now + words - 1, self.width
        return now + (1 if issued else 0), unknown

    def block(self, instructions):
        cycles, unknown = self.run(instructions)
        last = instructions[-1]
        if last.target == instructions[0].address:       # a loop: what one more turn takes
            cycles = self.run(instructions * 2)[0] - cycles
        return cycles, unknown

    def taken_cycles(self, last):
        return 0 if last.kind in self.free else self.taken


ARMV7M = {"alu": 1, "shift": 1, "extend": 1, "simd": 1, "multiply": 1, "multiply_accumulate": 1, "multiply_long": 1, "multiply_accumulate_long": 1, "divide": 7,
          "load": 2, "store": 1, "load_double": 3, "store_double": 3, "branch": 1, "call": 1, "branch_to_register": 1, "compare_and_branch": 1,
          "table_branch": 2, "it": 1, "system": 2, "float": 1, "float_multiply_accumulate": 3, "float_divide": 14}
ARMV7M_RULES = {"taken": 2, "pipelined_loads": True, "address_stall": 1, "folded_it": True}

ARMV6M = {"alu": 1, "shift": 1, "extend": 1, "multiply": 1, "load": 2, "store": 2, "branch": 1, "call": 2, "branch_to_register": 1, "system": 3}

ALU, LOAD, SHIFT, MAC = ("alu0", "alu1"), ("load0", "load1"), ("shift0",), ("mac",)
CORTEX_M7 = {"alu": Use((ALU,)), "shift": Use((ALU, SHIFT)), "extend": Use((ALU, SHIFT)), "simd": Use((ALU, SHIFT)), "it": Use((ALU,)),
             "multiply": Use((MAC,), 1, 2), "multiply_accumulate": Use((MAC,), 1, 2), "multiply_long": Use((MAC,), 1, 2),
             "multiply_accumulate_long": Use((MAC,), 1, 2), "load": Use((LOAD,), 1, 2), "load_double": Use((("load0",), ("load1",)), 1, 2),
             "load_multiple": Use((("load0",), ("load1",)), 1, 2), "store": Use((("store",),), 2), "store_double": Use((("store",),), 2),
             "store_multiple": Use((("store",),), 1), "branch": Use((("branch",),)), "call": Use((("branch",),)),
             "branch_to_register": Use((("branch",),)), "compare_and_branch": Use((("branch",),)), "table_branch": Use((("branch",),))}

SCALAR, BUS, VECTOR, VECTOR_MULTIPLY = ("scalar",), ("memory",), ("vector",), ("vector multiply",)
CORTEX_M55 = {**{kind: Use((SCALAR,)) for kind in DATA_PROCESSING | BRANCHES | {"it", "loop_start", "loop_end", "vector_predicate"}},
              "load": Use((BUS,)), "store": Use((BUS,)), "load_double": Use((BUS,), 1, 2), "store_double": Use((BUS,)),
              "load_multiple": Use((BUS,)), "store_multiple": Use((BUS,)), "vector_load": Use((BUS,), 2), "vector_store": Use((BUS,), 2),
              "float": Use((VECTOR,)), "vector_integer": Use((VECTOR,), 2), "vector_multiply": Use((VECTOR_MULTIPLY,), 2, 2), "vector_float": Use((VECTOR_MULTIPLY,), 2, 2)}

RULES = {
    "m0+": TableRules("Armv6-M table", "Cortex-M0+ Technical Reference Manual (DDI 0484), table 3-1, with the single-cycle multiplier", ARMV6M,
                      taken=1, call_taken=1, pc_taken=2),
    "m3": TableRules("M3 rules", "Cortex-M3 Technical Reference Manual (DDI 0337), instruction timing and load/store timing; long multiplications 4, with "
                     "accumulation 5, division 7, a taken branch 3 (the manual gives ranges)",
                     {**ARMV7M, "multiply_accumulate": 2, "multiply_long": 4, "multiply_accumulate_long": 5}, **ARMV7M_RULES),
    "m4": TableRules("M4 rules", "Cortex-M4 Technical Reference Manual (DDI 0439) and the load/store timing of DDI 0337; division 7, a taken branch 3 (the "
                     "manual gives ranges)", ARMV7M, **ARMV7M_RULES),
    "m33": TableRules("M4 rules", "no table of this core is public: the M4's", ARMV7M, **ARMV7M_RULES),
    "m7": PipelineRules("M7 model", "not published by Arm: units, latencies and throughputs of the Cortex-M7 model of SLOTHY "
                        "(github.com/slothy-optimizer/slothy, approximate by its own words); extensions and SIMD as shifted operands; multiple loads in "
                        "pairs; branches predicted right", 2, CORTEX_M7, shifted=Use((ALU, SHIFT))),
    "m55": PipelineRules("M55 model", "units, beats and latencies of the Cortex-M55 model of SLOTHY (github.com/slothy-optimizer/slothy, approximate by "
                         "its own words): a vector instruction takes two cycles of its unit and overlaps with other units; scalar instructions 1; LE 0, other "
                         "taken branches 2, moves between core and vector registers 1 (assumed)", 1, CORTEX_M55,
                         latencies={"vrsh": 2, "vqrsh": 2, "vqsh": 2, "vshrn": 2, "vshll": 2, "vsli": 2, "vmovl": 2, "vmlaldav": 3, "vmladav": 3, "vmlav": 3, "vmlalv": 3},
                         taken=1, free=frozenset({"loop_end"})),
}


def estimate(rules, blocks):
    """Cycles of (instructions, executed, taken) triples, or None where the rules do not know enough of the instructions."""
    cycles = unknown = total = 0
    for instructions, executed, taken in blocks:
        straight, missing = rules.block(instructions)
        cycles += straight * executed
        if taken:
            cycles += rules.taken_cycles(instructions[-1]) * taken
        unknown += missing * executed
        total += len(instructions) * executed
    return None if unknown > UNKNOWN_LIMIT * total else cycles
