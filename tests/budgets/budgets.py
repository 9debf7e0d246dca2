#!/usr/bin/env python3
"""Holds what networks cost: fails when a figure of budgets.json grew by more than 1 %, and says so when one shrank by as much.

    budgets.py STEDGEAI examples|reference [--update]

examples: the networks of examples/models. reference: the six int8 reference models below the folder EDGEWRIGHT_MODELS, else ../shared/models beside the
checkout; status 77 (skipped) when they are not there. --update writes what was measured into budgets.json: after an improvement, or when a growth is
wanted. After a conflict in budgets.json take either side and run it again.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
import measuring                                # noqa: E402
from boards import COMPILER, CORES, BenchError, run   # noqa: E402

FILE = pathlib.Path(__file__).resolve().parent / "budgets.json"
FIGURES = ("instructions", "code", "tables", "weights", "activations", "stack")
LIMIT = 0.01
SLACK = {"instructions": 100}                   # a change of so many is none, however small the figure
SLACK_BYTES = 16

REFERENCE = [name for name, facts in measuring.CATALOGUE.items() if "hash" in facts]
# Every core in the default mode, and the other modes on one. The R52's code runs by qemu-arm, which may be missing.
COMBINATIONS = [(core, "balanced") for core in CORES if core != "r52" or shutil.which("qemu-arm")] + [("m4", "time"), ("m4", "ram")]


def changed(figure, budget, measured):
    """1: grew beyond the limit, -1: shrank beyond it, 0: neither."""
    allowed = max(LIMIT * budget, SLACK.get(figure, SLACK_BYTES))
    return (measured > budget + allowed) - (measured < budget - allowed)


def compare(budgets, measured):
    """(complaints, hints) of figures by key, each a line. A measurement without a budget is a complaint, so that nothing goes unwatched."""
    complaints, hints = [], []
    for key, figures in measured.items():
        if key not in budgets:
            complaints.append(f"{key}: has no budget")
            continue
        for figure in FIGURES:
            budget, value = budgets[key][figure], figures[figure]
            change = changed(figure, budget, value)
            if change:
                line = f"{key}: {figure} {'grew' if change > 0 else 'shrank'} from {budget:,} to {value:,}" + (f" ({value / budget - 1:+.1%})" if budget else "")
                (complaints if change > 0 else hints).append(line)
    return complaints, hints


def measure(tool, name, model, core, mode, folder):
    key = f"{name} {core} {mode}"
    try:
        row = measuring.measure(tool, model, core, mode, pathlib.Path(folder) / key.replace(" ", "-"), measuring.CATALOGUE.get(name))
        return key, {figure: row[figure] for figure in FIGURES}
    except BenchError as error:
        return key, str(error)


def measure_all(tool, models):
    """(figures by key, messages of what could not be measured)"""
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ProcessPoolExecutor() as pool:
        measuring.prepare(folder)
        jobs = [pool.submit(measure, tool, name, model, core, mode, folder) for name, model in models for core, mode in COMBINATIONS]
        results = [job.result() for job in jobs]
    return {key: row for key, row in results if isinstance(row, dict)}, [f"{key}: {row}" for key, row in results if not isinstance(row, dict)]


def find_models(which):
    if which == "examples":
        return [(path.stem, path) for path in sorted((ROOT / "examples/models").glob("*.tflite"))]
    folder = pathlib.Path(os.environ.get("EDGEWRIGHT_MODELS", ROOT.parent / "shared/models")) / "tflite"
    if not folder.is_dir():
        print(f"skipped: the reference models are not there ({folder})")
        sys.exit(77)
    return [(name, folder / measuring.CATALOGUE[name]["file"]) for name in REFERENCE]


def write(compiler, budgets):
    rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(budgets[key])}" for key in sorted(budgets))
    FILE.write_text(f'{{"compiler": {json.dumps(compiler)}, "budgets": {{\n{rows}\n}}}}\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tool", type=pathlib.Path)
    parser.add_argument("which", choices=("examples", "reference"))
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    kept = json.loads(FILE.read_text())
    compiler = run([COMPILER, "-dumpfullversion"]).strip()
    if compiler != kept["compiler"] and not options.update:
        print(f"skipped: the budgets are those of {COMPILER} {kept['compiler']}, this is {compiler}")
        sys.exit(77)
    measured, failures = measure_all(options.tool, find_models(options.which))
    complaints, hints = compare(kept["budgets"], measured)
    print("\n".join(failures + complaints + hints + [f"{len(measured)} measurements, {len(complaints)} complaints, {len(hints)} improvements"]))
    if options.update:
        write(compiler, {**kept["budgets"], **measured})
    elif hints or complaints:
        print(f"To {'accept' if complaints else 'keep'} them: tests/budgets/budgets.py {options.tool} {options.which} --update, and commit budgets.json")
    sys.exit(1 if failures or not measured or complaints and not options.update else 0)


if __name__ == "__main__":
    main()
