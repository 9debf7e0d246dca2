"""Runs a TFLite file in LiteRT with its reference kernels; started by `stedgeai validate` (src/reference).

Standard input:  one line of JSON {"model": path, "samples": n, "inputs": [bytes per sample, ...], "layers": bool},
                 then for each input all its samples, one after the other, as raw bytes.
Standard output: one line of JSON {"kernels": .., "version": .., "notes": [..], "tensors": [{"name", "dtype", "shape", "scale", "zero",
                 "axis", "m_id", "output", "bytes"}, ..]}, then the tensors' raw bytes. `shape` is that of one sample, `bytes` those of all.
                 First come the model's outputs ("output": index), then, when asked for, what each operator computed ("m_id": its index).
                 What cannot be run is answered with {"error": text}.
"""
import json
import os
import sys

import numpy as np

KERNELS = ("BUILTIN_REF", "BUILTIN_WITHOUT_DEFAULT_DELEGATES")  # the first that takes the file


def read_request(stream):
    request = json.loads(stream.readline())
    inputs = []
    for size in request["inputs"]:
        data = stream.read(size * request["samples"])
        if len(data) != size * request["samples"]:
            raise ValueError("the request is cut short")
        inputs.append(data)
    return request, inputs


def make_interpreter(content, keep_layers):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType

    refusals = []
    for kernels in KERNELS:
        try:
            interpreter = Interpreter(model_content=content, num_threads=1, experimental_preserve_all_tensors=keep_layers,
                                      experimental_op_resolver_type=getattr(OpResolverType, kernels))
            interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            refusals.append(str(error).strip().splitlines()[0])
            continue
        notes = [f"LiteRT's reference kernels refuse this file ({refusals[0]}): its optimised kernels are the reference"] if refusals else []
        return interpreter, kernels, notes
    raise RuntimeError(refusals[-1])


def input_bytes(detail):
    return int(np.prod(detail["shape"], dtype=np.int64)) * np.dtype(detail["dtype"]).itemsize


def set_inputs(interpreter, inputs, sample):
    for detail, data in zip(interpreter.get_input_details(), inputs):
        size = input_bytes(detail)
        value = np.frombuffer(data, dtype=detail["dtype"], count=size // np.dtype(detail["dtype"]).itemsize, offset=sample * size)
        interpreter.set_tensor(detail["index"], value.reshape(detail["shape"]))


def layer_tensors(interpreter):
    """(m_id, tensor index) of everything that operators compute, in order of execution."""
    return [(op["index"], int(index)) for op in interpreter._get_ops_details() for index in op["outputs"] if index >= 0]


def describe(detail, value, samples, m_id, output):
    quantization = detail["quantization_parameters"]
    return {"name": detail["name"], "dtype": np.dtype(value.dtype).name, "shape": [int(d) for d in value.shape],
            "scale": [float(s) for s in quantization["scales"]], "zero": [int(z) for z in quantization["zero_points"]],
            "axis": int(quantization["quantized_dimension"]), "m_id": m_id, "output": output, "bytes": value.nbytes * samples}


def run(request, inputs):
    import ai_edge_litert

    from hybrid import with_float_weights

    with open(request["model"], "rb") as file:
        content = file.read()
    content, notes = with_float_weights(content)
    interpreter, kernels, refusal = make_interpreter(content, request["layers"])
    expected = [input_bytes(detail) for detail in interpreter.get_input_details()]
    if expected != request["inputs"]:
        raise ValueError(f"the inputs have {request['inputs']} bytes per sample, the model wants {expected}")
    wanted = [(-1, i, detail) for i, detail in enumerate(interpreter.get_output_details())]
    if request["layers"]:
        details = {detail["index"]: detail for detail in interpreter.get_tensor_details()}
        wanted += [(m_id, -1, details[index]) for m_id, index in layer_tensors(interpreter)
                   if index in details and np.dtype(details[index]["dtype"]).kind in "fiub"]  # asking for a resource's value crashes
    data = [[] for _ in wanted]
    described = [None] * len(wanted)
    for sample in range(request["samples"]):
        set_inputs(interpreter, inputs, sample)
        interpreter.invoke()
        for i, (m_id, output, detail) in enumerate(wanted):
            try:
                value = np.ascontiguousarray(interpreter.get_tensor(detail["index"]))
            except ValueError:  # an operator's private memory holds no value
                continue
            data[i].append(value.tobytes())
            described[i] = describe(detail, value, request["samples"], m_id, output)
    header = {"kernels": kernels, "version": ai_edge_litert.__version__, "notes": notes + refusal,
              "tensors": [d for d in described if d is not None]}
    return header, b"".join(b"".join(parts) for parts, d in zip(data, described) if d is not None)


def main():
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing a library prints may get between the answer's bytes
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        header, data = run(*read_request(sys.stdin.buffer))
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        header, data = {"error": str(error) or type(error).__name__}, b""
    answer.write(json.dumps(header).encode() + b"\n" + data)
    answer.flush()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
