"""Hybrid ("dynamic range") TFLite files: float activations, int8 weights.

The generated network dequantises such weights and computes in float32; LiteRT instead quantises the activations while it runs. To compare
like with like, the reference runs the same file with its weights dequantised.
"""
import numpy as np

_NOTE = "hybrid model: the reference runs it with its weights dequantised to float32"


def _constant(model, tensor):
    data = model.buffers[tensor.buffer].data if tensor.buffer else None
    return data is not None and len(data) > 0


def _hybrid_weights(model, schema):
    """Indices of the int8 constants that operators with float32 inputs multiply with."""
    own_kernels = {schema.BuiltinOperator.DEQUANTIZE, schema.BuiltinOperator.QUANTIZE}
    graph = model.subgraphs[0]
    found = set()
    for op in graph.operators:
        code = model.operatorCodes[op.opcodeIndex]
        if max(code.builtinCode, code.deprecatedBuiltinCode) in own_kernels:
            continue
        tensors = [int(i) for i in op.inputs if i >= 0]
        outputs_float = all(graph.tensors[int(i)].type == schema.TensorType.FLOAT32 for i in op.outputs if i >= 0)
        for index in tensors:
            tensor = graph.tensors[index]
            quantization = tensor.quantization
            if (outputs_float and tensor.type == schema.TensorType.INT8 and _constant(model, tensor) and quantization is not None
                    and quantization.scale is not None and len(quantization.scale) > 0):
                found.add(index)
    return sorted(found)


def _dequantise(model, tensor, schema):
    quantization = tensor.quantization
    shape = [int(d) for d in tensor.shape]
    values = np.frombuffer(np.asarray(model.buffers[tensor.buffer].data, dtype=np.uint8).tobytes(), dtype=np.int8).reshape(shape)
    along = [1] * len(shape)
    if len(quantization.scale) > 1:
        along[quantization.quantizedDimension] = -1
    scale = np.asarray(quantization.scale, np.float32)
    zero = np.zeros(len(scale)) if quantization.zeroPoint is None or len(quantization.zeroPoint) == 0 else np.asarray(quantization.zeroPoint)
    real = scale.reshape(along) * (values.astype(np.float32) - zero.astype(np.float32).reshape(along))
    buffer = schema.BufferT()
    buffer.data = np.frombuffer(real.astype(np.float32).tobytes(), dtype=np.uint8)
    model.buffers.append(buffer)
    tensor.buffer = len(model.buffers) - 1
    tensor.type = schema.TensorType.FLOAT32
    tensor.quantization = None


def with_float_weights(content):
    """(content, notes): the file itself, or rewritten if it is hybrid."""
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))
    if len(model.subgraphs) != 1:
        return content, []
    weights = _hybrid_weights(model, schema)
    if not weights:
        return content, []
    for index in weights:
        _dequantise(model, model.subgraphs[0].tensors[index], schema)
    builder = flatbuffers.Builder(len(content) * 4)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output()), [_NOTE]
