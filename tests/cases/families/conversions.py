"""QUANTIZE, DEQUANTIZE, CAST."""
import numpy as np

from model_builder import Builder, Quant, TYPES
from families.common import activation_quant, generator

LIMITS = {"int8": (-128, 128), "uint8": (0, 256)}


def converted(code, name, source, target, in_quant, out_quant, values=None, shape=(1, 8, 8, 4), options=None, **fields):
    b = Builder()
    if source in LIMITS:
        values = np.arange(*LIMITS[source]).reshape(shape)
    x = b.input(source, shape, in_quant, values)
    y = b.value(target, out_quant)
    b.op(code, [x], [y], options, **fields)
    b.output(y)
    return name, b


def quantize():
    rng = generator("QUANTIZE")
    for target in LIMITS:
        for i in range(5):
            quant = activation_quant(rng, target)
            values = rng.normal(0, 100 * quant.scale[0], (1, 8, 8, 4))
            values.flat[:40] = (np.arange(40) - 20 + 0.5) * quant.scale[0]  # ties
            yield converted("QUANTIZE", f"float32_{target}_{i}", "float32", target, None, quant, values)
    for source in LIMITS:
        for target in LIMITS:
            for i in range(6):
                one, two = activation_quant(rng, source), activation_quant(rng, target)
                if i == 4:
                    two = Quant(one.scale, two.zero)
                if i == 5:  # only the type changes
                    two = Quant(one.scale, one.zero + (0 if source == target else 128 if target == "uint8" else -128))
                yield converted("QUANTIZE", f"{source}_{target}_{i}", source, target, one, two)


def dequantize():
    rng = generator("DEQUANTIZE")
    for source in LIMITS:
        for i in range(4):
            yield converted("DEQUANTIZE", f"{source}_{i}", source, "float32", activation_quant(rng, source), None)


def cast():
    names = ["float32", "int32", "int8", "uint8", "bool", "int64"]
    for source in names:
        for target in names:
            values = np.float32(generator("CAST").uniform(0, 120, (1, 8, 8, 4))) if source == "float32" else None
            yield converted("CAST", f"{source}_{target}", source, target, None, None, values, options="CastOptions",
                            inDataType=TYPES[source][1], outDataType=TYPES[target][1])


FAMILIES = {"quantize": quantize, "dequantize": dequantize, "cast": cast}
