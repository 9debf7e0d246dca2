#!/usr/bin/env python3
"""The least RAM that a network can run in, by two rules, from its TFLite file: a yardstick for the planner, computed apart from it.

    build/venv/bin/python bench/floors.py MODEL.tflite ...

bench/README.md defines both floors.
"""
import json
import math
import sys
from dataclasses import dataclass

BYTES = {"FLOAT32": 4, "INT32": 4, "UINT8": 1, "INT8": 1, "INT16": 2, "BOOL": 1}
VIEWS = {"RESHAPE", "SQUEEZE", "EXPAND_DIMS"}
ELEMENTWISE = {"ADD", "SUB", "MUL", "QUANTIZE", "DEQUANTIZE", "LOGISTIC", "RELU", "RELU6", "HARD_SWISH"}
WINDOWED = {"CONV_2D", "DEPTHWISE_CONV_2D", "AVERAGE_POOL_2D", "MAX_POOL_2D"}
ACCUMULATING = {"AVERAGE_POOL_2D", "MEAN", "FULLY_CONNECTED"}     # over all rows: a sum of 32 bits per output instead of the rows


@dataclass(frozen=True)
class Tensor:
    rows: int
    row_bytes: int
    element: int                  # bytes

    @property
    def bytes(self):
        return self.rows * self.row_bytes


@dataclass
class Step:
    """An operator: its inputs (constants left out) and its output, as numbers of tensors."""
    name: str
    inputs: list
    output: int
    kernel: int = 1               # rows of the window
    stride: int = 1
    pad: int = 0                  # rows above

    @property
    def pointwise(self):
        """Reads a pixel where it writes one, and nothing else."""
        return self.name in ELEMENTWISE or self.name == "CONV_2D" and self.kernel == 1 and self.stride == 1


class Graph:
    def __init__(self, tensors, steps, inputs, outputs):
        self.tensors, self.steps, self.inputs, self.outputs = tensors, steps, inputs, outputs

    def needed(self, step, tensor, row):
        """Rows of an input that one row of the output needs."""
        rows = self.tensors[tensor].rows
        if step.name in WINDOWED:
            first = row * step.stride - step.pad
            return range(max(0, first), min(rows, first + step.kernel))
        if step.name in ELEMENTWISE and rows == self.tensors[step.output].rows:
            return range(row, row + 1)
        return range(rows)


def read(path):
    """The graph of a TFLite file; views such as a reshape are their inputs."""
    from ai_edge_litert import schema_py_generated as tfl
    operators = {value: name for name, value in vars(tfl.BuiltinOperator).items() if isinstance(value, int)}
    types = {value: name for name, value in vars(tfl.TensorType).items() if isinstance(value, int)}
    with open(path, "rb") as file:
        model = tfl.ModelT.InitFromPackedBuf(file.read(), 0)
    graph = model.subgraphs[0]
    shapes = [[int(n) for n in ([] if t.shape is None else t.shape)] for t in graph.tensors]
    constant = [model.buffers[t.buffer].data is not None for t in graph.tensors]
    tensors, steps, views = {}, [], {}
    for i, shape in enumerate(shapes):
        spatial = len(shape) == 4
        element = BYTES[types[graph.tensors[i].type]]
        tensors[i] = Tensor(shape[1] if spatial else 1, math.prod(shape[2 if spatial else 0:]) * element, element)
    for operator in graph.operators:
        code = model.operatorCodes[operator.opcodeIndex]
        name = operators[max(code.builtinCode, code.deprecatedBuiltinCode)]
        inputs, output = [int(i) for i in operator.inputs if i >= 0 and not constant[i]], int(operator.outputs[0])
        if name in VIEWS:
            views[output] = views.get(inputs[0], inputs[0])
            continue
        step = Step(name, [views.get(i, i) for i in inputs], output)
        if name in WINDOWED:
            options = operator.builtinOptions
            step.kernel = shapes[operator.inputs[1]][1] if "CONV" in name else options.filterHeight
            step.stride = options.strideH
            same = options.padding == tfl.Padding.SAME
            step.pad = max(0, (shapes[output][1] - 1) * step.stride + step.kernel - shapes[inputs[0]][1]) // 2 if same else 0
        steps.append(step)
    return Graph(tensors, steps, [int(i) for i in graph.inputs], [views.get(int(i), int(i)) for i in graph.outputs])


class Run:
    """Steps first .. end - 1 executed row by row: rows are made when they are needed and die with their last reader."""

    def __init__(self, graph, first, end, downwards):
        self.graph, self.steps = graph, graph.steps[first:end]
        self.producer = {step.output: step for step in self.steps}
        read_later = {i for step in graph.steps[end:] for i in step.inputs} | set(graph.outputs)
        read_here = {i for step in self.steps for i in step.inputs}
        self.inputs = [i for i in read_here if i not in self.producer]
        self.dying = [i for i in self.inputs if i not in read_later]
        self.outputs = [i for i in self.producer if i in read_later]
        self.order = (lambda rows: rows) if downwards else (lambda rows: list(rows)[::-1])
        self.readers = {}                        # (tensor, row) -> readings to come
        for step in self.steps:
            for row in range(graph.tensors[step.output].rows):
                for i in step.inputs:
                    for needed in graph.needed(step, i, row):
                        self.readers[i, needed] = self.readers.get((i, needed), 0) + 1
        self.live = {i: {r for r in range(graph.tensors[i].rows) if (i, r) in self.readers} for i in self.inputs}
        self.ring = {}                           # inner tensor -> most rows that live at once
        self.made = set()
        self.written = []                        # (output, row, rows of each dying input that still live)
        for output in self.outputs:
            for row in self.order(range(graph.tensors[output].rows)):
                self.make(output, row)

    def read(self, step, row):
        """The rows that a row of output needs are made; then they are read."""
        needs = [(i, r) for i in step.inputs for r in self.order(self.graph.needed(step, i, row))]
        for i, r in needs:
            if i in self.producer:
                self.make(i, r)
        return needs

    def finish(self, needs):
        for i, r in needs:
            self.readers[i, r] -= 1
            if self.readers[i, r] == 0:
                self.live[i].discard(r)

    def make(self, tensor, row):
        if (tensor, row) in self.made:
            return
        self.made.add((tensor, row))
        step = self.producer[tensor]
        if self.accumulates(step):
            for i in step.inputs:
                for r in self.order(self.graph.needed(step, i, row)):
                    if i in self.producer:
                        self.make(i, r)
                    self.finish([(i, r)])
            needs = []
        else:
            needs = self.read(step, row)
        if step.name in ELEMENTWISE:
            self.finish(needs)
        if tensor in self.outputs:
            self.written.append((tensor, row, {i: set(self.live[i]) for i in self.dying}))
        if (tensor, row) in self.readers:
            self.live.setdefault(tensor, set()).add(row)
            self.ring[tensor] = max(self.ring.get(tensor, 0), len(self.live[tensor]))
        if step.name not in ELEMENTWISE:
            self.finish(needs)

    def accumulates(self, step):
        several = any(self.graph.tensors[i].rows > 1 for i in step.inputs)
        return several and step.name in ACCUMULATING and self.graph.tensors[step.output].rows == 1

    def holds(self, tensor, bytes_here):
        """One row of an inner tensor with one reader, which may be written over."""
        alone = self.ring.get(tensor) == 1 and tensor in self.producer and tensor not in self.outputs and sum(tensor in s.inputs for s in self.steps) == 1
        return alone and self.graph.tensors[tensor].row_bytes >= bytes_here

    def ring_bytes(self):
        """Rings of the inner tensors and sums of the pools. A pointwise step writes over the one row it reads where both have one and it fits."""
        tensors, total = self.graph.tensors, 0
        for step in self.steps:
            if self.accumulates(step):
                total += 4 * tensors[step.output].bytes // tensors[step.output].element
            if step.output in self.outputs:
                continue
            bytes_here = self.ring.get(step.output, 0) * tensors[step.output].row_bytes
            if step.pointwise and self.ring.get(step.output) == 1 and any(self.holds(source, bytes_here) for source in step.inputs):
                bytes_here = 0
            total += bytes_here
        return total

    def whole_bytes(self, downwards):
        """Inputs and outputs, whole; the largest pair of a dying input and an output overlaps as far as the rows' order allows."""
        tensors = self.graph.tensors
        total = sum(tensors[i].bytes for i in self.inputs + self.outputs)
        best = 0
        for source in self.dying:
            for output in self.outputs:
                a, b = tensors[source], tensors[output]
                distance = 0
                for tensor, row, live in self.written:
                    if tensor != output or not live[source]:
                        continue
                    if downwards:                # the output below the input: row ends before the first live row
                        distance = max(distance, (row + 1) * b.row_bytes - min(live[source]) * a.row_bytes)
                    else:                        # above it: live rows end before the row
                        distance = max(distance, (max(live[source]) + 1) * a.row_bytes - row * b.row_bytes)
                together = max(distance + (a.bytes if downwards else b.bytes), b.bytes if downwards else a.bytes)
                best = max(best, a.bytes + b.bytes - together)
        return total - best


def run_bytes(graph, first, end):
    """The least bytes of a run, with everything that lives beside it."""
    best = None
    for downwards in (True, False):
        run = Run(graph, first, end, downwards)
        bytes_here = run.ring_bytes() + run.whole_bytes(downwards)
        best = bytes_here if best is None else min(best, bytes_here)
    made = set(graph.inputs) | {step.output for step in graph.steps[:first]}
    read_later = {i for step in graph.steps[end:] for i in step.inputs} | set(graph.outputs)
    beside = (made & read_later) - set(run.inputs)
    return best + sum(graph.tensors[i].bytes for i in beside)


def floor(graph, longest):
    """The best division into runs of up to `longest` steps: the largest run as small as can be."""
    best = [sum(graph.tensors[i].bytes for i in graph.inputs)]
    for end in range(1, len(graph.steps) + 1):
        least = None
        for first in range(end - 1, max(0, end - longest) - 1, -1):
            if least is None or best[first] < least:
                bytes_here = max(best[first], run_bytes(graph, first, end))
                least = bytes_here if least is None else min(least, bytes_here)
        best.append(least)
    return best[-1]


def floors(path):
    """Bytes by either rule."""
    sys.setrecursionlimit(10000)                 # a row asks for rows, through all steps
    graph = read(path)
    return {"overlapped": floor(graph, 1), "streamed": floor(graph, len(graph.steps))}


if __name__ == "__main__":
    for model in sys.argv[1:] or sys.exit(__doc__):
        print(model, json.dumps(floors(model)))
