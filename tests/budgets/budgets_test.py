"""The comparison of measured figures with budgets."""
import unittest

from budgets import FIGURES, changed, compare


def row(**figures):
    return {**{figure: 10000 for figure in FIGURES}, **figures}


class ChangedTest(unittest.TestCase):
    def test_one_percent_is_allowed(self):
        self.assertEqual([changed("instructions", 1000000, value) for value in (1000000, 1010000, 1010001, 990000, 989999)], [0, 0, 1, 0, -1])
        self.assertEqual([changed("code", 20000, value) for value in (20200, 20201, 19800, 19799)], [0, 1, 0, -1])

    def test_small_figures_have_slack(self):
        self.assertEqual([changed("stack", 200, value) for value in (216, 217, 184, 183)], [0, 1, 0, -1])
        self.assertEqual([changed("instructions", 900, value) for value in (1000, 1001)], [0, 1])
        self.assertEqual([changed("tables", 0, value) for value in (0, 16, 17)], [0, 0, 1])


class CompareTest(unittest.TestCase):
    def test_equal_figures_say_nothing(self):
        self.assertEqual(compare({"a m4 time": row()}, {"a m4 time": row()}), ([], []))

    def test_every_figure_is_watched(self):
        for figure in FIGURES:
            complaints, hints = compare({"a m4 time": row()}, {"a m4 time": row(**{figure: 10200})})
            self.assertEqual((complaints, hints), ([f"a m4 time: {figure} grew from 10,000 to 10,200 (+2.0%)"], []))

    def test_an_improvement_is_a_hint(self):
        self.assertEqual(compare({"a m4 time": row()}, {"a m4 time": row(stack=5000)}), ([], ["a m4 time: stack shrank from 10,000 to 5,000 (-50.0%)"]))

    def test_growth_is_not_made_good_by_an_improvement(self):
        complaints, hints = compare({"a m4 time": row()}, {"a m4 time": row(stack=5000, code=11000)})
        self.assertEqual((len(complaints), len(hints)), (1, 1))

    def test_a_measurement_without_a_budget_is_a_complaint(self):
        self.assertEqual(compare({}, {"a m4 time": row()})[0], ["a m4 time: has no budget"])

    def test_growth_from_nothing(self):
        self.assertEqual(compare({"a m4 time": row(tables=0)}, {"a m4 time": row(tables=500)})[0], ["a m4 time: tables grew from 0 to 500"])


if __name__ == "__main__":
    unittest.main()
