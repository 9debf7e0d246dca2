"""Floors of graphs whose best plans are worked out by hand."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from floors import Graph, Step, Tensor, floor   # noqa: E402


def graph(tensors, *steps):
    """Tensors as (rows, bytes of a row); the first is the input, the last the output."""
    numbered = {i: Tensor(rows, row_bytes, 1) for i, (rows, row_bytes) in enumerate(tensors)}
    return Graph(numbered, list(steps), [0], [len(tensors) - 1])


def conv(source, output, kernel=3, stride=1, pad=1):
    return Step("CONV_2D", [source], output, kernel, stride, pad)


def both(network):
    return floor(network, 1), floor(network, len(network.steps))


class FloorsTest(unittest.TestCase):
    def test_one_layer_overlaps_by_the_rows_it_still_needs(self):
        self.assertEqual(both(graph([(10, 100), (10, 100)], conv(0, 1))), (1200, 1200))                    # two rows apart
        self.assertEqual(both(graph([(10, 100), (10, 100)], conv(0, 1, kernel=1, pad=0))), (1100, 1100))
        self.assertEqual(both(graph([(10, 100), (10, 100)], Step("RELU", [0], 1))), (1000, 1000))          # in place
        self.assertEqual(both(graph([(96, 288), (48, 384)], conv(0, 1, stride=2, pad=0))), (27648 + 384,) * 2)

    def test_a_streamed_pair_keeps_three_rows(self):
        wide = graph([(10, 10), (10, 100), (10, 10)], conv(0, 1, kernel=1, pad=0), conv(1, 2))
        self.assertEqual(both(wide), (1000 + 20, 100 + 300))   # streamed: three wide rows; the output lies over dead rows of the input

    def test_residual_branch_is_a_longer_ring(self):
        block = graph([(20, 10), (20, 100), (20, 100), (20, 100), (20, 10)], conv(0, 1, kernel=1, pad=0), conv(1, 2), Step("ADD", [1, 2], 3),
                      conv(3, 4, kernel=1, pad=0))
        streamed = both(block)[1]
        self.assertEqual(streamed, 200 + 300 + 100)            # the added row lies over the convolution's; the output over dead rows of the input

    def test_keyword_spotting(self):
        rows = [(49, 10), *[(25, 320)] * 9, (1, 64), (1, 12)]
        steps = [conv(0, 1, 10, 2, 4)]
        for i in range(4):
            steps += [conv(2 * i + 1, 2 * i + 2), conv(2 * i + 2, 2 * i + 3, kernel=1, pad=0)]
        steps += [Step("AVERAGE_POOL_2D", [9], 10, 25, 25), Step("FULLY_CONNECTED", [10], 11)]
        self.assertEqual(both(graph(rows, *steps)), (8640, 490 + 4 * (3 + 1) * 320 + 4 * 64 + 0))


if __name__ == "__main__":
    unittest.main()
