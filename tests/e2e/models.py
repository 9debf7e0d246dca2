#!/usr/bin/env python3
"""Validates every TFLite file below a folder with stedgeai and prints a table: equal to LiteRT, different, or refused and why.

    models.py STEDGEAI FOLDER [--device host|qemu] [--target stm32f4] [-O balanced] [--only WORD] [--expect FILE] [--markdown FILE]

int8 and uint8 outputs must equal LiteRT's to the bit. FOLDER "shared": the shared models, exit status 77 when they are not there. Float outputs: per output, the largest difference over the largest value must be at
most 1e-5. Exit status 1 when a model differs, or when a model that --expect lists as equal is not (one path a line).
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType

LIMIT = 1e-5


def input_ranges(model):
    """--range arguments that cover what a quantised network can tell apart at its float inputs; [] when it has none."""
    interpreter = Interpreter(str(model), experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    tensors = {t["index"]: t for t in interpreter.get_tensor_details()}
    ranges, quantised = [], False
    for details in interpreter.get_input_details():
        low, high = 0.0, 1.0
        for op in interpreter._get_ops_details():
            if op["op_name"] == "QUANTIZE" and details["index"] in op["inputs"] and details["dtype"] == np.float32:
                output = tensors[op["outputs"][0]]
                scale, zero = output["quantization"]
                limits = np.iinfo(output["dtype"])
                low, high, quantised = scale * (limits.min - zero), scale * (limits.max - zero), True
        ranges += [str(float(low)), str(float(high))]
    return ["--range", *ranges] if quantised else []


def validate(stedgeai, model, device, target, optimization, folder, samples):
    """Runs `stedgeai validate`; returns (exit status, last lines, seconds)."""
    command = [stedgeai, "validate", "-m", str(model), "--target", target, "-O", optimization, "-o", folder, "-w", folder, "-b", str(samples), "--quiet", "--io-only"]
    try:
        command += input_ranges(model)
    except (ValueError, RuntimeError):
        pass                                     # LiteRT does not take the file; the tool will say why
    if device != "host":
        command += ["--mode", "target", "-d", device]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    return done.returncode, done.stdout + done.stderr, time.monotonic() - start


def compare(folder):
    """(integers equal to the bit or None when there are none, largest relative float difference or None)."""
    data = np.load(pathlib.Path(folder) / "network_val_io.npz")
    equal, worst = None, None
    for key in sorted(k for k in data.files if k.startswith("m_outputs")):
        reference, result = data[key], data[key.replace("m_", "c_", 1)]
        if reference.dtype.kind == "f":
            with np.errstate(all="ignore"):
                difference = np.abs(reference.ravel() - result.ravel())
                scale = np.abs(reference).max()
            relative = float(difference.max() / scale) if scale > 0 else float(difference.max())
            worst = max(worst or 0.0, relative) if np.isfinite(relative) else float("inf")
        else:
            equal = (equal is not False) and np.array_equal(reference.ravel(), result.ravel())
    return equal, worst


def judge(stedgeai, model, device, target, optimization, samples):
    """(verdict, detail, seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            status, output, seconds = validate(stedgeai, model, device, target, optimization, folder, samples)
        except subprocess.TimeoutExpired:
            return "FAILED", "took more than 1800 s", 1800.0
        if status != 0:
            lines = [line for line in output.splitlines() if "ERROR" in line or "IMPLEMENTED" in line or line.startswith("E1")]
            reason = lines[-1].strip() if lines else output.strip().splitlines()[-1]
            refused = reason.startswith("NOT IMPLEMENTED")
            return ("refused" if refused else "FAILED"), reason, seconds
        equal, worst = compare(folder)
        detail = "" if worst is None else f"{worst:.2e}"
        if equal is False or (worst is not None and not worst <= LIMIT):
            where = [line.strip() for line in output.splitlines() if "differs" in line or "differ" in line]
            return "DIFFERENT", " ".join([detail] + where[-1:]).strip(), seconds
        return "equal", detail, seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("stedgeai")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--device", default="host")
    parser.add_argument("--target", default="stm32f4")
    parser.add_argument("-O", "--optimization", default="balanced", choices=("time", "balanced", "ram"))
    parser.add_argument("--samples", type=int, default=10)
    parser.add_argument("--only", default="")
    parser.add_argument("--expect", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    options = parser.parse_args()
    if str(options.folder) == "shared":
        root = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "models"
        options.folder = pathlib.Path(os.environ.get("EDGEWRIGHT_MODELS", root)) / "tflite"
        if not options.folder.is_dir():
            print(f"skipped: the shared models are not there ({options.folder})")
            sys.exit(77)
    wanted = set(options.expect.read_text().split()) if options.expect else None
    rows = []
    for model in sorted(options.folder.rglob("*.tflite")):
        name = str(model.relative_to(options.folder))
        if options.only not in name or (wanted is not None and name not in wanted):
            continue
        rows.append((name, *judge(options.stedgeai, model, options.device, options.target, options.optimization, options.samples)))
        print("{:<12} {:6.1f} s  {}  {}".format(rows[-1][1], rows[-1][3], name, rows[-1][2]), flush=True)
    counts = {verdict: sum(row[1] == verdict for row in rows) for verdict in ("equal", "DIFFERENT", "refused", "FAILED")}
    print(", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
    if options.markdown:
        lines = ["| model | result | largest relative difference, or reason | s |", "|---|---|---|---|"]
        lines += [f"| {name} | {verdict} | {detail} | {seconds:.1f} |" for name, verdict, detail, seconds in rows]
        options.markdown.write_text("\n".join(lines) + "\n")
    bad = counts["DIFFERENT"] + counts["FAILED"] + (counts["refused"] if wanted is not None else 0)
    sys.exit(1 if bad or not rows else 0)


if __name__ == "__main__":
    main()
