"""AVERAGE_POOL_2D, MAX_POOL_2D, SOFTMAX, LOG_SOFTMAX, L2_NORMALIZATION."""
import numpy as np

from model_builder import Builder, Quant
from families.common import ACTIVATIONS, SAME, VALID, activation_quant, generator

# height, width, channels, filter h, w, stride h, w, padding, activation
POOLS = [
    (8, 7, 3, 2, 2, 2, 2, VALID, "none"),
    (8, 7, 3, 3, 3, 2, 2, SAME, "none"),
    (5, 5, 9, 5, 5, 1, 1, VALID, "none"),
    (6, 9, 4, 3, 2, 1, 2, SAME, "relu"),
    (7, 7, 1, 3, 3, 3, 3, VALID, "relu6"),
    (1, 12, 5, 1, 4, 1, 4, VALID, "none"),
    (4, 4, 17, 1, 1, 2, 2, SAME, "none"),
    (3, 3, 2, 5, 5, 1, 1, SAME, "relu_n1_to_1"),
    (25, 5, 8, 25, 5, 25, 5, VALID, "none"),
]


def pool(code, name, dtype, shape, batch=1):
    rng, b = generator(code + name), Builder()
    h, w, channels, fh, fw, sh, sw, padding, activation = shape
    quant = activation_quant(rng, dtype)
    x = b.input(dtype, (batch, h, w, channels), quant)
    y = b.value(dtype, quant)
    b.op(code, [x], [y], "Pool2DOptions", padding=padding, strideH=sh, strideW=sw, filterHeight=fh, filterWidth=fw,
         fusedActivationFunction=ACTIVATIONS[activation])
    b.output(y)
    return name, b


def pools(code):
    for dtype in ("float32", "int8", "uint8"):
        for i, shape in enumerate(POOLS):
            yield pool(code, f"{dtype}_{i}", dtype, shape)
        yield pool(code, f"{dtype}_batch_2", dtype, POOLS[0], batch=2)


def softmax_like(code, name, dtype, shape, out_quant, options=None, in_quant=None, **fields):
    rng, b = generator(code + name), Builder()
    x = b.input(dtype, shape, (in_quant or activation_quant(rng, dtype)) if dtype != "float32" else None)
    y = b.value(dtype, out_quant)
    b.op(code, [x], [y], options, **fields)
    b.output(y)
    return name, b


SHAPES = [(1, 10), (1, 2), (1, 1), (3, 7), (1, 3, 4), (1, 2, 3, 5), (1, 1000)]
FIXED = {"float32": None, "int8": Quant(1 / 256, -128), "uint8": Quant(1 / 256, 0)}


# Logits (scale 0.2) on which fixed point, which the reference kernels use, and float tables round one element differently.
CLOSE_CALLS = np.array([
    [36, 29, -39, -7, 2, -8, -34, -20, 7, 0], [36, -15, 1, -1, -12, -7, 32, 26, -15, -11], [23, -37, 35, -8, -9, 25, 30, 9, 40, 33],
    [-30, -39, -29, -30, 38, 3, 16, 27, 5, 28], [0, -12, 9, 20, -40, -39, 25, 28, -37, 21], [0, 22, -13, -30, 9, 21, -23, 21, 0, -15],
    [-15, 38, -24, 29, -38, -39, -8, 23, -26, 13], [16, -6, 18, 14, -10, 38, 27, 22, 14, -4], [16, -32, 22, 2, -14, -16, -26, 27, -38, 10],
    [12, -15, 34, 35, 27, -19, -31, 23, 15, 5], [-40, 13, -24, -22, 6, 1, -22, 24, 31, -37], [-6, 7, -21, -31, -33, -8, -6, -10, -32, 10]], np.int16)


def close_calls(dtype, quant):
    b = Builder()
    zero = 0 if dtype == "int8" else 128
    values = (CLOSE_CALLS + zero).astype(np.int8 if dtype == "int8" else np.uint8)
    x, y = b.input(dtype, values.shape, Quant(0.2, zero), values), b.value(dtype, quant)
    b.op("SOFTMAX", [x], [y], "SoftmaxOptions", beta=1.0)
    b.output(y)
    return f"{dtype}_close_calls", b


def softmax():
    for dtype, quant in FIXED.items():
        for i, shape in enumerate(SHAPES):
            yield softmax_like("SOFTMAX", f"{dtype}_{i}", dtype, shape, quant, "SoftmaxOptions", beta=1.0)
        yield softmax_like("SOFTMAX", f"{dtype}_beta", dtype, (2, 11), quant, "SoftmaxOptions", beta=0.37)
        if dtype != "float32":
            yield close_calls(dtype, quant)
            zero = 5 if dtype == "int8" else 133
            for scale in (1e-4, 0.003, 0.5, 3.0):
                yield softmax_like("SOFTMAX", f"{dtype}_scale_{scale}", dtype, (4, 33), quant, "SoftmaxOptions", Quant(scale, zero), beta=1.0)


def log_softmax():
    for dtype, quant in {"float32": None, "int8": Quant(16 / 256, 127), "uint8": Quant(16 / 256, 255)}.items():
        for i, shape in enumerate(SHAPES):
            yield softmax_like("LOG_SOFTMAX", f"{dtype}_{i}", dtype, shape, quant, "LogSoftmaxOptions")
        if dtype != "float32":
            for scale in (0.003, 0.5, 3.0):
                yield softmax_like("LOG_SOFTMAX", f"{dtype}_scale_{scale}", dtype, (4, 33), quant, "LogSoftmaxOptions", Quant(scale, 7))


def l2_normalization():
    for dtype, quant in {"float32": None, "int8": Quant(1 / 128, 0), "uint8": Quant(1 / 128, 128)}.items():
        for i, shape in enumerate(SHAPES):
            yield softmax_like("L2_NORMALIZATION", f"{dtype}_{i}", dtype, shape, quant, "L2NormOptions")


FAMILIES = {
    "average_pool_2d": lambda: pools("AVERAGE_POOL_2D"),
    "max_pool_2d": lambda: pools("MAX_POOL_2D"),
    "softmax": softmax,
    "log_softmax": log_softmax,
    "l2_normalization": l2_normalization,
}
