"""What the families share: random quantisations and parameters, reproducible by the case's name."""
import zlib

import numpy as np

from model_builder import Quant


def generator(name):
    return np.random.default_rng(zlib.crc32(("parameters of " + name).encode()))


def activation_quant(rng, dtype):
    """A per-tensor quantisation as training gives it, or None for float."""
    if dtype == "int8":
        return Quant(rng.uniform(0.002, 0.1), int(rng.integers(-128, 128)))
    if dtype == "uint8":
        return Quant(rng.uniform(0.002, 0.1), int(rng.integers(0, 256)))
    return None


def base_type(kind):
    """"int8_channel" (per-channel weights) has int8 activations."""
    return kind.split("_")[0]


ACTIVATIONS = {"none": 0, "relu": 1, "relu_n1_to_1": 2, "relu6": 3, "tanh": 4}
SAME, VALID = 0, 1


def weights(builder, rng, kind, shape, axis, scale=None):
    """Constant weights and their scales (for the bias); per-channel ones along `axis`."""
    channels = shape[axis]
    if kind == "float32":
        return builder.constant(rng.normal(0, 0.5, shape).astype(np.float32), name="weights"), None
    if kind == "int8_channel":
        scales = rng.uniform(0.001, 0.02, channels) if scale is None else np.full(channels, scale)
        data = rng.integers(-127, 128, shape).astype(np.int8)
        return builder.constant(data, Quant(scales, 0, axis), "weights"), np.asarray(scales, np.float32)
    one = rng.uniform(0.001, 0.02) if scale is None else scale
    if kind == "int8":
        return builder.constant(rng.integers(-127, 128, shape).astype(np.int8), Quant(one, 0), "weights"), np.float32([one])
    zero = int(rng.integers(100, 156))
    return builder.constant(rng.integers(0, 256, shape).astype(np.uint8), Quant(one, zero), "weights"), np.float32([one])


def bias(builder, rng, kind, channels, input_scale, weight_scales, spread=20000):
    if kind == "float32":
        return builder.constant(rng.normal(0, 1, channels).astype(np.float32), name="bias")
    scales = np.float32(input_scale) * weight_scales
    return builder.constant(rng.integers(-spread, spread, channels).astype(np.int32), Quant(scales, 0), "bias")


def output_quant(rng, kind, input_quant, weight_scales, terms, factor=1.0):
    """A scale that lets sums of `terms` products of random numbers fill the output's range; `factor` widens or narrows it."""
    if kind == "float32":
        return None
    one = float(input_quant.scale[0]) * float(np.mean(weight_scales)) * 74 * 74 * np.sqrt(terms) / 60
    low, high = (0, 256) if kind == "uint8" else (-128, 128)
    return Quant(one * factor * rng.uniform(0.5, 2), int(rng.integers(low, high)))
