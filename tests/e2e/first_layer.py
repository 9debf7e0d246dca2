#!/usr/bin/env python3
"""A layer inside a streamed group that computes something else than the original is named by stedgeai validate.

    first_layer.py STEDGEAI MODEL.tflite [--device qemu]

The network is made from the model, with every layer that can be in groups (-O ram). As the original, LiteRT runs a copy of the model whose weights of one
layer in the middle of a group are changed: through EDGEWRIGHT_PYTHON, which names this program in place of the interpreter.
"""

import argparse
import json
import os
import pathlib
import runpy
import subprocess
import sys
import tempfile

from ai_edge_litert.interpreter import Interpreter


def run(stedgeai, model, folder, *more, **environment):
    command = [stedgeai, "validate", "-m", str(model), "--target", "stm32f4", "-O", "ram", "-o", folder, "-w", folder, "-b", "2", "--quiet", *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env={**os.environ, **environment})
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def middle_layer(folder):
    """(c_id and name of the group, name and m_id of the layer) of a convolution that is neither the first nor the last of its group."""
    info = json.loads((pathlib.Path(folder) / "network_c_info.json").read_text())
    for node in info["graphs"][0]["nodes"]:
        for layer in node["subgraph_nodes"][1:-1]:
            if layer["description"] == "Conv2D":
                return node["id"], node["name"], layer["name"], int(layer["original_nodes"][-1])
    sys.exit("the network has no group with a convolution in its middle")


def with_other_weights(model, m_id):
    """The model's bytes with the weights of operator m_id changed."""
    interpreter = Interpreter(str(model))
    interpreter.allocate_tensors()
    operator = next(op for op in interpreter._get_ops_details() if op["index"] == m_id)
    weights = interpreter.get_tensor(operator["inputs"][1]).tobytes()
    data = bytearray(model.read_bytes())
    if data.count(weights) != 1:
        sys.exit(f"the weights of operator {m_id} are not found once in {model}")
    at = data.find(weights)
    for i in range(at, at + len(weights)):
        data[i] ^= 0x55
    return data


def expect(text, words):
    if words not in text:
        sys.exit(f"expected '{words}' in:\n{text}")


def test(stedgeai, model, device):
    with tempfile.TemporaryDirectory() as folder:
        more = [] if device == "host" else ["--mode", "target", "-d", device]
        text = run(stedgeai, model, folder, "--full", *more)
        expect(text, "The layers are compared on an opened build")
        expect(text, "Its outputs equal the network's.")
        expect(text, "The outputs equal the original model's.")
        c_id, group, layer, m_id = middle_layer(folder)
        other = pathlib.Path(folder) / "other.tflite"
        other.write_bytes(with_other_weights(model, m_id))
        program = pathlib.Path(folder) / "python"
        program.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{os.path.abspath(__file__)}' --original '{other}' \"$@\"\n")
        program.chmod(0o755)
        text = run(stedgeai, model, folder, *more, EDGEWRIGHT_PYTHON=str(program))
        expect(text, "Its outputs equal the network's.")
        expect(text, f"The first layer that differs: c-node {c_id} '{group}', layer '{layer}' (m_id {m_id}, ")
        print(f"{group}, {layer}: named")


def original(other, arguments):
    """Runs the reference program with the other model in place of the one it is asked for."""
    loads = json.loads

    def loads_other(text, **options):
        value = loads(text, **options)
        if isinstance(value, dict) and "model" in value:
            value["model"] = other
        return value

    json.loads = loads_other
    program = next(i for i, argument in enumerate(arguments) if argument.endswith(".py"))
    sys.argv = arguments[program:]
    sys.path.insert(0, str(pathlib.Path(sys.argv[0]).parent))
    runpy.run_path(sys.argv[0], run_name="__main__")


if __name__ == "__main__":
    if sys.argv[1] == "--original":
        original(sys.argv[2], sys.argv[3:])
        sys.exit(0)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stedgeai")
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--device", default="host")
    chosen = parser.parse_args()
    test(chosen.stedgeai, chosen.model, chosen.device)
