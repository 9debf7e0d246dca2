"""Several operators in one file: what importers, passes and planners meet."""
import numpy as np

from model_builder import Builder, Quant
from families.common import ACTIVATIONS, SAME, VALID, activation_quant, bias, generator, output_quant, weights


class Chain:
    """Grows a network layer by layer."""

    def __init__(self, name, kind, shape):
        self.rng, self.b, self.kind = generator("graph " + name), Builder(), kind
        self.dtype = kind.split("_")[0]
        self.quant = activation_quant(self.rng, self.dtype)
        self.shape = shape
        self.at = self.b.input(self.dtype, shape, self.quant)

    def conv(self, channels, kernel, stride=1, activation="relu", depthwise=False, quant=None):
        cin = self.shape[3]
        shape, axis = ((1, kernel, kernel, cin), 3) if depthwise else ((channels, kernel, kernel, cin), 0)
        filters, scales = weights(self.b, self.rng, self.kind, shape, axis)
        offsets = bias(self.b, self.rng, self.kind, shape[axis], self.quant.scale[0] if self.quant else 0, scales, 500)
        quant = output_quant(self.rng, self.kind, self.quant, scales, kernel * kernel * (1 if depthwise else cin)) if quant is None else quant
        y = self.b.value(self.dtype, quant)
        more = {"depthMultiplier": 1} if depthwise else {}
        self.b.op("DEPTHWISE_CONV_2D" if depthwise else "CONV_2D", [self.at, filters, offsets], [y],
                  "DepthwiseConv2DOptions" if depthwise else "Conv2DOptions", padding=SAME, strideH=stride, strideW=stride,
                  fusedActivationFunction=ACTIVATIONS[activation], **more)
        self.shape = (self.shape[0], -(-self.shape[1] // stride), -(-self.shape[2] // stride), cin if depthwise else channels)
        self.at, self.quant = y, quant
        return self

    def pool(self, code, size):
        y = self.b.value(self.dtype, self.quant)
        self.b.op(code, [self.at], [y], "Pool2DOptions", padding=VALID, strideH=size, strideW=size, filterHeight=size, filterWidth=size)
        self.shape = (self.shape[0], self.shape[1] // size, self.shape[2] // size, self.shape[3])
        self.at = y
        return self

    def window(self, code, size=3, stride=1):
        """A pool that keeps the image's size (over the stride)."""
        y = self.b.value(self.dtype, self.quant)
        self.b.op(code, [self.at], [y], "Pool2DOptions", padding=SAME, strideH=stride, strideW=stride, filterHeight=size, filterWidth=size)
        self.at, self.shape = y, (1, -(-self.shape[1] // stride), -(-self.shape[2] // stride), self.shape[3])
        return self

    def pad(self, rows, columns, channels):
        """Rows above, columns and channels behind."""
        y = self.b.value(self.dtype, self.quant)
        self.b.op("PAD", [self.at, self.b.constant(np.int32([[0, 0], [rows, 0], [0, columns], [0, channels]]))], [y], "PadOptions")
        self.at, self.shape = y, (1, self.shape[1] + rows, self.shape[2] + columns, self.shape[3] + channels)
        return self

    def leaky_relu(self, quant):
        y = self.b.value(self.dtype, quant)
        self.b.op("LEAKY_RELU", [self.at], [y], "LeakyReluOptions", alpha=0.2)
        self.at, self.quant = y, quant
        return self

    def state(self):
        return self.at, self.quant, self.shape

    def go_to(self, state):
        self.at, self.quant, self.shape = state
        return self

    def concat(self, states):
        """Side by side along the channels; all have one quantisation."""
        y = self.b.value(self.dtype, states[0][1])
        self.b.op("CONCATENATION", [s[0] for s in states], [y], "ConcatenationOptions", axis=3)
        self.at, self.quant = y, states[0][1]
        self.shape = states[0][2][:3] + (sum(s[2][3] for s in states),)
        return self

    def split(self, parts):
        """States of the parts along the channels."""
        values = [self.b.value(self.dtype, self.quant) for _ in range(parts)]
        self.b.op("SPLIT", [self.b.constant(np.int32(3)), self.at], values, "SplitOptions", numSplits=parts)
        return [(v, self.quant, self.shape[:3] + (self.shape[3] // parts,)) for v in values]

    def dense(self, units):
        depth = int(np.prod(self.shape[1:]))
        y = self.b.value(self.dtype, self.quant)
        self.b.op("RESHAPE", [self.at, self.b.constant(np.int32([1, depth]))], [y], "ReshapeOptions", newShape=[1, depth])
        matrix, scales = weights(self.b, self.rng, self.kind, (units, depth), 0)
        offsets = bias(self.b, self.rng, self.kind, units, self.quant.scale[0] if self.quant else 0, scales, 500)
        quant = output_quant(self.rng, self.kind, self.quant, scales, depth)
        z = self.b.value(self.dtype, quant)
        self.b.op("FULLY_CONNECTED", [y, matrix, offsets], [z], "FullyConnectedOptions")
        self.at, self.quant, self.shape = z, quant, (1, units)
        return self

    def softmax(self):
        quant = {"float32": None, "int8": Quant(1 / 256, -128), "uint8": Quant(1 / 256, 0)}[self.dtype]
        y = self.b.value(self.dtype, quant)
        self.b.op("SOFTMAX", [self.at], [y], "SoftmaxOptions", beta=1.0)
        self.at, self.quant = y, quant
        return self

    def add(self, other, quant=None):
        quant = activation_quant(self.rng, self.dtype) if quant is None else quant
        y = self.b.value(self.dtype, quant)
        self.b.op("ADD", [self.at, other], [y], "AddOptions", fusedActivationFunction=ACTIVATIONS["relu"])
        self.at, self.quant = y, quant
        return self

    def done(self):
        self.b.output(self.at)
        return self.b


def cnn(name, kind):
    return Chain(name, kind, (1, 12, 10, 3)).conv(8, 3).conv(8, 3, 2, depthwise=True).conv(12, 1).pool("MAX_POOL_2D", 2).dense(5).softmax().done()


def residual(name, kind):
    chain = Chain(name, kind, (1, 8, 8, 4)).conv(6, 3)
    start = chain.at
    return chain.conv(6, 3).conv(6, 3, activation="none").add(start).pool("AVERAGE_POOL_2D", 4).dense(3).done()


def two_outputs(name, kind):
    chain = Chain(name, kind, (1, 6, 6, 2)).conv(4, 3)
    first = chain.at
    chain.conv(4, 3)
    chain.b.output(first, chain.at)
    return chain.b


def float_outside(name, kind):
    """float32 inputs and outputs around an int8 network."""
    chain = Chain(name, kind, (1, 6, 6, 2))
    b = chain.b
    inner = chain.at
    b.graph.inputs.clear()
    b.input_specs.clear()
    x = b.input("float32", (1, 6, 6, 2))
    b.op("QUANTIZE", [x], [inner], "QuantizeOptions")
    chain.conv(4, 3).dense(3)
    y = b.value("float32")
    b.op("DEQUANTIZE", [chain.at], [y], "DequantizeOptions")
    b.output(y)
    return b


def float16_weights(name):
    rng, b = generator("graph " + name), Builder()
    x = b.input("float32", (1, 9))
    matrix, offsets = b.value("float32"), b.value("float32")
    b.op("DEQUANTIZE", [b.constant(rng.normal(0, 1, (4, 9)).astype(np.float16))], [matrix], "DequantizeOptions")
    b.op("DEQUANTIZE", [b.constant(rng.normal(0, 1, (4,)).astype(np.float16))], [offsets], "DequantizeOptions")
    y = b.value("float32")
    b.op("FULLY_CONNECTED", [x, matrix, offsets], [y], "FullyConnectedOptions")
    b.output(y)
    return b


def hybrid(name, code, channels):
    """Float activations and int8 weights: (the file, the same with dequantised weights). The second one gives the results."""
    models = []
    for dequantised in (False, True):
        rng, b = generator("graph " + name), Builder()
        scales = rng.uniform(0.001, 0.02, channels).astype(np.float32)
        shape = (channels, 9) if code == "FULLY_CONNECTED" else (channels, 3, 3, 2)
        data = rng.integers(-127, 128, shape).astype(np.int8)
        x = b.input("float32", (1, 9) if code == "FULLY_CONNECTED" else (1, 5, 6, 2))
        broad = scales.reshape((-1,) + (1,) * (len(shape) - 1))
        matrix = b.constant((data * broad).astype(np.float32)) if dequantised else b.constant(data, Quant(scales, 0, 0))
        offsets = b.constant(rng.normal(0, 1, channels).astype(np.float32))
        y = b.value("float32")
        if code == "FULLY_CONNECTED":
            b.op(code, [x, matrix, offsets], [y], "FullyConnectedOptions")
        else:
            b.op(code, [x, matrix, offsets], [y], "Conv2DOptions", padding=SAME, strideH=1, strideW=1)
        b.output(y)
        models.append(b)
    return models


def dilated(name, kind, rate):
    """SPACE_TO_BATCH_ND, CONV_2D, BATCH_TO_SPACE_ND: how Keras files say dilation."""
    chain = Chain(name, kind, (1, 8, 8, 3))
    b, block = chain.b, np.int32([rate, rate])
    inner = b.value(chain.dtype, chain.quant)
    b.op("SPACE_TO_BATCH_ND", [chain.at, b.constant(block), b.constant(np.int32([[rate, rate], [rate, rate]]))], [inner], "SpaceToBatchNDOptions")
    filters, scales = weights(b, chain.rng, kind, (4, 3, 3, 3), 0)
    offsets = bias(b, chain.rng, kind, 4, chain.quant.scale[0] if chain.quant else 0, scales, 500)
    quant = output_quant(chain.rng, kind, chain.quant, scales, 27)
    y, z = b.value(chain.dtype, quant), b.value(chain.dtype, quant)
    b.op("CONV_2D", [inner, filters, offsets], [y], "Conv2DOptions", padding=VALID, strideH=1, strideW=1)
    b.op("BATCH_TO_SPACE_ND", [y, b.constant(block), b.constant(np.int32([[0, 0], [0, 0]]))], [z], "BatchToSpaceNDOptions")
    b.output(z)
    return b


def separable(name, kind):
    """Depthwise and pointwise layers with a stride and a pool over the whole image at the end: streamed from end to end."""
    chain = Chain(name, kind, (1, 21, 14, 2)).conv(6, 3, 2)
    for channels, stride in ((8, 1), (7, 2), (12, 1)):
        chain.conv(chain.shape[3], 3, stride, depthwise=True).conv(channels, 1)
    rows, columns = chain.shape[1:3]
    y = chain.b.value(chain.dtype, chain.quant)
    chain.b.op("AVERAGE_POOL_2D", [chain.at], [y], "Pool2DOptions", padding=VALID, strideH=1, strideW=1, filterHeight=rows, filterWidth=columns)
    chain.at, chain.shape = y, (1, 1, 1, chain.shape[3])
    return chain.dense(4).done()


def strided_residual(name, kind):
    """Two residual blocks, the second one at half the resolution with a convolution on its skipping branch."""
    chain = Chain(name, kind, (1, 16, 12, 3)).conv(6, 3)
    start = chain.at
    chain.conv(6, 3).conv(6, 3, activation="none").add(start)
    start, quant, shape = chain.at, chain.quant, chain.shape
    chain.conv(8, 3, 2).conv(8, 3, activation="none")
    long = chain.at
    chain.at, chain.quant, chain.shape = start, quant, shape
    return chain.conv(8, 1, 2, activation="none").add(long).conv(5, 3).done()


def joined(name, kind, axis):
    """Two branches, one behind the other along an axis, and a layer behind them."""
    chain = Chain(name, kind, (1, 6, 5, 3)).conv(4, 3)
    start, quant, shape = chain.at, chain.quant, chain.shape
    parts = []
    for code in ("MAX_POOL_2D", "AVERAGE_POOL_2D"):
        y = chain.b.value(chain.dtype, quant)
        chain.b.op(code, [start], [y], "Pool2DOptions", padding=SAME, strideH=1, strideW=1, filterHeight=3, filterWidth=3)
        parts.append(y)
    z = chain.b.value(chain.dtype, quant)
    chain.b.op("CONCATENATION", parts, [z], "ConcatenationOptions", axis=axis)
    chain.at = z
    chain.shape = tuple(n * 2 if d == axis else n for d, n in enumerate(shape))
    return chain.conv(3, 3).done()


def parted(name, kind):
    """A tensor in two parts along the rows, one of them worked on, added again."""
    chain = Chain(name, kind, (1, 8, 5, 3)).conv(4, 3)
    b, quant = chain.b, chain.quant
    upper, lower = b.value(chain.dtype, quant), b.value(chain.dtype, quant)
    b.op("SPLIT", [b.constant(np.int32(1)), chain.at], [upper, lower], "SplitOptions", numSplits=2)
    chain.at, chain.shape = upper, (1, 4, 5, 4)
    return chain.conv(4, 3).add(lower).done()


def wide(name, kind):
    """Branches whose order decides about the peak: each grows first and ends small."""
    chain = Chain(name, kind, (1, 6, 6, 2))
    start, quant, shape = chain.at, chain.quant, chain.shape
    big, ends = [], []
    for _ in range(3):
        chain.at, chain.quant, chain.shape = start, quant, shape
        chain.conv(16, 1)
        big.append((chain.at, chain.quant, chain.shape))
    for state in big:
        chain.at, chain.quant, chain.shape = state
        ends.append(chain.conv(2, 1).at)
    chain.at = ends[0]
    return chain.add(ends[1]).add(ends[2]).done()


def fires(name, kind, channels):
    """SqueezeNet's modules: a narrow layer, a 1x1 and a 3x3 layer on it side by side."""
    chain = Chain(name, kind, (1, 12, 9, 3)).conv(2 * channels, 3, 2)
    for _ in range(2):
        chain.conv(channels, 1)
        narrow, quant = chain.state(), activation_quant(chain.rng, chain.dtype)
        ends = [chain.go_to(narrow).conv(2 * channels, kernel, quant=quant).state() for kernel in (1, 3)]
        chain.concat(ends)
    return chain.conv(3, 3).done()


def inception(name, kind, channels):
    """Four branches of 1x1, 3x3 and 5x5 layers and a pool, then a pool over all of them and a layer on it."""
    chain = Chain(name, kind, (1, 11, 8, 4)).conv(channels, 3)
    start, quant = chain.state(), activation_quant(chain.rng, chain.dtype)
    ends = [chain.go_to(start).conv(channels, 1, quant=quant).state(),
            chain.go_to(start).conv(channels, 1).conv(channels + 1, 3, quant=quant).state(),
            chain.go_to(start).conv(3, 1).conv(channels, 5, quant=quant).state(),
            chain.go_to(start).window("MAX_POOL_2D").conv(2 * channels, 1, quant=quant).state()]
    return chain.concat(ends).window("AVERAGE_POOL_2D", 3, 2).conv(4, 3).done()


def reduction(name, kind, channels):
    """A strided layer, a strided depthwise one and a strided pool side by side, all read by a depthwise layer: streamed from end to end."""
    chain = Chain(name, kind, (1, 15, 10, 2)).conv(channels, 3)
    start = chain.state()
    ends = [chain.go_to(start).conv(channels, 3, 2, depthwise=True, quant=start[1]).state(), chain.go_to(start).window("MAX_POOL_2D", 2, 2).state(),
            chain.go_to(start).conv(channels, 3, 2, quant=start[1]).state()]
    chain.concat(ends).conv(3 * channels, 3, depthwise=True)
    return chain.conv(5, 1).dense(3).done()


def growing(name, kind, channels):
    """DenseNet: every layer reads all before it."""
    chain = Chain(name, kind, (1, 8, 7, 3)).conv(channels, 3)
    quant = chain.quant
    for _ in range(3):
        before = chain.state()
        chain.concat([before, chain.conv(channels, 1).conv(channels, 3, quant=quant).state()])
    return chain.conv(4, 1).window("AVERAGE_POOL_2D", 2, 2).done()


def skipping(name, kind, channels, code="RESIZE_NEAREST_NEIGHBOR"):
    """U-Net: the image at full size waits beside a path at half the size."""
    chain = Chain(name, kind, (1, 8, 6, 2)).conv(channels, 3)
    skip = chain.state()
    chain.window("MAX_POOL_2D", 2, 2).conv(channels, 3, quant=skip[1])
    y = chain.b.value(chain.dtype, skip[1])
    if code == "TRANSPOSE_CONV":
        filters, scales = weights(chain.b, chain.rng, kind, (channels, 2, 2, channels), 0)
        offsets = bias(chain.b, chain.rng, kind, channels, skip[1].scale[0] if skip[1] else 0, scales)
        chain.b.op(code, [chain.b.constant(np.int32([1, 8, 6, channels])), filters, chain.at, offsets], [y], "TransposeConvOptions", padding=SAME,
                   strideH=2, strideW=2)
    else:
        chain.b.op(code, [chain.at, chain.b.constant(np.int32([8, 6]))], [y], code.title().replace("_", "") + "Options")
    chain.go_to((y, skip[1], skip[2]))
    return chain.concat([chain.state(), skip]).conv(channels, 3).conv(2, 1).done()


def enlarged(name, kind):
    """Parts of the channels, resized both ways and side by side again."""
    chain = Chain(name, kind, (1, 5, 4, 2)).conv(6, 3)
    quant, ends = chain.quant, []
    for part, code in zip(chain.split(2), ("RESIZE_NEAREST_NEIGHBOR", "RESIZE_BILINEAR")):
        y = chain.b.value(chain.dtype, quant)
        chain.b.op(code, [part[0], chain.b.constant(np.int32([10, 8]))], [y], code.title().replace("_", "") + "Options")
        ends.append((y, quant, (1, 10, 8, 3)))
    return chain.concat(ends).conv(3, 3).done()


def shuffled(name, kind, channels):
    """Parts of the channels: one goes on as it is, others are worked on by every kind of layer, then side by side in another order."""
    chain = Chain(name, kind, (1, 9, 8, 2)).conv(5 * channels, 3)
    parts = chain.split(5)
    quant = chain.quant
    ends = [chain.go_to(parts[3]).conv(channels, 3, depthwise=True, quant=quant).state(), parts[0],
            chain.go_to(parts[1]).window("AVERAGE_POOL_2D").state(), chain.go_to(parts[2]).conv(channels, 3, quant=quant).state(),
            chain.go_to(parts[4]).add(parts[1][0], quant).state(), chain.go_to(parts[2]).leaky_relu(quant).state()]
    return chain.concat(ends).conv(4, 1).done()


def elementwise_pieces(name, kind, channels):
    """Pieces that sums and functions of single elements compute, one of them twice and one an output too."""
    chain = Chain(name, kind, (1, 6, 7, 3)).conv(channels, 3)
    start, quant = chain.state(), activation_quant(chain.rng, chain.dtype)
    other = chain.conv(channels, 1).state()
    total = chain.add(start[0], quant).state()
    positive = chain.go_to(other).leaky_relu(quant).state()
    narrow = chain.go_to(start).conv(channels, 1, quant=quant).state()
    chain.concat([total, positive, narrow, total])
    joined = chain.state()
    chain.conv(3, 3)
    chain.b.output(chain.at, narrow[0], joined[0])
    return chain.b


def averaged(name, kind):
    """The mean of an image whose rows need not exist together."""
    chain = Chain(name, kind, (1, 17, 9, 2)).conv(7, 3).conv(11, 3, 2).conv(11, 3, depthwise=True)
    y = chain.b.value(chain.dtype, chain.quant)
    chain.b.op("MEAN", [chain.at, chain.b.constant(np.int32([1, 2]))], [y], "ReducerOptions", keepDims=False)
    chain.go_to((y, chain.quant, (1, 11)))
    return chain.dense(4).done()


def columns(name, kind):
    """Side by side along the width, and cut along it."""
    chain = Chain(name, kind, (1, 6, 5, 3)).conv(4, 3)
    start = chain.state()
    y = chain.b.value(chain.dtype, start[1])
    left = chain.window("MAX_POOL_2D").state()
    right = chain.go_to(start).window("AVERAGE_POOL_2D").state()
    chain.b.op("CONCATENATION", [left[0], right[0]], [y], "ConcatenationOptions", axis=2)
    chain.go_to((y, start[1], (1, 6, 10, 4)))
    halves = [chain.b.value(chain.dtype, start[1]) for _ in range(2)]
    chain.b.op("SPLIT", [chain.b.constant(np.int32(2)), chain.at], halves, "SplitOptions", numSplits=2)
    second = chain.go_to((halves[1], start[1], start[2])).conv(4, 3).state()
    return chain.go_to((halves[0], start[1], start[2])).conv(4, 1).add(second[0]).done()


def widened(name, kind):
    """A residual whose shortcut has too few channels, and a row, a column and channels more before the last convolution."""
    chain = Chain(name, kind, (1, 12, 10, 3)).conv(6, 3)
    start = chain.state()
    shortcut = chain.window("MAX_POOL_2D", 2, 2).pad(0, 0, 3).at
    return chain.go_to(start).conv(9, 3, 2, activation="none").add(shortcut).pad(1, 1, 2).conv(3, 3).done()


def flattened(name, kind, channels):
    """A dense layer that takes an image row by row."""
    return Chain(name, kind, (1, 9, 8, 1)).conv(channels, 3).dense(15).dense(4).softmax().done()


BRANCHES = (fires, inception, reduction, growing, skipping, shuffled, elementwise_pieces)


def graphs():
    for kind in ("float32", "int8_channel", "uint8"):
        for build in BRANCHES:
            for channels in (3, 16):
                name = f"{build.__name__}_{channels}_{kind}"
                yield name, build(name, kind, channels)
        for word, code in (("bilinear", "RESIZE_BILINEAR"), ("transposed", "TRANSPOSE_CONV")):
            yield f"skipping_{word}_{kind}", skipping(f"skipping_{word}_{kind}", kind, 4, code)
        yield f"enlarged_{kind}", enlarged(f"enlarged_{kind}", kind)
        yield f"columns_{kind}", columns(f"columns_{kind}", kind)
        yield f"averaged_{kind}", averaged(f"averaged_{kind}", kind)
        yield f"widened_{kind}", widened(f"widened_{kind}", kind)
        for channels in (3, 6):
            yield f"flattened_{channels}_{kind}", flattened(f"flattened_{channels}_{kind}", kind, channels)
    for kind in ("float32", "int8", "int8_channel", "uint8"):
        for build in (cnn, residual, two_outputs, separable, strided_residual, parted, wide):
            name = f"{build.__name__}_{kind}"
            yield name, build(name, kind)
        for axis in (1, 3):
            name = f"joined_{axis}_{kind}"
            yield name, joined(name, kind, axis)
        for rate in (2, 4):
            name = f"dilation_{rate}_{kind}"
            yield name, dilated(name, kind, rate)
    for kind in ("int8", "uint8"):
        yield f"float_outside_{kind}", float_outside(f"float_outside_{kind}", kind)
    yield "float16_weights", float16_weights("float16_weights")
    yield "hybrid_dense", *hybrid("hybrid_dense", "FULLY_CONNECTED", 1)
    yield "hybrid_dense_channel", *hybrid("hybrid_dense_channel", "FULLY_CONNECTED", 4)
    yield "hybrid_conv_channel", *hybrid("hybrid_conv_channel", "CONV_2D", 5)


FAMILIES = {"graphs": graphs}
