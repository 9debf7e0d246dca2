#!/usr/bin/env python3
"""Writes int8 TFLite files of MobileNet topologies with random weights, as the converter would: ReLU6 fused into convolutions, residual additions, global
pool, dense layer, softmax. They show what RAM and time large networks take; they recognise nothing.

    build/venv/bin/python bench/mobilenets.py FOLDER [NAME ...]

The weights' spread and the scales are chosen so that values use the range of int8 and seldom leave it. The same files every time.
"""
import pathlib
import sys

import numpy as np
from ai_edge_litert import schema_py_generated as tfl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/cases"))
from model_builder import Builder, Quant          # noqa: E402

# name -> (version, width multiplier, image size, classes)
NETWORKS = {
    "mobilenet_v1_0.25_96": (1, 0.25, 96, 2),
    "mobilenet_v1_1.0_224": (1, 1.0, 224, 1000),
    "mobilenet_v2_0.35_128": (2, 0.35, 128, 1000),
    "mobilenet_v2_1.0_224": (2, 1.0, 224, 1000),
}
V1_BLOCKS = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]     # channels, stride
V2_BLOCKS = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]   # expansion, channels, times, stride

# Versions of the operators, as the converter writes them for int8.
VERSIONS = {getattr(tfl.BuiltinOperator, name): version for name, version in (
    ("CONV_2D", 3), ("DEPTHWISE_CONV_2D", 3), ("ADD", 2), ("MEAN", 2), ("AVERAGE_POOL_2D", 2), ("RESHAPE", 1), ("FULLY_CONNECTED", 4), ("SOFTMAX", 2))}

SPREAD = 2.0                      # standard deviation of a layer's values before the clamp
RELU6 = Quant(6 / 255, -128)
RELU6_SQUARE = 5.5                # mean square of min(max(x, 0), 6), x normal with that deviation and a mean of one


class Value:
    def __init__(self, tensor, quant, height, channels, square):
        self.tensor, self.quant, self.height, self.channels, self.square = tensor, quant, height, channels, square


class Net:
    def __init__(self, seed, size):
        self.random = np.random.default_rng(seed)
        self.builder = Builder()
        self.builder.graph.name = "mobilenet"
        quant = Quant(2 / 255, 0)
        self.last = Value(self.builder.input("int8", [1, size, size, 3], quant), quant, size, 3, 1 / 3)

    def weights(self, shape, fan_in, axis, channels, source, mean):
        """(weights, bias) tensors; `mean`: of the layer's values, in units of their spread."""
        values = self.random.normal(0, SPREAD / np.sqrt(fan_in * source.square), shape)
        other = tuple(i for i in range(4) if i != axis)[:len(shape) - 1]
        scale = np.abs(values).max(axis=other) / 127
        shaped = scale.reshape([-1 if i == axis else 1 for i in range(len(shape))])
        integers = np.clip(np.round(values / shaped), -127, 127).astype(np.int8)
        bias_scale = scale * source.quant.scale[0]
        bias = np.round(self.random.normal(mean * SPREAD, SPREAD / 4, channels) / bias_scale).astype(np.int32)
        return self.builder.constant(integers, Quant(scale, 0, axis), "weights"), self.builder.constant(bias, Quant(bias_scale, 0), "bias")

    def result(self, code, source, constants, shape, relu6, options, **fields):
        quant = RELU6 if relu6 else Quant(8 * SPREAD / 255, 0)
        tensor = self.builder.value("int8", quant)
        self.builder.op(code, [source.tensor, *constants], [tensor], options, **fields)
        self.builder.set_shape(tensor, shape)
        return Value(tensor, quant, shape[1], shape[3], RELU6_SQUARE if relu6 else SPREAD ** 2)

    def conv(self, channels, kernel, stride, relu6=True):
        source = self.last
        height = -(-source.height // stride)
        constants = self.weights([channels, kernel, kernel, source.channels], kernel * kernel * source.channels, 0, channels, source, 0.5 * relu6)
        self.last = self.result("CONV_2D", source, constants, [1, height, height, channels], relu6, "Conv2DOptions", strideW=stride, strideH=stride,
                                padding=0, dilationWFactor=1, dilationHFactor=1, fusedActivationFunction=3 * relu6)

    def depthwise(self, stride):
        source = self.last
        height = -(-source.height // stride)
        constants = self.weights([1, 3, 3, source.channels], 9, 3, source.channels, source, 0.5)
        self.last = self.result("DEPTHWISE_CONV_2D", source, constants, [1, height, height, source.channels], True, "DepthwiseConv2DOptions", strideW=stride,
                                strideH=stride, padding=0, depthMultiplier=1, dilationWFactor=1, dilationHFactor=1, fusedActivationFunction=3)

    def add(self, other):
        source = self.last
        quant = Quant(source.quant.scale[0] * 1.2, 0)
        tensor = self.builder.value("int8", quant)
        self.builder.op("ADD", [other.tensor, source.tensor], [tensor], "AddOptions")
        self.builder.set_shape(tensor, [1, source.height, source.height, source.channels])
        self.last = Value(tensor, quant, source.height, source.channels, source.square + other.square)

    def finish(self, classes, mean):
        source = self.last
        pooled = self.builder.value("int8", source.quant)
        if mean:
            axes = self.builder.constant(np.asarray([1, 2], np.int32), name="axes")
            self.builder.op("MEAN", [source.tensor, axes], [pooled], "ReducerOptions", keepDims=False)
            flat = pooled
        else:
            self.builder.op("AVERAGE_POOL_2D", [source.tensor], [pooled], "Pool2DOptions", padding=1, strideW=source.height, strideH=source.height,
                            filterWidth=source.height, filterHeight=source.height)
            self.builder.set_shape(pooled, [1, 1, 1, source.channels])
            flat = self.builder.value("int8", source.quant)
            shape = self.builder.constant(np.asarray([1, source.channels], np.int32), name="shape")
            self.builder.op("RESHAPE", [pooled, shape], [flat], "ReshapeOptions", newShape=[1, source.channels])
        self.builder.set_shape(flat, [1, source.channels])
        values = self.random.normal(0, SPREAD / np.sqrt(source.channels * source.square), (classes, source.channels))
        scale = float(np.abs(values).max() / 127)
        weights = self.builder.constant(np.round(values / scale).astype(np.int8), Quant(scale, 0), "weights")
        bias = self.builder.constant(np.zeros(classes, np.int32), Quant(scale * source.quant.scale[0], 0), "bias")
        logits, output = self.builder.value("int8", Quant(8 * SPREAD / 255, 0)), self.builder.value("int8", Quant(1 / 256, -128))
        self.builder.op("FULLY_CONNECTED", [flat, weights, bias], [logits], "FullyConnectedOptions")
        self.builder.op("SOFTMAX", [logits], [output], "SoftmaxOptions", beta=1.0)
        for tensor in (logits, output):
            self.builder.set_shape(tensor, [1, classes])
        self.builder.output(output)
        return self.builder.pack(version=lambda number: VERSIONS[number])


def multiple_of_8(channels):
    """As the authors of MobileNet round: to the nearest multiple, never down by more than a tenth."""
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded if rounded >= 0.9 * channels else rounded + 8


def version_1(net, width):
    net.conv(int(32 * width), 3, 2)
    for channels, stride in V1_BLOCKS:
        net.depthwise(stride)
        net.conv(int(channels * width), 1, 1)


def version_2(net, width):
    net.conv(multiple_of_8(32 * width), 3, 2)
    for expansion, channels, times, first_stride in V2_BLOCKS:
        for i in range(times):
            source, stride = net.last, first_stride if i == 0 else 1
            if expansion > 1:
                net.conv(expansion * source.channels, 1, 1)
            net.depthwise(stride)
            net.conv(multiple_of_8(channels * width), 1, 1, relu6=False)
            if stride == 1 and net.last.channels == source.channels:
                net.add(source)
    net.conv(multiple_of_8(1280 * max(1.0, width)), 1, 1)


def write(name, folder):
    version, width, size, classes = NETWORKS[name]
    net = Net(seed=version * 1000 + size, size=size)
    (version_1 if version == 1 else version_2)(net, width)
    path = pathlib.Path(folder) / f"{name}.tflite"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(net.finish(classes, mean=version == 2))
    return path


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for chosen in sys.argv[2:] or NETWORKS:
        print(write(chosen, sys.argv[1]))
