"""The instruction profile of programs whose counts are known. Skipped (status 77) without the cross compiler or QEMU."""
import pathlib
import shutil
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from boards import COMPILER, CORES, BenchError, cores_row, machine_options, run          # noqa: E402
from profiling import Profile, SourceMap, build_plugin, profile, read, caller_ranges, symbols   # noqa: E402

SOURCE = pathlib.Path(__file__).resolve().parent / "known_loops.c"


class ProfileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.plugin = build_plugin(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def build(self, name, *options):
        core = CORES["m4"]
        defines, link, sources = machine_options(core.machines[0])
        flags = [COMPILER, *cores_row(core.library)[1], "-O2", "-ffunction-sections", f"-I{SOURCE.parents[2] / 'firmware'}", *options]
        main = self.folder / f"{name}.o"
        run([*flags, "-c", SOURCE, "-o", main])
        elf = self.folder / f"{name}.elf"
        run([*flags, *defines, *sources, main, *link, f"-Wl,-Map={self.folder / name}.map", "-o", elf])
        return core.machines[0], elf

    def sites(self, blocks, elf, name):
        """call site's function -> instructions of the function `name` under it"""
        listing = Profile(elf, blocks).listing
        result = {}
        for block in blocks:
            if listing[block.addresses[0]].function in (name, "loop", "loop_branch"):
                where = listing[block.site].function if block.site else "itself"
                result[where] = result.get(where, 0) + block.instructions
        return result

    def test_counts_instructions_and_taken_branches(self):
        machine, elf = self.build("counts")
        _, blocks = profile(machine, elf, self.plugin)
        loop, branch = symbols(elf)["loop"][0], symbols(elf)["loop_branch"][0]
        self.assertEqual(sum(block.executed for block in blocks if loop in block.addresses), 1030)
        self.assertEqual(sum(block.taken for block in blocks if block.addresses[-1] == branch), 999 + 29)
        functions = Profile(elf, blocks).by(lambda i: i.function)
        self.assertEqual(sum(functions.get(name, 0) for name in ("turns", "loop", "loop_branch")), 2 * 1030 + 2)
        self.assertNotIn("profile_begin", functions)
        self.assertNotIn("profile_end", functions)

    def test_tells_call_sites_apart(self):
        machine, elf = self.build("sites")
        names = symbols(elf)
        callers = [(names[name][0], names[name][0] + names[name][1]) for name in ("first_site", "second_site")]
        _, blocks = profile(machine, elf, self.plugin, callers)
        self.assertEqual(self.sites(blocks, elf, "turns"), {"first_site": 2001, "second_site": 61})

    def test_finds_an_objects_code_in_the_map(self):
        _, elf = self.build("map")
        ranges = caller_ranges((self.folder / "map.map").read_text(), "map.o")
        names = symbols(elf)
        for name in ("turns", "first_site", "main"):
            self.assertTrue(any(first <= names[name][0] < end for first, end in ranges), name)
        self.assertFalse(any(first <= names["reset_handler"][0] < end for first, end in ranges))

    def test_a_missing_marker_is_an_error(self):
        machine, elf = self.build("without", "-DWITHOUT_MARKER")
        with self.assertRaisesRegex(BenchError, "no marker function profile_begin"):
            profile(machine, elf, self.plugin)

    def test_a_marker_met_twice_or_never_is_an_error(self):
        for option, met in (("-DTWICE", r"\(2, 1\)"), ("-DENDLESS", r"\(1, 0\)")):
            machine, elf = self.build("bad", option)
            with self.assertRaisesRegex(BenchError, met):
                profile(machine, elf, self.plugin)

    def test_an_incomplete_profile_is_an_error(self):
        with self.assertRaises(BenchError):
            read("block 10 12\ncount 0 1 1\n")


class SourceMapTest(unittest.TestCase):
    def test_functions_and_steps_name_their_c_node(self):
        text = """\
static void conv2d_0_layer(const nn_buffers *net)
{
  for (int32_t y = 0; y < 4; ++y)
    nn_conv2d(&conv2d_0_params, rows);
}

static void stream_1_layer(const nn_buffers *net)
{
  for (int32_t t = 0; t < 4; ++t) {
    { /* conv2d_1: row y at tick y */
      const int32_t y = t;
      if (nn_row_inside(y, 25)) {
        nn_conv2d_s8_row(&conv2d_1_params, rows);
      }
    }
    { /* eltwise_2: row y at tick 2 + y */
      nn_add_s8(&eltwise_2_params, out);
    }
  }
}

static void network_run_nodes(const nn_buffers *net)
{
  stream_1_layer(net);
}
"""
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "network.c"
            source.write_text(text)
            found = SourceMap(source, ["conv2d_0", "stream_1", "conv2d_1", "eltwise_2"]).by_line
        self.assertEqual(found[1:6], ["conv2d_0"] * 5)
        self.assertEqual(found[7:20], ["stream_1"] * 3 + ["conv2d_1"] * 6 + ["eltwise_2"] * 3 + ["stream_1"])
        self.assertEqual(found[22:26], [None] * 4)


if __name__ == "__main__":
    if not all(map(shutil.which, (COMPILER, "qemu-system-arm", "cc"))):
        print(f"skipped: {COMPILER}, qemu-system-arm and cc are needed")
        sys.exit(77)
    unittest.main()
