#!/usr/bin/env python3
"""Evaluates a float32 TFLite file in float64 with numpy: the yardstick for networks so ill-conditioned that LiteRT's own kernels disagree.

    float64.py MODEL.tflite VAL_IO.npz

VAL_IO.npz is what `stedgeai validate` saved. Prints, per output, the largest difference from the float64 result over its largest value: of LiteRT's
reference kernels (m_outputs) and of the generated C (c_outputs). Only the operators of the networks that needed it so far are here.
"""

import sys

import numpy as np
from ai_edge_litert import schema_py_generated as tfl

NAMES = {v: k for k, v in vars(tfl.BuiltinOperator).items() if isinstance(v, int)}
DTYPES = {tfl.TensorType.FLOAT32: np.float32, tfl.TensorType.INT32: np.int32, tfl.TensorType.INT64: np.int64, tfl.TensorType.BOOL: np.bool_}


def activated(x, kind):
    return np.maximum(x, 0) if kind == tfl.ActivationFunctionType.RELU else x


def conv(x, w, b, o):
    """NHWC by OHWI, SAME or VALID."""
    kh, kw = (w.shape[1] - 1) * o.dilationHFactor + 1, (w.shape[2] - 1) * o.dilationWFactor + 1
    sh, sw = o.strideH, o.strideW
    if o.padding == tfl.Padding.SAME:
        total = [max((-(-n // s) - 1) * s + k - n, 0) for n, s, k in ((x.shape[1], sh, kh), (x.shape[2], sw, kw))]
        x = np.pad(x, [(0, 0)] + [(t // 2, t - t // 2) for t in total] + [(0, 0)])
    h, v = (x.shape[1] - kh) // sh + 1, (x.shape[2] - kw) // sw + 1
    y = np.zeros((x.shape[0], h, v, w.shape[0]))
    for i in range(w.shape[1]):
        for j in range(w.shape[2]):
            r, c = i * o.dilationHFactor, j * o.dilationWFactor
            y += x[:, r:r + (h - 1) * sh + 1:sh, c:c + (v - 1) * sw + 1:sw] @ w[:, i, j].T
    return activated(y if b is None else y + b, o.fusedActivationFunction)


def strided_slice(x, begin, end, strides, o):
    index = []
    for i in range(len(begin)):
        if o.newAxisMask >> i & 1:
            index.append(None)
        elif o.shrinkAxisMask >> i & 1:
            index.append(int(begin[i]))
        elif o.ellipsisMask >> i & 1:
            index.append(Ellipsis)
        else:
            index.append(slice(None if o.beginMask >> i & 1 else int(begin[i]), None if o.endMask >> i & 1 else int(end[i]), int(strides[i])))
    return x[tuple(index)]


def reduce(function):
    return lambda i, o, shape: function(i[0], axis=tuple(np.atleast_1d(i[1]).tolist()), keepdims=bool(o.keepDims))


OPS = {
    "CONV_2D": lambda i, o, s: conv(i[0], i[1], i[2] if len(i) > 2 else None, o),
    "TRANSPOSE": lambda i, o, s: np.transpose(i[0], i[1]), "RESHAPE": lambda i, o, s: i[0].reshape(i[1] if len(i) > 1 else s),
    "EXPAND_DIMS": lambda i, o, s: np.expand_dims(i[0], int(np.ravel(i[1])[0])), "PAD": lambda i, o, s: np.pad(i[0], i[1]),
    "MIRROR_PAD": lambda i, o, s: np.pad(i[0], i[1], "reflect" if o.mode == 0 else "symmetric"),
    "STRIDED_SLICE": lambda i, o, s: strided_slice(*i, o), "PACK": lambda i, o, s: np.stack(i, o.axis),
    "CONCATENATION": lambda i, o, s: np.concatenate(i, o.axis), "SHAPE": lambda i, o, s: np.array(i[0].shape),
    "ADD": lambda i, o, s: activated(i[0] + i[1], o.fusedActivationFunction), "SUB": lambda i, o, s: i[0] - i[1],
    "MUL": lambda i, o, s: i[0] * i[1], "DIV": lambda i, o, s: i[0] / i[1], "NEG": lambda i, o, s: -i[0], "EQUAL": lambda i, o, s: i[0] == i[1],
    "SELECT_V2": lambda i, o, s: np.where(*i), "LOG": lambda i, o, s: np.log(i[0]), "SQRT": lambda i, o, s: np.sqrt(i[0]),
    "SQUARE": lambda i, o, s: i[0] * i[0], "LOGISTIC": lambda i, o, s: 1 / (1 + np.exp(-i[0])), "SUM": reduce(np.sum),
    "REDUCE_MAX": reduce(np.max), "REDUCE_MIN": reduce(np.min), "RELU": lambda i, o, s: np.maximum(i[0], 0),
    "FULLY_CONNECTED": lambda i, o, s: activated(i[0].reshape(-1, i[1].shape[1]) @ i[1].T + (i[2] if len(i) > 2 else 0), o.fusedActivationFunction),
}


def evaluate(model, inputs):
    graph = model.subgraphs[0]
    values = dict(zip(graph.inputs, inputs))
    for index, tensor in enumerate(graph.tensors):
        data = model.buffers[tensor.buffer].data
        if data is not None and len(data) > 0:
            array = np.frombuffer(bytes(bytearray(data)), DTYPES[tensor.type]).reshape(tensor.shape)
            values[index] = array.astype(np.float64) if array.dtype == np.float32 else array
    for op in graph.operators:
        code = model.operatorCodes[op.opcodeIndex]
        name = NAMES[max(code.builtinCode, code.deprecatedBuiltinCode)]
        out = graph.tensors[op.outputs[0]]
        with np.errstate(all="ignore"):
            values[op.outputs[0]] = OPS[name]([values[i] for i in op.inputs if i >= 0], op.builtinOptions, out.shape)
    return [values[i] for i in graph.outputs]


def main():
    model = tfl.ModelT.InitFromObj(tfl.Model.GetRootAs(open(sys.argv[1], "rb").read(), 0))
    data = np.load(sys.argv[2])
    inputs = [data[k] for k in sorted(k for k in data.files if k.startswith("m_inputs"))]
    worst = {}
    for sample in range(len(inputs[0])):
        shapes = [model.subgraphs[0].tensors[i].shape for i in model.subgraphs[0].inputs]
        exact = evaluate(model, [x[sample].reshape(s).astype(np.float64) for x, s in zip(inputs, shapes)])
        for n, value in enumerate(exact, 1):
            for side in "mc":
                difference = np.abs(data[f"{side}_outputs_{n}"][sample].ravel() - value.ravel()).max() / np.abs(value).max()
                worst[n, side] = max(worst.get((n, side), 0), difference)
    for n in range(1, len(model.subgraphs[0].outputs) + 1):
        print(f"output {n}: LiteRT {worst[n, 'm']:.3e}, generated C {worst[n, 'c']:.3e}, ratio {worst[n, 'c'] / worst[n, 'm']:.2f}")


if __name__ == "__main__":
    main()
