"""CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV, FULLY_CONNECTED, BATCH_MATMUL."""
import numpy as np

from model_builder import Builder, Quant, numpy_type
from families.common import ACTIVATIONS, SAME, VALID, activation_quant, base_type, bias, generator, output_quant, weights

KINDS = ["float32", "int8", "int8_channel", "uint8"]

# height, width, input channels, output channels, kernel h, w, stride h, w, dilation h, w, padding, activation
CONV = [
    (8, 7, 3, 5, 3, 3, 1, 1, 1, 1, SAME, "none"),
    (9, 8, 4, 8, 3, 3, 2, 2, 1, 1, SAME, "relu"),
    (7, 9, 1, 3, 3, 5, 2, 1, 1, 1, VALID, "relu6"),
    (5, 5, 8, 6, 1, 1, 1, 1, 1, 1, VALID, "none"),
    (6, 6, 16, 4, 1, 1, 2, 2, 1, 1, SAME, "relu"),
    (11, 4, 2, 3, 10, 4, 1, 1, 1, 1, SAME, "relu"),
    (6, 10, 3, 2, 2, 4, 3, 2, 1, 1, SAME, "relu_n1_to_1"),
    (9, 9, 2, 3, 3, 3, 1, 1, 2, 2, SAME, "none"),
    (12, 10, 3, 4, 3, 2, 1, 1, 3, 2, VALID, "relu"),
    (1, 16, 5, 7, 1, 3, 1, 2, 1, 1, SAME, "none"),
    (4, 4, 33, 17, 4, 4, 1, 1, 1, 1, VALID, "none"),
    (3, 3, 4, 4, 5, 5, 1, 1, 1, 1, SAME, "relu"),
]

# One pixel wide, pointwise: the channels come in blocks of eight, then in pairs; multiples of 4, two pixels at a time, in blocks of four.
COLUMNS = [
    (5, 1, 24, 27, 1, 1, 1, 1, 1, 1, VALID, "none"),
    (5, 1, 37, 19, 1, 1, 1, 1, 1, 1, VALID, "relu"),
    (4, 1, 16, 16, 1, 1, 1, 1, 1, 1, VALID, "relu6"),
    (7, 1, 4, 12, 1, 1, 1, 1, 1, 1, VALID, "relu"),
    (6, 1, 12, 8, 1, 1, 1, 1, 1, 1, VALID, "none"),
    (3, 1, 20, 40, 1, 1, 1, 1, 1, 1, VALID, "relu6"),
    (2, 1, 56, 4, 1, 1, 1, 1, 1, 1, VALID, "relu_n1_to_1"),
]


def convolution(name, kind, shape, batch=1, groups=1, factor=1.0, weight_scale=None):
    rng, b, dtype = generator(name), Builder(), base_type(kind)
    h, w, cin, cout, kh, kw, sh, sw, dh, dw, padding, activation = shape
    quant = activation_quant(rng, dtype)
    x = b.input(dtype, (batch, h, w, cin), quant)
    terms = kh * kw * cin // groups
    filters, scales = weights(b, rng, kind, (cout, kh, kw, cin // groups), 0, weight_scale)
    inputs = [x, filters, bias(b, rng, kind, cout, quant.scale[0] if quant else 0, scales)]
    y = b.value(dtype, output_quant(rng, kind, quant, scales, terms, factor))
    b.op("CONV_2D", inputs, [y], "Conv2DOptions", padding=padding, strideH=sh, strideW=sw, dilationHFactor=dh, dilationWFactor=dw,
         fusedActivationFunction=ACTIVATIONS[activation])
    b.output(y)
    return name, b


def conv2d():
    for kind in KINDS:
        for i, shape in enumerate(CONV):
            yield convolution(f"{kind}_{i}", kind, shape)
        yield convolution(f"{kind}_batch_3", kind, CONV[0], batch=3)
        yield convolution(f"{kind}_groups_2", kind, (6, 6, 4, 6, 3, 3, 1, 1, 1, 1, SAME, "relu"), groups=2)
    for kind in KINDS[1:]:
        yield convolution(f"{kind}_saturating", kind, CONV[0], factor=0.02)
        yield convolution(f"{kind}_nearly_constant", kind, CONV[0], factor=50)
        yield convolution(f"{kind}_multiplier_above_1", kind, CONV[3], factor=1e-4)
        yield convolution(f"{kind}_tiny_multiplier", kind, CONV[3], factor=1e6)
    for kind in KINDS[1:3]:
        for i, shape in enumerate(COLUMNS):
            yield convolution(f"{kind}_column_{i}", kind, shape)
        yield convolution(f"{kind}_column_batch_3", kind, COLUMNS[3], batch=3)
        yield convolution(f"{kind}_odd_groups", kind, (6, 6, 6, 10, 3, 3, 1, 1, 1, 1, SAME, "relu"), groups=2)
        for factor in (5, 20, 50):
            yield convolution(f"{kind}_small_factors_{factor}", kind, CONV[1], factor=factor)


# height, width, input channels, multiplier, kernel h, w, stride h, w, dilation h, w, padding, activation
DEPTHWISE = [
    (8, 7, 3, 1, 3, 3, 1, 1, 1, 1, SAME, "none"),
    (9, 8, 8, 1, 3, 3, 2, 2, 1, 1, SAME, "relu6"),
    (7, 9, 5, 1, 3, 3, 2, 2, 1, 1, VALID, "relu"),
    (6, 6, 2, 3, 3, 3, 1, 1, 1, 1, SAME, "relu"),
    (12, 5, 1, 8, 10, 4, 2, 2, 1, 1, SAME, "relu"),
    (5, 5, 17, 1, 5, 5, 1, 1, 1, 1, VALID, "none"),
    (9, 9, 4, 1, 3, 3, 1, 1, 2, 2, SAME, "none"),
    (10, 11, 4, 2, 3, 2, 1, 1, 3, 4, VALID, "relu"),
    (1, 20, 6, 1, 1, 5, 1, 3, 1, 1, SAME, "none"),
    (6, 6, 16, 1, 1, 1, 1, 1, 1, 1, VALID, "relu_n1_to_1"),
    (3, 4, 4, 1, 5, 5, 1, 1, 1, 1, SAME, "none"),
]


def depthwise(name, kind, shape, batch=1, with_bias=True, factor=1.0):
    rng, b, dtype = generator(name), Builder(), base_type(kind)
    h, w, cin, multiplier, kh, kw, sh, sw, dh, dw, padding, activation = shape
    quant = activation_quant(rng, dtype)
    x = b.input(dtype, (batch, h, w, cin), quant)
    filters, scales = weights(b, rng, kind, (1, kh, kw, cin * multiplier), 3)
    inputs = [x, filters] + ([bias(b, rng, kind, cin * multiplier, quant.scale[0] if quant else 0, scales)] if with_bias else [])
    y = b.value(dtype, output_quant(rng, kind, quant, scales, kh * kw, factor))
    b.op("DEPTHWISE_CONV_2D", inputs, [y], "DepthwiseConv2DOptions", padding=padding, strideH=sh, strideW=sw, depthMultiplier=multiplier,
         dilationHFactor=dh, dilationWFactor=dw, fusedActivationFunction=ACTIVATIONS[activation])
    b.output(y)
    return name, b


def depthwise_conv2d():
    for kind in KINDS:
        for i, shape in enumerate(DEPTHWISE):
            yield depthwise(f"{kind}_{i}", kind, shape)
        yield depthwise(f"{kind}_batch_2", kind, DEPTHWISE[0], batch=2)
        yield depthwise(f"{kind}_no_bias", kind, DEPTHWISE[1], with_bias=False)
    for kind in KINDS[1:]:
        yield depthwise(f"{kind}_saturating", kind, DEPTHWISE[0], factor=0.02)
        yield depthwise(f"{kind}_multiplier_above_1", kind, DEPTHWISE[0], factor=1e-4)


# input h, w, channels, output channels, kernel h, w, stride h, w, padding, activation
TRANSPOSE = [
    (4, 5, 3, 2, 3, 3, 1, 1, SAME, "none"),
    (4, 5, 3, 4, 3, 3, 2, 2, SAME, "none"),
    (3, 4, 2, 3, 2, 2, 2, 2, VALID, "none"),
    (5, 3, 4, 1, 4, 3, 3, 2, SAME, "relu"),
    (3, 3, 2, 5, 5, 4, 2, 3, VALID, "relu6"),
    (2, 6, 7, 3, 1, 1, 2, 2, SAME, "none"),
]


def transposed(name, kind, shape, with_bias):
    rng, b, dtype = generator(name), Builder(), base_type(kind)
    h, w, cin, cout, kh, kw, sh, sw, padding, activation = shape
    quant = activation_quant(rng, dtype)
    size = [h * sh, w * sw] if padding == SAME else [h * sh + max(kh - sh, 0), w * sw + max(kw - sw, 0)]
    out_shape = b.constant(np.int32([1, *size, cout]))
    filters, scales = weights(b, rng, kind, (cout, kh, kw, cin), 0)
    x = b.input(dtype, (1, h, w, cin), quant)
    inputs = [out_shape, filters, x] + ([bias(b, rng, kind, cout, quant.scale[0] if quant else 0, scales)] if with_bias else [])
    y = b.value(dtype, output_quant(rng, kind, quant, scales, max(kh * kw * cin // (sh * sw), 1)))
    b.op("TRANSPOSE_CONV", inputs, [y], "TransposeConvOptions", padding=padding, strideH=sh, strideW=sw,
         fusedActivationFunction=ACTIVATIONS[activation])
    b.output(y)
    return name, b


def transpose_conv():
    for kind in KINDS:
        for i, shape in enumerate(TRANSPOSE):
            yield transposed(f"{kind}_{i}", kind, shape, i % 2 == 0)


# input shape, outputs, activation, bias, keep_num_dims
DENSE = [
    ((1, 10), 4, "none", True, False),
    ((1, 64), 33, "relu", True, False),
    ((1, 7), 1, "none", True, False),
    ((3, 12), 5, "relu6", True, False),
    ((1, 2, 3, 4), 6, "none", True, False),
    ((2, 3, 8), 5, "relu", True, True),
    ((1, 5, 9), 4, "none", True, True),
    ((1, 128), 10, "relu_n1_to_1", False, False),
    ((2, 3, 8), 5, "none", False, False),
]


def dense(name, kind, shape, factor=1.0):
    rng, b, dtype = generator(name), Builder(), base_type(kind)
    in_shape, units, activation, with_bias, keep = shape
    # Without keep_num_dims the input is seen as a matrix of the weights' depth.
    depth = in_shape[-1] if keep or len(in_shape) != 4 else int(np.prod(in_shape[1:]))
    quant = activation_quant(rng, dtype)
    x = b.input(dtype, in_shape, quant)
    matrix, scales = weights(b, rng, kind, (units, depth), 0)
    inputs = [x, matrix, bias(b, rng, kind, units, quant.scale[0] if quant else 0, scales) if with_bias else -1]
    y = b.value(dtype, output_quant(rng, kind, quant, scales, depth, factor))
    b.op("FULLY_CONNECTED", inputs, [y], "FullyConnectedOptions", fusedActivationFunction=ACTIVATIONS[activation], keepNumDims=keep)
    b.output(y)
    return name, b


def fully_connected():
    for kind in KINDS:
        for i, shape in enumerate(DENSE):
            yield dense(f"{kind}_{i}", kind, shape)
    for kind in KINDS[1:]:
        yield dense(f"{kind}_saturating", kind, DENSE[1], factor=0.02)
        yield dense(f"{kind}_multiplier_above_1", kind, DENSE[1], factor=1e-4)
        yield dense(f"{kind}_tiny_multiplier", kind, DENSE[1], factor=1e6)


# shapes as multiplied: (..., m, k) x (..., k, n); adjoint flags
MATMUL = [
    ((1, 3, 5), (1, 5, 4), False, False),
    ((2, 3, 5), (2, 5, 4), False, False),
    ((2, 3, 5), (1, 5, 4), False, False),
    ((4, 6), (6, 3), False, False),
    ((1, 3, 5), (1, 5, 4), True, False),
    ((1, 3, 5), (1, 5, 4), False, True),
    ((1, 2, 3, 5), (1, 2, 5, 2), False, True),
    ((2, 1, 3, 5), (1, 3, 5, 2), True, True),
]


def product(name, dtype, case, constant):
    rng, b = generator(name), Builder()
    left, right, adjoint_x, adjoint_y = case
    swap = lambda shape: shape[:-2] + (shape[-1], shape[-2])
    left_quant, right_quant = activation_quant(rng, dtype), activation_quant(rng, dtype)
    x = b.input(dtype, swap(left) if adjoint_x else left, left_quant)
    shape = swap(right) if adjoint_y else right
    if constant:
        data = rng.integers(-127, 128, shape) if dtype == "int8" else rng.normal(0, 1, shape)
        z = b.constant(data.astype(numpy_type(dtype)), Quant(right_quant.scale, 0) if right_quant else None)
    else:
        z = b.input(dtype, shape, right_quant)
    scales = right_quant.scale if right_quant else None
    y = b.value(dtype, output_quant(rng, dtype, left_quant, scales, left[-1]))
    b.op("BATCH_MATMUL", [x, z], [y], "BatchMatMulOptions", adjX=adjoint_x, adjY=adjoint_y)
    b.output(y)
    return name, b


def batch_matmul():
    for dtype in ("float32", "int8"):
        for i, case in enumerate(MATMUL):
            yield product(f"{dtype}_{i}", dtype, case, False)
        yield product(f"{dtype}_constant", dtype, MATMUL[0], True)
        yield product(f"{dtype}_constant_adjoint", dtype, MATMUL[5], True)


FAMILIES = {
    "conv2d": conv2d,
    "depthwise_conv2d": depthwise_conv2d,
    "transpose_conv": transpose_conv,
    "fully_connected": fully_connected,
    "batch_matmul": batch_matmul,
}
