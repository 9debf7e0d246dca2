"""The page made of measured figures."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tables import GOALS, PEER, against, document   # noqa: E402


def row(network="kws", core="m4", **figures):
    return {"network": network, "core": core, "optimization": "balanced", "machine": "mps2-an386", "macc": 1000000, "instructions": 3000000, "cycles": 2000000,
            "code": 10000, "tables": 2000, "weights": 30000, "activations": 9001, "static_ram": 0, "context": 48, "stack": 500, "hot": [],
            "floors": {"overlapped": 8640, "streamed": 5866}, "functions": {"nn_a": 2999999, "nn_b": 1}, "kinds": {"load": 3000000},
            "layers": [{"node": "conv2d_0", "kernel": "nn_a", "macc": 500000, "instructions": 1500000, "cycles": None}], **figures}


def cells(page, first, table=0):
    """The row that begins with `first`, in the table of that number."""
    lines = [line for line in page.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in lines[table].split("|")[1:-1]]


class TablesTest(unittest.TestCase):
    def test_goals(self):
        self.assertEqual([against(value, 10, "x") for value in (9, 10, 11)], ["x (met)", "x (met)", "x (goal 10)"])
        self.assertEqual(against(9, None, "x"), "x")

    def test_memory(self):
        self.assertEqual(cells(document([row()]), "kws"),
                         ["kws", "9,001 (goal 9,000)", "8,640", "5,866", "22,272", "16,000", "30,000 (goal 25,220)", "24,368", "10,000", "2,000",
                          "12,000 (met)", "44,382", "500 (met)", "48 (met)"])

    def test_instructions_and_cycles(self):
        page = document([row(), row(core="m0+", machine="mps2-an385"), row(network="mine", cycles=None)])
        share = 3000000 / PEER["instructions"]["m4"]["kws"]
        self.assertEqual(cells(page, "kws", 1), ["kws", f"3,000,000 = {share:.3f} (met)", "3,000,000\\*"])
        self.assertEqual(cells(page, "kws", 2), ["kws", "2.00 (goal 1.6); published 1.95", "2.00 (met); published 11.4"])
        self.assertEqual(cells(page, "mine", 1), ["mine", "3,000,000", "-"])
        self.assertEqual(cells(page, "mine", 2), ["mine", "-", "-"])

    def test_every_estimate_names_its_source(self):
        page = document([row(core="m7"), row(core="r52")])
        self.assertIn("* m7: M7 model. not published by Arm", page)
        self.assertIn("* r52: no public rules, no estimate.", page)

    def test_layers_and_functions(self):
        page = document([row()], with_layers=True, with_functions=True)
        self.assertEqual(cells(page, "conv2d_0"), ["conv2d_0", "nn_a", "500,000", "1,500,000", "3.00", "-", "-"])
        self.assertEqual(cells(page, "nn_a"), ["nn_a", "2,999,999", "100.0%"])
        self.assertNotIn("| nn_b |", page)

    def test_bytes_only(self):
        bytes_only = {key: value for key, value in row().items() if key not in ("instructions", "cycles", "stack", "context", "hot", "layers")}
        page = document([bytes_only])
        self.assertEqual(cells(page, "kws")[-2:], ["-", "-"])
        self.assertNotIn("Instructions", page)

    def test_goals_are_for_known_networks(self):
        known = set(PEER["instructions"]["m4"]) | {"kws_float"}
        for table in (*GOALS["share_of_peer"].values(), *GOALS["cycles_per_macc"].values(), *GOALS["activations"].values(), GOALS["weights"]):
            self.assertLessEqual(set(table), known)


if __name__ == "__main__":
    unittest.main()
