"""Hand-made listings with known cycles."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from cycles import RULES, estimate          # noqa: E402
from listing import Listing, decode         # noqa: E402


def code(*lines):
    """Instructions from "mnemonic operands" lines; 4 bytes each, 2 where the mnemonic ends in .n."""
    result, address = [], 0x100
    for line in lines:
        mnemonic, _, operands = line.partition(" ")
        size = 2 if mnemonic.endswith(".n") else 4
        result.append(decode(address, size, mnemonic, operands))
        address += size
    return result


def cycles(core, *lines, turns=1, taken=0):
    return estimate(RULES[core], [(code(*lines), turns, taken)])


class ListingTest(unittest.TestCase):
    def test_reads_what_objdump_prints(self):
        listing = Listing("\n".join(("00000400 <first>:", "     400:\t6818      \tldr\tr0, [r3, #0]", "     402:\tfb02 f101 \tmul.w\tr1, r2, r1", "",
                                     "00000406 <second>:", "     406:\t4770      \tbx\tlr", "     408:\t00000001 \t.word\t0x00000001")))
        self.assertEqual([(i.address, i.size, i.mnemonic, i.kind, i.function) for i in listing.all()[:3]],
                         [(0x400, 2, "ldr", "load", "first"), (0x402, 4, "mul", "multiply", "first"), (0x406, 2, "bx", "branch_to_register", "second")])

    def check(self, text, kind, writes, reads, address=()):
        instruction = code(text)[0]
        self.assertEqual((instruction.kind, instruction.writes, instruction.reads, instruction.address_reads),
                         (kind, frozenset(writes), frozenset(reads), frozenset(address)), text)

    def test_registers(self):
        self.check("adds.n r0, r1, r2", "alu", ["r0"], ["r1", "r2"])
        self.check("adds.n r0, #1", "alu", ["r0"], ["r0"])
        self.check("cmp.n r0, r1", "alu", [], ["r0", "r1"])
        self.check("ldr.w ip, [r1], #4", "load", ["r12", "r1"], ["r1"], ["r1"])
        self.check("ldr.w r0, [r1, r2, lsl #2]", "load", ["r0"], ["r1", "r2"], ["r1", "r2"])
        self.check("strd r0, r1, [sp, #8]", "store_double", [], ["r0", "r1", "sp"], ["sp"])
        self.check("ldrd r0, r1, [r2]", "load_double", ["r0", "r1"], ["r2"], ["r2"])
        self.check("smlad r0, r1, r2, r0", "multiply_accumulate", ["r0"], ["r0", "r1", "r2"])
        self.check("smlal r0, r1, r2, r3", "multiply_accumulate_long", ["r0", "r1"], ["r0", "r1", "r2", "r3"])
        self.check("pop {r4, r5, pc}", "load_multiple", ["r4", "r5", "pc", "sp"], ["sp"], ["sp"])
        self.check("stmia.w r0!, {r1, r2}", "store_multiple", ["r0"], ["r0", "r1", "r2"], ["r0"])
        self.check("vldrb.8 q0, [r1], #16", "vector_load", ["q0", "r1"], ["r1"], ["r1"])
        self.check("vmladava.s8 lr, q0, q1", "vector_multiply", ["lr"], ["lr", "q0", "q1"])
        self.check("vadd.f32 q0, q1, q2", "vector_float", ["q0"], ["q1", "q2"])
        self.check("vmul.f32 s0, s1, s2", "float", ["s0"], ["s1", "s2"])
        self.assertEqual(code("ldmia.w r0!, {r1, r2, r3}")[0].registers, 3)
        self.assertEqual(code("add.w r0, r1, r2, lsl #3")[0].shifted, "r2")
        self.assertEqual(code("bne.n 0x100".replace("0x100", "100 <loop>"))[0].target, 0x100)


class TableRulesTest(unittest.TestCase):
    def test_m4_loads(self):                       # the examples of the reference manual
        self.assertEqual(cycles("m4", "ldr.n r0, [r1]"), 2)
        self.assertEqual(cycles("m4", "ldr.n r0, [r1]", "ldr.n r1, [r2]"), 3)
        self.assertEqual(cycles("m4", "ldr.w r0, [r1, r5]", "ldr.n r1, [r2]", "ldr.n r2, [r3, #4]"), 4)
        self.assertEqual(cycles("m4", "ldr.n r0, [r1]", "ldr.n r2, [r0]"), 4)                    # the address was loaded
        self.assertEqual(cycles("m4", "ldr.w r0, [r1, r2]", "str.w r0, [r3, #20]"), 3)
        self.assertEqual(cycles("m4", "ldrd r0, r1, [r2]", "ldr.n r3, [r4]"), 5)

    def test_m4_others(self):
        self.assertEqual(cycles("m4", "adds.n r1, #4", "ldr.n r0, [r1]"), 4)                     # the address was computed just before
        self.assertEqual(cycles("m4", "smlad r0, r1, r2, r0", "smlad r3, r1, r2, r3"), 2)
        self.assertEqual(cycles("m4", "push {r4, r5, lr}"), 4)
        self.assertEqual(cycles("m4", "pop {r4, r5, pc}", taken=1), 6)
        self.assertEqual(cycles("m4", "cmp.n r0, #0", "it eq", "moveq.n r0, #1"), 2)             # IT behind a 16-bit instruction is folded
        self.assertEqual(cycles("m4", "cmp.w r0, #0", "it eq", "moveq.n r0, #1"), 3)
        self.assertEqual(cycles("m4", "vfma.f32 s0, s1, s2", "vadd.f32 s3, s4, s5", "vdiv.f32 s0, s0, s1"), 18)
        self.assertEqual(cycles("m4", "sdiv r0, r1, r2"), 7)

    def test_m4_loop(self):
        self.assertEqual(cycles("m4", "subs.n r0, #1", "bne.n 100 <loop>", turns=100, taken=99), 100 * 2 + 99 * 2)

    def test_m3_multiplies_slower(self):
        self.assertEqual(cycles("m3", "mla r0, r1, r2, r0", "mul r3, r1, r2"), 3)

    def test_m0plus(self):                         # table 3-1
        self.assertEqual(cycles("m0+", "ldr.n r0, [r1]", "ldr.n r2, [r3]", "str.n r0, [r1]"), 6)
        self.assertEqual(cycles("m0+", "muls.n r0, r1", "lsls.n r0, r0, #2", "adds.n r0, r0, r1"), 3)
        self.assertEqual(cycles("m0+", "push {r4, r5, lr}"), 4)
        self.assertEqual(cycles("m0+", "pop {r4, r5, pc}", taken=1), 6)
        self.assertEqual(cycles("m0+", "bl 400 <f>", taken=1), 3)
        self.assertEqual(cycles("m0+", "bx lr", taken=1), 2)
        self.assertEqual(cycles("m0+", "subs.n r0, #1", "bne.n 100 <loop>", turns=10, taken=9), 10 * 2 + 9)

    def test_unknown_instructions_make_no_estimate(self):
        self.assertIsNone(cycles("m0+", "sdiv r0, r1, r2"))
        self.assertIsNone(cycles("m7", "vmul.f32 s0, s1, s2"))


class PipelineRulesTest(unittest.TestCase):
    def test_m7_pairs(self):
        self.assertEqual(cycles("m7", "adds.n r0, r1, r2", "adds.n r3, r4, r5"), 1)
        self.assertEqual(cycles("m7", "adds.n r0, r1, r2", "adds.n r3, r0, r5"), 2)              # the second needs the first
        self.assertEqual(cycles("m7", "ldr.n r0, [r1]", "ldr.n r2, [r3]"), 1)
        self.assertEqual(cycles("m7", "ldr.n r0, [r1]", "adds.n r2, r0, r3"), 3)                 # a load's result comes two cycles later
        self.assertEqual(cycles("m7", "smlad r0, r1, r2, r0", "smlad r3, r1, r2, r3"), 2)        # one multiplier
        self.assertEqual(cycles("m7", "smlad r0, r1, r2, r0", "ldr.n r3, [r4]", "smlad r5, r1, r2, r5", "ldr.n r6, [r4, #4]"), 2)
        self.assertEqual(cycles("m7", "sxtb16 r0, r1", "sxtb16 r2, r3"), 2)                      # one shifter
        self.assertEqual(cycles("m7", "adds.n r0, r1, r2", "add.w r3, r4, r0, lsl #2"), 3)       # a shifted operand is needed a cycle earlier

    def test_m55_overlaps_units(self):
        self.assertEqual(cycles("m55", "adds.n r0, r1, r2", "adds.n r3, r4, r5"), 2)
        loop = ("vldrb.8 q0, [r0], #16", "vldrb.8 q1, [r1], #16", "vmladava.s8 r2, q0, q1", "le lr, 100 <loop>")
        self.assertEqual(cycles("m55", *loop, turns=10, taken=9), 10 * 4)                        # the two loads take four cycles, the rest hides
        self.assertEqual(cycles("m55", "vadd.i32 q0, q1, q2", "vadd.i32 q3, q4, q5"), 3)         # the same unit
        self.assertEqual(cycles("m55", "vadd.i32 q0, q1, q2", "vmul.i32 q3, q4, q5"), 2)


if __name__ == "__main__":
    unittest.main()
