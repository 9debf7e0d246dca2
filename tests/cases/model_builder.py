"""Builds small TFLite models with the object API of the pinned LiteRT."""
import numpy as np
import flatbuffers
from ai_edge_litert import schema_py_generated as tfl

TYPES = {
    "float32": (np.float32, tfl.TensorType.FLOAT32),
    "float16": (np.float16, tfl.TensorType.FLOAT16),
    "int8": (np.int8, tfl.TensorType.INT8),
    "uint8": (np.uint8, tfl.TensorType.UINT8),
    "int16": (np.int16, tfl.TensorType.INT16),
    "int32": (np.int32, tfl.TensorType.INT32),
    "int64": (np.int64, tfl.TensorType.INT64),
    "bool": (np.bool_, tfl.TensorType.BOOL),
}


def numpy_type(dtype):
    return TYPES[dtype][0]


class Quant:
    """real = scale * (q - zero); lists along `axis`, or single numbers."""

    def __init__(self, scale, zero, axis=0):
        self.scale = np.atleast_1d(np.asarray(scale, np.float32))
        self.zero = np.broadcast_to(np.atleast_1d(np.asarray(zero, np.int64)), self.scale.shape)
        self.axis = axis


class Builder:
    """One subgraph. Tensors are indices; the shapes of computed tensors are filled in later, from the interpreter."""

    def __init__(self):
        self.graph = tfl.SubGraphT()
        self.graph.tensors, self.graph.operators, self.graph.inputs, self.graph.outputs = [], [], [], []
        self.graph.name = "main"
        self.buffers = [self._buffer(None)]
        self.codes = []
        self.input_specs = []  # (dtype, shape, values or None)

    @staticmethod
    def _buffer(data):
        buffer = tfl.BufferT()
        buffer.data = data
        return buffer

    def _tensor(self, dtype, shape, quant, name, data=None):
        tensor = tfl.TensorT()
        tensor.type = TYPES[dtype][1]
        tensor.shape = np.asarray(shape, np.int32)
        tensor.hasRank = True
        tensor.name = name
        if quant is not None:
            tensor.quantization = tfl.QuantizationParametersT()
            tensor.quantization.scale = quant.scale
            tensor.quantization.zeroPoint = quant.zero
            tensor.quantization.quantizedDimension = quant.axis
        if data is not None:
            self.buffers.append(self._buffer(np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)))
            tensor.buffer = len(self.buffers) - 1
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def input(self, dtype, shape, quant=None, values=None):
        """`values`: the recorded input; without it random numbers over the whole range are drawn."""
        index = self._tensor(dtype, shape, quant, f"input_{len(self.graph.inputs)}")
        self.graph.inputs.append(index)
        self.input_specs.append((dtype, tuple(shape), values))
        return index

    def constant(self, data, quant=None, name="constant"):
        data = np.asarray(data)
        dtype = next(k for k, v in TYPES.items() if v[0] == data.dtype.type)
        return self._tensor(dtype, data.shape, quant, f"{name}_{len(self.graph.tensors)}", data)

    def value(self, dtype, quant=None):
        """A tensor that an operator will make."""
        return self._tensor(dtype, [], quant, f"value_{len(self.graph.tensors)}")

    def op(self, code, inputs, outputs, options=None, **fields):
        number = getattr(tfl.BuiltinOperator, code)
        if number not in self.codes:
            self.codes.append(number)
        op = tfl.OperatorT()
        op.opcodeIndex = self.codes.index(number)
        op.inputs, op.outputs = list(inputs), list(outputs)
        if options is not None:
            op.builtinOptionsType = getattr(tfl.BuiltinOptions, options)
            op.builtinOptions = getattr(tfl, options + "T")()
            for key, value in fields.items():
                assert hasattr(op.builtinOptions, key), (options, key)
                setattr(op.builtinOptions, key, value)
        self.graph.operators.append(op)
        return outputs[0]

    def output(self, *indices):
        self.graph.outputs.extend(indices)

    def set_shape(self, index, shape):
        self.graph.tensors[index].shape = np.asarray(shape, np.int32)

    def pack(self, version):
        """The file's bytes. `version`: of every operator, or a function of its number."""
        model = tfl.ModelT()
        model.version = 3
        model.description = "edgewright test case"
        model.subgraphs = [self.graph]
        model.buffers = self.buffers
        model.operatorCodes = []
        for number in self.codes:
            code = tfl.OperatorCodeT()
            code.builtinCode = number
            code.deprecatedBuiltinCode = min(number, 127)
            code.version = version(number) if callable(version) else version
            model.operatorCodes.append(code)
        builder = flatbuffers.Builder(1024)
        builder.Finish(model.Pack(builder), b"TFL3")
        return bytes(builder.Output())
