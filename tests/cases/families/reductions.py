"""MEAN, SUM, REDUCE_MAX, REDUCE_MIN, ARG_MAX, ARG_MIN."""
import numpy as np
from ai_edge_litert import schema_py_generated as tfl

from model_builder import Builder
from families.common import activation_quant, generator

# shape, axes, keep_dims
REDUCTIONS = [
    ((1, 5, 6, 7), (1, 2), True),
    ((1, 5, 6, 7), (1, 2), False),
    ((1, 5, 6, 7), (3,), True),
    ((2, 3, 4), (1,), False),
    ((2, 3, 4), (-1,), False),
    ((3, 8), (1,), True),
    ((1, 4, 5, 6), (1, 2, 3), False),
    ((1, 9, 1, 3), (2,), False),
    ((1, 4, 3, 5), (1, 3), True),
    ((2, 30, 30, 2), (1, 2), False),
]


def reduction(code, name, dtype, case, same_quant):
    rng, b = generator(code + name), Builder()
    shape, axes, keep = case
    quant = activation_quant(rng, dtype)
    x = b.input(dtype, shape, quant)
    y = b.value(dtype, quant if same_quant else activation_quant(rng, dtype))
    b.op(code, [x, b.constant(np.int32(axes))], [y], "ReducerOptions", keepDims=keep)
    b.output(y)
    return name, b


def reductions(code):
    extremes = code in ("REDUCE_MAX", "REDUCE_MIN")
    for dtype in ("float32", "int8", "uint8", "int32"):
        for i, case in enumerate(REDUCTIONS):
            yield reduction(code, f"{dtype}_{i}", dtype, case, extremes)
        if dtype in ("int8", "uint8") and not extremes:
            yield reduction(code, f"{dtype}_same_quantisation", dtype, REDUCTIONS[0], True)
            yield reduction(code, f"{dtype}_same_quantisation_channels", dtype, REDUCTIONS[2], True)


def arguments(code):
    for dtype in ("float32", "int8", "uint8", "int32"):
        for i, (shape, axis) in enumerate([((1, 10), 1), ((1, 10), -1), ((2, 3, 4), 1), ((1, 5, 6, 7), 3), ((1, 5, 6, 7), 1), ((40,), 0)]):
            rng, b = generator(f"{code}{dtype}{i}"), Builder()
            x = b.input(dtype, shape, activation_quant(rng, dtype))
            y = b.value("int32")
            b.op(code, [x, b.constant(np.int32(axis))], [y], "ArgMaxOptions" if code == "ARG_MAX" else "ArgMinOptions",
                 outputType=tfl.TensorType.INT32)
            b.output(y)
            yield f"{dtype}_{i}", b


FAMILIES = {
    "mean": lambda: reductions("MEAN"),
    "sum": lambda: reductions("SUM"),
    "reduce_max": lambda: reductions("REDUCE_MAX"),
    "reduce_min": lambda: reductions("REDUCE_MIN"),
    "arg_max": lambda: arguments("ARG_MAX"),
    "arg_min": lambda: arguments("ARG_MIN"),
}
