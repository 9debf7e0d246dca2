"""Records what numpy computes, for the tests of this folder: python record_vectors.py > recorded_vectors.inc

Needs numpy only. Random numbers come from the legacy generator (RandomState), whose stream numpy has promised never to change.
"""
import io

import numpy as np


def numbers(values):
    return ", ".join(str(int(v)) if np.issubdtype(type(v), np.integer) or isinstance(v, int) else repr(float(v)) for v in values)


def entry(ctype, name, values):
    print(f"const std::vector<{ctype}> {name} = {{{numbers(values)}}};")


def random_vectors():
    for seed in (42, 0, 4294967295):
        rng = np.random.RandomState(seed)
        bits = rng.uniform(0.0, 1.0, size=(4, 3)).astype(np.float32).view(np.uint32)
        entry("uint32_t", f"uniform_{seed}", bits.ravel())
    rng = np.random.RandomState(42)
    entry("uint32_t", "uniform_range", rng.uniform(-10.0, 5.0, size=12).astype(np.float32).view(np.uint32))
    for name, low, high in (("int8", -128, 127), ("uint8", 0, 255), ("int16", -(2**15), 2**15 - 1), ("int32", -(2**31), 2**31 - 1),
                            ("int64", -(2**63), 2**63 - 1), ("bool", 0, 1), ("index", 0, 999), ("wide", 0, 2**40)):
        rng = np.random.RandomState(42)
        values = rng.randint(low, high + 1, size=12, dtype=np.int64)
        text = ", ".join(f"INT64_C({v})" if v > -(2**63) else "INT64_MIN" for v in values)
        print(f"const std::vector<int64_t> integers_{name} = {{{text}}};")
    rng = np.random.RandomState(7)  # one generator for a float and then an integer input
    first = rng.uniform(0.0, 1.0, size=3).astype(np.float32).view(np.uint32)
    second = rng.randint(-128, 128, size=5)
    entry("uint32_t", "mixed_floats", first)
    entry("int64_t", "mixed_integers", second)


def halves():
    rng = np.random.RandomState(3)
    values = np.concatenate([rng.uniform(-1, 1, 20), [0.0, -0.0, 65504.0, 65519.0, 65520.0, 1e-8, 6e-8, 6.1e-5, 2.98e-8, 1e9, -np.inf],
                             rng.uniform(-1e-5, 1e-5, 8)]).astype(np.float32)
    entry("uint32_t", "half_floats", values.view(np.uint32))
    with np.errstate(over="ignore"):
        entry("uint16_t", "half_bits", values.astype(np.float16).view(np.uint16))


def metrics(name, r, p):
    r = r.astype(np.float32)
    p = p.astype(np.float32)
    d = r - p
    eps = np.finfo(np.float32).eps
    d64, r64, p64 = d.astype(np.float64), r.astype(np.float64).ravel(), p.astype(np.float64).ravel()
    mse = np.mean(d64**2)
    values = [np.mean(np.argmax(r, -1) == np.argmax(p, -1)), np.sqrt(mse), np.mean(np.abs(d64)),
              np.linalg.norm(d64.ravel()) / (np.linalg.norm(p64) + eps), np.mean(d64), np.std(d64, ddof=1),
              1 - mse / (np.std(r64, ddof=1)**2 + eps), np.dot(r64, p64) / (np.linalg.norm(r64) * np.linalg.norm(p64))]
    entry("double", f"{name}_metrics", values)


def metric_vectors():
    rng = np.random.RandomState(1)
    r = rng.uniform(0, 1, (5, 1, 1, 4))
    p = r + rng.uniform(-0.3, 0.3, r.shape)
    entry("float", "float_r", r.astype(np.float32).ravel())
    entry("float", "float_p", p.astype(np.float32).ravel())
    metrics("float", r.astype(np.float32), p.astype(np.float32))
    qr = rng.randint(-128, 128, (6, 3)).astype(np.int8)
    qp = np.clip(qr.astype(int) + rng.randint(-9, 10, qr.shape), -128, 127).astype(np.int8)
    entry("int", "int8_r", qr.ravel())
    entry("int", "int8_p", qp.ravel())
    scale, zero = np.float32(0.0371), 5
    metrics("int8", scale * (qr.astype(np.float32) - zero), scale * (qp.astype(np.float32) - zero))


def npy_files():
    arrays = {"float32_c": np.arange(6, dtype=np.float32).reshape(2, 3) / 4, "float64_fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
              "int16_big_endian": np.arange(-2, 4, dtype=">i2").reshape(3, 2), "uint8_vector": np.arange(5, dtype=np.uint8),
              "float16_cube": np.arange(8, dtype=np.float16).reshape(2, 2, 2), "int64_scalar": np.array(-7), "bool_row": np.array([[True, False]])}
    for name, array in arrays.items():
        buffer = io.BytesIO()
        np.save(buffer, array)
        entry("uint8_t", f"npy_{name}", buffer.getvalue())
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.arange(3, dtype=np.int32), version=(2, 0))
    entry("uint8_t", "npy_version_2", buffer.getvalue())
    buffer = io.BytesIO()
    np.savez_compressed(buffer, m_inputs_1=np.arange(4, dtype=np.float32).reshape(2, 2), m_outputs_1=np.ones((2, 1), np.int8))
    entry("uint8_t", "npz_compressed", buffer.getvalue())


if __name__ == "__main__":
    print("// Written by record_vectors.py: what numpy computes.")
    random_vectors()
    halves()
    metric_vectors()
    npy_files()
