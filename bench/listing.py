"""The disassembly of a program as data: what each instruction is, which registers it reads and writes, and the function it stands in."""
import re
from dataclasses import dataclass, field

from boards import run

CONDITION = "(?:eq|ne|cs|hs|cc|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le|al)?"

# Classes by mnemonic, the first match counts. Mnemonics come without .n/.w and, for MVE and floating point, without their data types.
CLASSES = [(name, re.compile(f"^(?:{pattern}){CONDITION}$")) for name, pattern in (
    ("loop_end", "le|letp"),
    ("loop_start", "dls|dlstp|wls|wlstp|lctp"),
    ("compare_and_branch", "cbz|cbnz"),
    ("call", "bl"),
    ("branch_to_register", "bx|blx"),
    ("table_branch", "tbb|tbh"),
    ("branch", "b"),
    ("it", "it[te]{0,3}"),
    ("load_double", "ldrd"),
    ("store_double", "strd"),
    ("load_multiple", "ldm(?:ia|db|fd|ea)?|pop"),
    ("store_multiple", "stm(?:ia|db|fd|ea)?|push"),
    ("load", "ldr(?:b|h|sb|sh|ex|exb|exh)?"),
    ("store", "str(?:b|h|ex|exb|exh)?"),
    ("divide", "[su]div"),
    ("multiply", "muls?|smul\\w\\w|smuadx?|smusdx?|smmulr?"),
    ("multiply_accumulate", "mla|mls|smla[bt][bt]|smlaw[bt]|smladx?|smlsdx?|smmlar?|smmlsr?"),
    ("multiply_long", "[su]mull"),
    ("multiply_accumulate_long", "[su]mlal|smlal[bt][bt]|smlaldx?|smlsldx?|umaal"),
    ("shift", "(?:lsl|lsr|asr|ror|rrx)s?"),
    ("extend", "[su]xta?(?:b|h|b16)|pkh(?:bt|tb)|[su]sat(?:16)?|[su]bfx|bfi|bfc|rbit|rev|rev16|revsh|clz"),
    ("simd", "[su]?(?:q|h)?(?:add|sub)(?:8|16)|[su]?(?:q|h)?(?:asx|sax)|q(?:d)?(?:add|sub)|usada?8|sel"),
    ("system", "mrs|msr|dsb|isb|dmb|bkpt|svc|nop|cps\\w*"),
)] + [(name, re.compile(f"^(?:{pattern})")) for name, pattern in (
    ("float_load", "vldr$|vldm|vpop"),
    ("float_store", "vstr$|vstm|vpush"),
    ("float_divide", "vdiv|vsqrt"),
    ("float_multiply_accumulate", "vfn?m[as]$|vmla$|vmls$|vnml"),
    ("float", "v"),
)] + [("alu", re.compile(""))]

# MVE: instructions that work on a q register, and those that move data between vector and core registers or reduce to a core register.
MVE_CLASSES = [(name, re.compile(f"^(?:{pattern})")) for name, pattern in (
    ("vector_load", "vldr|vld[24]"),
    ("vector_store", "vstr|vst[24]"),
    ("vector_predicate", "vpst|vpt|vctp|vpnot|vmsr|vmrs|vpsel"),
    ("vector_multiply", "v\\w*mul|vml|v\\w*mla|v\\w*mls|vfm|vrml|vcmul|vcmla"),
    ("vector_integer", "v"),
)]

REGISTER = re.compile(r"\b(r\d+|sl|fp|ip|sp|lr|pc|[sdq]\d+)\b")
NAMES = {"sl": "r10", "fp": "r11", "ip": "r12"}
NO_RESULT = {"store", "store_double", "store_multiple", "float_store", "vector_store", "branch", "compare_and_branch", "branch_to_register",
             "table_branch", "loop_end", "it", "system", "vector_predicate"}
TWO_OPERANDS = re.compile(r"^(?:adc|add|and|bic|eor|orr|sbc|sub|mul|lsl|lsr|asr|ror)s?$")   # with two operands, the first is read too
COMPARES = re.compile(f"^(?:cmp|cmn|tst|teq|vcmpe?){CONDITION}$")


@dataclass
class Instruction:
    address: int
    size: int                     # bytes
    mnemonic: str                 # without .n, .w and data types
    operands: str
    function: str = ""
    kind: str = ""                # a name of CLASSES or MVE_CLASSES
    writes: frozenset = frozenset()
    reads: frozenset = frozenset()
    address_reads: frozenset = frozenset()   # those that make an address
    shifted: str = ""             # the register that is shifted on its way
    registers: int = field(default=0)        # how many a multiple load or store moves, in words

    @property
    def conditional(self):
        return self.kind == "branch" and self.mnemonic != "b" or self.kind == "compare_and_branch"

    @property
    def writes_pc(self):
        return "pc" in self.writes

    @property
    def target(self):
        """Address of a direct branch, or None."""
        found = re.match(r"(?:\w+, )*([0-9a-f]+) <", self.operands)
        return int(found[1], 16) if found and self.kind in ("branch", "compare_and_branch", "loop_end", "call") else None


def registers_of(text):
    """Registers by their plain names, ranges such as {r4-r7} spread out."""
    text = re.sub(r"([rsdq])(\d+)-\1(\d+)", lambda m: ", ".join(f"{m[1]}{n}" for n in range(int(m[2]), int(m[3]) + 1)), text)
    for alias, name in NAMES.items():
        text = re.sub(rf"\b{alias}\b", name, text)
    return REGISTER.findall(text)


def classify(mnemonic, operands, floating):
    if mnemonic.startswith("v") and re.search(r"\bq\d", operands) or re.match("vpst|vpt|vctp|vpnot", mnemonic):
        kind = next(name for name, pattern in MVE_CLASSES if pattern.match(mnemonic))
        return "vector_float" if floating and kind in ("vector_multiply", "vector_integer") else kind
    return next(name for name, pattern in CLASSES if pattern.match(mnemonic))


def decode(address, size, mnemonic, operands, function=""):
    bare = re.sub(r"\.[nw]$", "", mnemonic).split(".")[0]
    kind = classify(bare, operands, ".f" in mnemonic)
    instruction = Instruction(address, size, bare, operands, function, kind)
    text = operands.split("<")[0]
    brackets = " ".join(re.findall(r"\[[^\]]*\]", text))
    names = registers_of(text)
    addressing = frozenset(registers_of(brackets))
    writes = []
    if kind in ("load_multiple", "store_multiple", "float_load", "float_store") and "{" in text:
        moved = registers_of(text[text.index("{"):])
        instruction.registers = sum(2 if name[0] == "d" else 1 for name in moved)
        writes = moved if "load" in kind else []
        base = registers_of(text[:text.index("{")]) or ["sp"]
        addressing = frozenset(base)
        if "!" in text or bare in ("push", "pop", "vpush", "vpop"):
            writes = writes + base
        reads = frozenset(base) | (frozenset() if "load" in kind else frozenset(moved))
    else:
        if kind in ("load_double", "multiply_long", "multiply_accumulate_long"):
            results = 2
        else:
            results = 0 if kind in NO_RESULT or COMPARES.match(bare) else 1
        writes = names[:results]
        reads = frozenset(names[results:])
        accumulates = re.match(r"smlal|umlal|umaal|bfi|movt|vmla|vmls|vfm|v\w*mlad?av?a|vqrdmlah|vaddva|vsli|vsri|vqdmla", bare)
        if accumulates or TWO_OPERANDS.match(bare) and text.count(",") == 1:
            reads |= frozenset(writes)
        if brackets and ("!" in text or re.search(r"\],", text)):
            writes = writes + registers_of(brackets)[:1]
        if kind == "call" or bare.startswith("blx"):
            writes = ["lr"]
    shift = re.search(r"\b(\w+), (?:lsl|lsr|asr|ror|rrx)\b", text)
    if shift and not brackets:
        instruction.shifted = (registers_of(shift[1]) or [""])[0]
    instruction.writes, instruction.reads, instruction.address_reads = frozenset(writes), reads, addressing
    return instruction


LINE = re.compile(r"^\s*([0-9a-f]+):\t([0-9a-f ]+?)\s*\t(\S+)\s*(.*)$")


class Listing:
    """What `objdump -d` prints, by address; instructions are taken apart when they are asked for."""

    def __init__(self, text):
        self.rows, self.decoded, function = {}, {}, ""
        for line in text.splitlines():
            row = LINE.match(line)
            if row:
                self.rows[int(row[1], 16)] = len(row[2].replace(" ", "")) // 2, row[3], row[4], function
            elif line.endswith(">:"):
                function = line[line.index("<") + 1:-2]

    def __contains__(self, address):
        return address in self.rows

    def __getitem__(self, address):
        if address not in self.decoded:
            size, mnemonic, operands, function = self.rows[address]
            self.decoded[address] = decode(address, size, mnemonic, re.split(r"\s*[;@]", operands)[0].strip(), function)
        return self.decoded[address]

    def text(self, address):
        """As objdump writes it."""
        _, mnemonic, operands, _ = self.rows[address]
        return f"{address:x}: {mnemonic} {operands}".replace("\t", " ").rstrip()

    def all(self):
        return [self[address] for address in sorted(self.rows)]


def disassemble(elf, options=()):
    return Listing(run(["arm-none-eabi-objdump", "-d", *options, elf]))
