#!/usr/bin/env python3
"""Measures whole networks on the virtual boards: instructions of one inference per core; activations, weights, code and tables on the M4.

    table.py STEDGEAI MODELS_FOLDER [--markdown FILE] [--json FILE]

MODELS_FOLDER holds the reference models (peer.json names them). Instructions are exact and repeatable; they are no time. peer.json has the
figures of TensorFlow Lite Micro with CMSIS-NN, measured on the same virtual boards, and those published for ST's tool.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

CORES = {"M3": "stm32f1", "M4": "stm32f4", "M7": "stm32h7", "M33": "stm32u5", "M55": "stm32n6"}
PEER = json.loads((pathlib.Path(__file__).parent / "peer.json").read_text())


def run(stedgeai, *arguments):
    done = subprocess.run([stedgeai, *arguments], capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def number(text, pattern):
    match = re.search(pattern, text)
    return int(match.group(1).replace(",", "")) if match else None


def measure(stedgeai, model, folder):
    """One network's figures."""
    common = ["-m", str(model), "-o", folder, "-w", folder, "--quiet"]
    report = run(stedgeai, "analyze", *common, "--target", CORES["M4"])
    figures = {"activations": number(report, r"activations \(rw\) +: +([\d,]+) B"), "weights": number(report, r"weights \(ro\) +: +([\d,]+) B"),
               "seconds": float(re.search(r"elapsed time \(ANALYZE\): ([\d.]+)s", report).group(1))}
    total = re.search(r"RT total\*\* +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)", report)
    if total:
        text, rodata, data, bss = (int(v.replace(",", "")) for v in total.groups())
        figures |= {"code_and_tables": text + rodata + data, "runtime_ram": data + bss}
    figures["instructions"] = {}
    for core, target in CORES.items():
        log = run(stedgeai, "validate", *common, "--target", target, "--mode", "target", "-d", "qemu", "--io-only", "-b", "1", "--no-exec-model")
        figures["instructions"][core] = number(log, r"instructions +: +\[([\d,]+)\]")
        if core == "M4":
            figures["stack"] = number(log, r"used stack/heap +: +(\d+)/")
    return figures


def table(results):
    lines = ["| network | activations | ST 2.2 | weights | code and tables, M4 | ST 2.2 | RAM beside the activations | stack, M4 | analyze, s |", "|---|" + "---|" * 8]
    for name, f in results.items():
        st = PEER[name]
        lines.append(f"| {name} | {f['activations']:,} | {st.get('st_activations', '-')} | {f['weights']:,} | {f.get('code_and_tables', '-')} | "
                     f"{st.get('st_code', '-')} | {f.get('runtime_ram', '-')} | {f['stack']} | {f['seconds']:.3f} |")
    lines += ["", "Instructions of one inference, and how many times the peer's:", "", "| network | " + " | ".join(CORES) + " |", "|---|" + "---|" * len(CORES)]
    for name, f in results.items():
        cells = []
        for core in CORES:
            count, peer = f["instructions"][core], PEER[name]["instructions"].get(core)
            cells.append(f"{count:,} ({count / peer:.2f})" if peer else f"{count:,}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("stedgeai")
    parser.add_argument("models", type=pathlib.Path)
    parser.add_argument("--markdown", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    results = {}
    for name, facts in PEER.items():
        with tempfile.TemporaryDirectory() as folder:
            results[name] = measure(options.stedgeai, options.models / facts["file"], folder)
        print(name, json.dumps(results[name]), flush=True)
    print(table(results))
    if options.markdown:
        options.markdown.write_text(table(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
