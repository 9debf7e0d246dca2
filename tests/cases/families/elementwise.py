"""Operators on single elements: unary ones and binary ones with broadcasting."""
import numpy as np

from model_builder import Builder, Quant, numpy_type
from families.common import ACTIVATIONS, activation_quant, generator

LIMITS = {"int8": (-128, 128), "uint8": (0, 256)}


def every_value(dtype):
    """All 256 values of an 8-bit type."""
    return np.arange(*LIMITS[dtype]).astype(numpy_type(dtype)).reshape(1, 16, 16, 1)


def unary_case(code, name, dtype, in_quant=None, out_quant=None, values=None, shape=(1, 5, 7, 3), options=None, extra=(), **fields):
    b = Builder()
    if dtype in LIMITS:
        values, shape = every_value(dtype), (1, 16, 16, 1)
    x = b.input(dtype, shape, in_quant, values)
    more = [b.constant(data, quant) for data, quant in extra]
    y = b.value(dtype, out_quant)
    b.op(code, [x, *more], [y], options, **fields)
    b.output(y)
    return name, b


# operator: (options, the least float input, the output quantisation the kernel demands, the 8-bit types LiteRT takes)
UNARY = {
    "RELU": (None, -6, "any", ["int8", "uint8"]),
    "RELU6": (None, -9, "any", ["int8", "uint8"]),
    "RELU_N1_TO_1": (None, -2, "any", ["int8", "uint8"]),
    "ELU": (None, -4, "any", ["int8"]),
    "HARD_SWISH": ("HardSwishOptions", -6, "any", ["int8", "uint8"]),
    "ABS": ("AbsOptions", -6, "any", ["int8"]),
    "EXP": ("ExpOptions", -6, "any", ["int8"]),
    "LOG": (None, 1e-3, "any", ["int8"]),
    "SQRT": (None, 0, "any", ["int8"]),
    "RSQRT": (None, 1e-3, "any", ["int8"]),
    "SQUARE": ("SquareOptions", -6, "any", []),
    "NEG": ("NegOptions", -6, "same", ["int8"]),
    "SIN": (None, -6, "any", []),
    "COS": ("CosOptions", -6, "any", []),
    "FLOOR": (None, -6, "any", []),
    "CEIL": (None, -6, "any", []),
    "ROUND": (None, -6, "any", []),
    "LOGISTIC": (None, -9, "unit", ["int8", "uint8"]),
    "TANH": (None, -5, "signed unit", ["int8", "uint8"]),
}

FIXED = {("unit", "int8"): Quant(1 / 256, -128), ("unit", "uint8"): Quant(1 / 256, 0),
         ("signed unit", "int8"): Quant(1 / 128, 0), ("signed unit", "uint8"): Quant(1 / 128, 128)}


def unary(code):
    options, least, out, dtypes = UNARY[code]
    rng = generator(code)
    for i, shape in enumerate([(1, 5, 7, 3), (1, 13), (2, 3, 4)]):
        yield unary_case(code, f"float32_{i}", "float32", values=rng.uniform(least, 7, shape).astype(np.float32), shape=shape, options=options)
    for dtype in dtypes:
        for i in range(12):
            quant = activation_quant(rng, dtype)
            if code in ("LOG", "SQRT", "RSQRT"):  # no negative inputs
                quant = Quant(quant.scale, LIMITS[dtype][0])
            if i >= 8:
                quant = Quant([0.0002, 0.002, 0.3, 1.0][i - 8], quant.zero)
            result = FIXED.get((out, dtype)) or (quant if out == "same" else activation_quant(rng, dtype))
            yield unary_case(code, f"{dtype}_{i}", dtype, quant, result, options=options)


def leaky_relu():
    rng = generator("LEAKY_RELU")
    for i, alpha in enumerate((0.1, 0.3, 1.5, 0.0, -0.25)):
        more = {"options": "LeakyReluOptions", "alpha": alpha}
        yield unary_case("LEAKY_RELU", f"float32_{i}", "float32", **more)
        for dtype in LIMITS:
            for k in range(2):
                yield unary_case("LEAKY_RELU", f"{dtype}_{i}_{k}", dtype, activation_quant(rng, dtype), activation_quant(rng, dtype), **more)


def gelu():
    rng = generator("GELU")
    for approximate in (False, True):
        more = {"options": "GeluOptions", "approximate": approximate}
        yield unary_case("GELU", f"float32_{int(approximate)}", "float32", **more)
        for dtype in LIMITS:
            for k in range(6):
                yield unary_case("GELU", f"{dtype}_{int(approximate)}_{k}", dtype, activation_quant(rng, dtype), activation_quant(rng, dtype), **more)


def prelu():
    rng = generator("PRELU")
    for dtype in ("float32", *LIMITS):
        for i, (shape, slopes) in enumerate([((1, 4, 5, 6), (1, 1, 6)), ((1, 4, 5, 6), (4, 5, 6)), ((1, 4, 5, 6), (1, 1, 1)), ((2, 9), (9,))]):
            for k in range(2):
                b = Builder()
                x = b.input(dtype, shape, activation_quant(rng, dtype))
                data = rng.normal(0, 0.5, slopes) if dtype == "float32" else rng.integers(*LIMITS[dtype], slopes)
                slope = b.constant(data.astype(numpy_type(dtype)), activation_quant(rng, dtype))
                y = b.value(dtype, activation_quant(rng, dtype))
                b.op("PRELU", [x, slope], [y])
                b.output(y)
                yield f"{dtype}_{i}_{k}", b


PAIRS = [
    ((1, 4, 5, 6), (1, 4, 5, 6)),
    ((1, 4, 5, 6), (1, 1, 1, 6)),
    ((1, 1, 1, 6), (1, 4, 5, 6)),
    ((2, 3, 4), (1,)),
    ((1, 4, 1, 6), (1, 1, 5, 1)),
    ((3, 7), (3, 1)),
    ((1, 4, 5, 6), (6,)),
    ((2, 2, 3, 2, 4), (2, 1, 3, 1, 4)),
]
BINARY = {"ADD": "AddOptions", "SUB": "SubOptions", "MUL": "MulOptions", "DIV": "DivOptions", "MAXIMUM": "MaximumMinimumOptions",
          "MINIMUM": "MaximumMinimumOptions", "SQUARED_DIFFERENCE": "SquaredDifferenceOptions"}


def random_values(code, rng, dtype, shape, divisor):
    """Divisors stay away from zero."""
    if dtype == "float32":
        values = rng.normal(0, 2, shape)
        return np.where(abs(values) < 0.1, 0.5, values) if code == "DIV" and divisor else values
    if dtype == "int32":
        values = rng.integers(-1000, 1000, shape)
        return np.where(values == 0, 7, values) if code == "DIV" and divisor else values
    values = rng.integers(*LIMITS[dtype], shape)
    return np.maximum(values, LIMITS[dtype][0] + 1) if code == "DIV" and divisor else values


def binary_case(code, name, dtype, shapes, quants, activation="none", constant=None):
    rng, b = generator(code + name), Builder()
    operands = []
    for i, shape in enumerate(shapes):
        values = random_values(code, rng, dtype, shape, i == 1).astype(numpy_type(dtype))
        if i == constant:
            operands.append(b.constant(values, quants[i]))
        else:
            operands.append(b.input(dtype, shape, quants[i], values))
    y = b.value(dtype, quants[2])
    fields = {"fusedActivationFunction": ACTIVATIONS[activation]} if code in ("ADD", "SUB", "MUL", "DIV") else {}
    b.op(code, operands, [y], BINARY[code], **fields)
    b.output(y)
    return name, b


def quants_of(code, rng, dtype):
    if dtype not in LIMITS:
        return [None] * 3
    quants = [activation_quant(rng, dtype) for _ in range(3)]
    if code in ("MAXIMUM", "MINIMUM"):
        return [quants[0]] * 3
    if code == "DIV":  # the divisor's zero point is no value of it: nothing is divided by zero
        quants[1] = Quant(quants[1].scale, LIMITS[dtype][0])
    return quants


def binary(code):
    rng = generator(code)
    for dtype in ("float32", "int8", "uint8", "int32") if code != "SQUARED_DIFFERENCE" else ("float32", "int8", "int32"):
        for i, shapes in enumerate(PAIRS):
            yield binary_case(code, f"{dtype}_{i}", dtype, shapes, quants_of(code, rng, dtype))
        for i, constant in enumerate((0, 1)):
            yield binary_case(code, f"{dtype}_constant_{i}", dtype, PAIRS[i], quants_of(code, rng, dtype), constant=constant)
        if code in ("ADD", "SUB", "MUL", "DIV"):
            for activation in ("relu", "relu6", "relu_n1_to_1"):
                yield binary_case(code, f"{dtype}_{activation}", dtype, PAIRS[0], quants_of(code, rng, dtype), activation)
        if dtype in LIMITS and code not in ("MAXIMUM", "MINIMUM"):
            low = LIMITS[dtype][0]
            for i, (a, c, y) in enumerate([(1e-3, 0.5, 0.3), (0.5, 1e-3, 0.6), (0.02, 0.02, 1e-4), (0.02, 0.02, 5.0), (0.1, 0.1, 0.1)]):
                quants = [Quant(a, low + 100), Quant(c, low if code == "DIV" else low + 3), Quant(y, low + 130)]
                yield binary_case(code, f"{dtype}_scales_{i}", dtype, PAIRS[0], quants)


FAMILIES = {
    **{code.lower(): (lambda code=code: binary(code)) for code in BINARY},
    **{code.lower(): (lambda code=code: unary(code)) for code in UNARY},
    "leaky_relu": leaky_relu,
    "gelu": gelu,
    "prelu": prelu,
}
