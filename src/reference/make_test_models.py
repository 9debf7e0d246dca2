"""Makes the model files of reference_test.cpp: python make_test_models.py FOLDER

Written with LiteRT's object API, so that they hold exactly what a test is about and nothing else.
"""
import os
import sys

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

TYPES = {"float32": schema.TensorType.FLOAT32, "int8": schema.TensorType.INT8, "int32": schema.TensorType.INT32}


class Model:
    def __init__(self):
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.buffers = [schema.BufferT()]
        self.model.operatorCodes = []
        self.graph = schema.SubGraphT()
        self.graph.tensors = []
        self.graph.operators = []

    def tensor(self, name, dtype, shape, data=None, scale=None, zero=None):
        tensor = schema.TensorT()
        tensor.name = name
        tensor.type = TYPES[dtype]
        tensor.shape = list(shape)
        tensor.buffer = 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.asarray(data, dtype).tobytes(), np.uint8)
            self.model.buffers.append(buffer)
            tensor.buffer = len(self.model.buffers) - 1
        if scale is not None:
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale = list(scale)
            tensor.quantization.zeroPoint = list(zero)
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def operator(self, code, inputs, outputs, options_type=0, options=None):
        entry = schema.OperatorCodeT()
        entry.builtinCode = code
        entry.deprecatedBuiltinCode = min(code, 127)
        entry.version = 1
        self.model.operatorCodes.append(entry)
        op = schema.OperatorT()
        op.opcodeIndex = len(self.model.operatorCodes) - 1
        op.inputs = inputs
        op.outputs = outputs
        op.builtinOptionsType = options_type
        op.builtinOptions = options
        self.graph.operators.append(op)

    def write(self, path, inputs, outputs):
        self.graph.inputs = inputs
        self.graph.outputs = outputs
        self.model.subgraphs = [self.graph]
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        with open(path, "wb") as file:
            file.write(builder.Output())


def dense(model, inputs, outputs):
    options = schema.FullyConnectedOptionsT()
    model.operator(schema.BuiltinOperator.FULLY_CONNECTED, inputs, outputs, schema.BuiltinOptions.FullyConnectedOptions, options)


def relu_then_dense(path):
    """float32: y = W max(x, 0), W = [[1, 2], [3, 4]]."""
    m = Model()
    x, r, y = m.tensor("x", "float32", (1, 2)), m.tensor("rectified", "float32", (1, 2)), m.tensor("y", "float32", (1, 2))
    w = m.tensor("w", "float32", (2, 2), [[1, 2], [3, 4]])
    m.operator(schema.BuiltinOperator.RELU, [x], [r])
    dense(m, [r, w, -1], [y])
    m.write(path, [x], [y])


def hybrid_dense(path):
    """float32 activations, int8 weights: y = W x, W = 0.5 * ([[2, 4]] - 0)."""
    m = Model()
    x, y = m.tensor("x", "float32", (1, 2)), m.tensor("y", "float32", (1, 1))
    w = m.tensor("w", "int8", (1, 2), [[2, 4]], scale=[0.5], zero=[0])
    dense(m, [x, w, -1], [y])
    m.write(path, [x], [y])


def elu(path):
    """An operator that the reference kernels lack."""
    m = Model()
    x, y = m.tensor("x", "float32", (1, 2)), m.tensor("y", "float32", (1, 2))
    m.operator(schema.BuiltinOperator.ELU, [x], [y])
    m.write(path, [x], [y])


if __name__ == "__main__":
    for make in (relu_then_dense, hybrid_dense, elu):
        make(os.path.join(sys.argv[1], make.__name__ + ".tflite"))
