#!/usr/bin/env python3
"""Writes samples.h: the first ten test samples of ../models/digits_test.npz as C arrays. Needs numpy."""

import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
data = np.load(HERE.parent / "models" / "digits_test.npz")
images, labels = data["x_test"][:10].reshape(10, -1), data["y_test"][:10].argmax(axis=1)
lines = ["/* Made by make_samples.py. Pixels as digits_int8 wants them: -128 (white) ... 127 (black). */", "#include <stdint.h>", "",
         f"#define DIGITS_SAMPLES {len(images)}", "", f"static const int8_t digits_images[{len(images)}][{images.shape[1]}] = {{"]
for image in images:
    lines.append("  {")
    lines += ["    " + ", ".join(str(v) for v in row) + "," for row in image.reshape(16, 16)]
    lines.append("  },")
lines += ["};", "", f"static const int digits_labels[{len(labels)}] = {{{', '.join(map(str, labels))}}};", ""]
(HERE / "samples.h").write_text("\n".join(lines))
