#!/usr/bin/env python3
"""Records the case table: small TFLite models with the results of the pinned LiteRT.

    python record.py [FAMILY ...]      (in a virtual environment with ai-edge-litert and numpy as the project pins them)

Writes one FAMILY.zip per family beside this script, the same bytes every time:
    cases.json                     [{"name", "operators", "reference", "inputs": [types], "outputs": [types]}, ...]
    NAME/model.tflite
    NAME/input_0.bin ...           in the order of the model's inputs, raw little-endian bytes
    NAME/output_0.bin ...
"reference" is the op resolver that computed the results: BUILTIN_REF, or BUILTIN_WITHOUT_DEFAULT_DELEGATES where that one refuses or
is wrong.
Models that LiteRT itself refuses are listed on the terminal and not recorded.
"""
import importlib
import json
import os
import pathlib
import pickle
import sys
import zipfile
import zlib

import numpy as np
from ai_edge_litert import schema_py_generated as tfl
from ai_edge_litert.interpreter import Interpreter, OpResolverType

from model_builder import numpy_type

HERE = pathlib.Path(__file__).parent
MODULES = ["convolutions", "float_sums", "pools", "elementwise", "reductions", "shapes", "conversions", "comparisons", "graphs"]
RESOLVERS = ["BUILTIN_REF", "BUILTIN_WITHOUT_DEFAULT_DELEGATES"]


def draw_inputs(builder, rng):
    """Integers over the whole range of their type, floats normally distributed."""
    result = []
    for dtype, shape, values in builder.input_specs:
        kind = numpy_type(dtype)
        if values is not None:
            data = np.broadcast_to(np.asarray(values, kind), shape)
        elif dtype == "bool":
            data = rng.integers(0, 2, shape).astype(kind)
        elif dtype in ("int32", "int64"):
            data = rng.integers(-1000, 1000, shape).astype(kind)
        elif kind(0).dtype.kind in "iu":
            data = rng.integers(np.iinfo(kind).min, np.iinfo(kind).max + 1, shape).astype(kind)
        else:
            data = rng.normal(0, 2, shape).astype(kind)
        result.append(np.ascontiguousarray(data))
    return result


def run(model, inputs, resolver):
    """Outputs of the model, and the shapes of all its tensors."""
    interpreter = Interpreter(model_content=model, experimental_op_resolver_type=OpResolverType[resolver], num_threads=1,
                              experimental_preserve_all_tensors=True)
    interpreter.allocate_tensors()
    for detail, data in zip(interpreter.get_input_details(), inputs):
        interpreter.set_tensor(detail["index"], data)
    interpreter.invoke()
    outputs = [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]
    shapes = {d["index"]: list(d["shape"]) for d in interpreter.get_tensor_details()}
    for detail, data in zip(interpreter.get_output_details(), outputs):
        shapes[detail["index"]] = list(data.shape)
    return outputs, shapes


def isolated(function, *arguments):
    """LiteRT ends the process on some models it dislikes; so each one runs in a child."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            answer = ("ok", function(*arguments))
        except Exception as error:  # pylint: disable=broad-except
            answer = ("refused", str(error).strip().splitlines()[0])
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(answer, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(data) if data else ("refused", "LiteRT ended the process")


def wrong_in_reference(builder):
    """SUM of int8: BUILTIN_REF of 2.3.0 gives values that are no sums (-1 for thirty positive numbers); the other resolver's are right."""
    return operator_names(builder) == ["SUM"] and builder.input_specs[0][0] == "int8"


def compute(builder, reference, inputs):
    """(resolver, version, outputs, shapes), or the reason of the refusal."""
    reason = ""
    for resolver in RESOLVERS[1:] if wrong_in_reference(reference) else RESOLVERS:
        for version in (1, 2, 3, 4, 5):
            status, answer = isolated(run, reference.pack(version), inputs, resolver)
            if status == "ok":
                return resolver, version, *answer
            reason = reason or answer
            if "Didn't find op for builtin opcode" not in answer:
                break
    return reason


def operator_names(builder):
    names = {v: k for k, v in vars(tfl.BuiltinOperator).items() if not k.startswith("_")}
    return [names[builder.codes[op.opcodeIndex]] for op in builder.graph.operators]


def record_case(name, builder, reference=None):
    """{file name: bytes} and the case's row, or the reason why LiteRT refuses it. `reference`: another model to compute the results."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    inputs = draw_inputs(builder, rng)
    answer = compute(builder, reference or builder, inputs)
    if isinstance(answer, str):
        return answer
    resolver, version, outputs, shapes = answer
    for index, tensor in enumerate(builder.graph.tensors):
        if tensor.buffer == 0 and index in shapes and index not in builder.graph.inputs:
            builder.set_shape(index, shapes[index])
    files = {f"{name}/model.tflite": builder.pack(version)}
    files.update({f"{name}/input_{i}.bin": data.tobytes() for i, data in enumerate(inputs)})
    files.update({f"{name}/output_{i}.bin": data.tobytes() for i, data in enumerate(outputs)})
    row = {"name": name, "operators": operator_names(builder), "reference": resolver,
           "inputs": [str(x.dtype) for x in inputs], "outputs": [str(x.dtype) for x in outputs]}
    return files, row


def write_zip(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data, compresslevel=9)


def record_family(family, cases):
    files, rows, refused = {}, [], []
    for name, *arguments in cases:
        answer = record_case(name, *arguments)
        if isinstance(answer, str):
            refused.append(f"    refused {name}: {answer[:150]}")
            continue
        assert not any(row["name"] == name for row in rows), f"two cases {name}"
        files.update(answer[0])
        rows.append(answer[1])
    path = HERE / f"{family}.zip"
    write_zip(path, {"cases.json": json.dumps(rows, indent=1).encode(), **files})
    other = sum(row["reference"] != RESOLVERS[0] for row in rows)
    size = path.stat().st_size
    print(f"{family}: {len(rows)} cases, {other} of them not by {RESOLVERS[0]}, {len(refused)} refused, {size} bytes", flush=True)
    for line in refused:
        print(line, flush=True)


def main(wanted):
    for module in MODULES:
        for family, cases in importlib.import_module(f"families.{module}").FAMILIES.items():
            if not wanted or family in wanted:
                record_family(family, cases())


if __name__ == "__main__":
    main(sys.argv[1:])
