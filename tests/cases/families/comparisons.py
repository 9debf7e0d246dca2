"""Comparisons, logic, selection: operators with bool tensors."""
import numpy as np

from model_builder import Builder, numpy_type
from families.common import activation_quant, generator

PAIRS = [((1, 4, 5, 6), (1, 4, 5, 6)), ((1, 4, 5, 6), (1, 1, 1, 6)), ((3, 7), (3, 1))]
COMPARISONS = {"EQUAL": "EqualOptions", "NOT_EQUAL": "NotEqualOptions", "LESS": "LessOptions", "LESS_EQUAL": "LessEqualOptions",
               "GREATER": "GreaterOptions", "GREATER_EQUAL": "GreaterEqualOptions"}
LOGIC = {"LOGICAL_AND": "LogicalAndOptions", "LOGICAL_OR": "LogicalOrOptions"}


def numbers(rng, dtype, shape):
    """Few different values, so that some are equal."""
    return rng.integers(-3, 4, shape) if dtype in ("float32", "int32") else rng.integers(0, 100, shape)


def compared(code, options, dtypes, result="bool"):
    for dtype in dtypes:
        for i, shapes in enumerate(PAIRS):
            for different in (False, True) if dtype in ("int8", "uint8") else (False,):
                name = f"{code.lower()}_{dtype}_{i}" + ("_different_scales" if different else "")
                rng, b = generator(name), Builder()
                quants = [activation_quant(rng, dtype) for _ in range(2)]
                xs = []
                for k, shape in enumerate(shapes):
                    values = None if dtype == "bool" else numbers(rng, dtype, shape).astype(numpy_type(dtype))
                    xs.append(b.input(dtype, shape, quants[k if different else 0], values))
                y = b.value(result)
                b.op(code, xs, [y], options)
                b.output(y)
                yield name, b


def comparisons():
    for code, options in COMPARISONS.items():
        yield from compared(code, options, ("float32", "int32", "int8", "uint8"))


def logic():
    for code, options in LOGIC.items():
        yield from compared(code, options, ("bool",))
    for i, shape in enumerate([(1, 4, 5), (7,)]):
        b = Builder()
        y = b.value("bool")
        b.op("LOGICAL_NOT", [b.input("bool", shape)], [y], "LogicalNotOptions")
        b.output(y)
        yield f"logical_not_{i}", b


def select():
    cases = {"SELECT": [((1, 4, 5), (1, 4, 5), (1, 4, 5))],
             "SELECT_V2": [((1, 4, 5), (1, 4, 5), (1, 4, 5)), ((4, 1), (1, 5), (4, 5)), ((3, 7), (1,), (3, 7))]}
    for code, all_shapes in cases.items():
        for dtype in ("float32", "int8", "uint8", "int32"):
            for i, shapes in enumerate(all_shapes):
                name = f"{code.lower()}_{dtype}_{i}"
                rng, b = generator(name), Builder()
                quant = activation_quant(rng, dtype)
                xs = [b.input("bool", shapes[0]), b.input(dtype, shapes[1], quant), b.input(dtype, shapes[2], quant)]
                y = b.value(dtype, quant)
                b.op(code, xs, [y], "SelectOptions" if code == "SELECT" else "SelectV2Options")
                b.output(y)
                yield name, b


FAMILIES = {"comparisons": comparisons, "logic": logic, "select": select}
