"""Operators that move elements: padding, reshaping, joining, cutting, resizing."""
import numpy as np
from ai_edge_litert import schema_py_generated as tfl

from model_builder import Builder, Quant, numpy_type
from families.common import activation_quant, generator

DTYPES = ("float32", "int8", "uint8")


def moved(code, name, dtype, shape, constants=(), options=None, outputs=1, axis_first=False, **fields):
    """One input, integer constants, outputs of the same quantisation."""
    rng, b = generator(code + name), Builder()
    quant = activation_quant(rng, dtype)
    operands = [b.input(dtype, shape, quant)]
    extra = [b.constant(np.asarray(c, np.int32)) for c in constants]
    operands = extra + operands if axis_first else operands + extra
    ys = [b.value(dtype, quant) for _ in range(outputs)]
    b.op(code, operands, ys, options, **fields)
    b.output(*ys)
    return name, b


def over_types(code, cases, options=None, dtypes=DTYPES, **more):
    """cases: (shape, constants, fields of the options)."""
    for dtype in dtypes:
        for i, (shape, constants, fields) in enumerate(cases):
            yield moved(code, f"{dtype}_{i}", dtype, shape, constants, options, **more, **fields)


PADDINGS = [
    ((1, 4, 5, 3), [[0, 0], [1, 2], [3, 0], [0, 0]]),
    ((1, 4, 5, 3), [[0, 0], [0, 0], [0, 0], [2, 1]]),
    ((2, 3, 4), [[1, 0], [0, 2], [1, 1]]),
    ((3, 7), [[0, 0], [2, 3]]),
    ((1, 4, 5, 3), [[0, 0], [0, 0], [0, 0], [0, 0]]),
    ((1, 4, 5, 3), [[0, 0], [2, 1], [1, 2], [3, 1]]),
    ((2, 3, 4, 5), [[0, 0], [1, 0], [0, 2], [1, 1]]),
    ((2, 3, 4, 1), [[1, 1], [0, 1], [1, 0], [0, 2]]),
]


def pad():
    yield from over_types("PAD", [(shape, [p], {}) for shape, p in PADDINGS], "PadOptions")


def padv2():
    for dtype in DTYPES:
        for i, (shape, paddings) in enumerate(PADDINGS):
            name = f"{dtype}_{i}"
            rng, b = generator("PADV2" + name), Builder()
            quant = activation_quant(rng, dtype)
            value = rng.normal() if dtype == "float32" else rng.integers(0, 100)
            x = b.input(dtype, shape, quant)
            y = b.value(dtype, quant)
            b.op("PADV2", [x, b.constant(np.int32(paddings)), b.constant(np.asarray(value, numpy_type(dtype)), quant)], [y], "PadV2Options")
            b.output(y)
            yield name, b


def mirror_pad():
    for mode in (tfl.MirrorPadMode.REFLECT, tfl.MirrorPadMode.SYMMETRIC):
        for dtype in DTYPES:
            for i, (shape, paddings) in enumerate([((1, 4, 5, 3), [[0, 0], [1, 2], [3, 0], [0, 0]]), ((4, 6), [[2, 3], [1, 4]])]):
                yield moved("MIRROR_PAD", f"{dtype}_{mode}_{i}", dtype, shape, [paddings], "MirrorPadOptions", mode=mode)


def reshape():
    cases = [((1, 4, 5, 3), (1, 60)), ((1, 60), (1, 4, 5, 3)), ((2, 3, 4), (6, 4)), ((2, 3, 4), (24,)), ((1, 8), (1, 1, 8, 1)), ((2, 6), (2, -1, 3))]
    yield from over_types("RESHAPE", [(a, [c], {"newShape": list(c)}) for a, c in cases], "ReshapeOptions", (*DTYPES, "int32"))


def squeeze():
    cases = [((1, 1, 5, 1), [0, 1]), ((1, 1, 5, 1), []), ((2, 1, 4), [-2]), ((1, 1, 1, 7), [1, 2])]
    yield from over_types("SQUEEZE", [(shape, [], {"squeezeDims": dims}) for shape, dims in cases], "SqueezeOptions")


def expand_dims():
    cases = [((3, 4), 0), ((3, 4), -1), ((1, 5, 2), 2)]
    yield from over_types("EXPAND_DIMS", [(shape, [axis], {}) for shape, axis in cases], "ExpandDimsOptions")


def transpose():
    cases = [((1, 4, 5, 3), (0, 3, 1, 2)), ((1, 4, 5, 3), (0, 2, 1, 3)), ((4, 7), (1, 0)), ((2, 3, 4), (2, 0, 1)), ((2, 3, 4, 2, 3), (0, 3, 1, 4, 2)),
             ((1, 1, 6, 4), (0, 1, 3, 2)), ((2, 3, 4), (0, 1, 2))]
    yield from over_types("TRANSPOSE", [(shape, [p], {}) for shape, p in cases], "TransposeOptions", (*DTYPES, "int32"))


def concatenation():
    cases = [([(1, 4, 5, 3), (1, 4, 5, 2)], 3), ([(1, 4, 5, 3), (1, 2, 5, 3), (1, 1, 5, 3)], 1), ([(2, 3), (2, 4)], -1), ([(2, 3), (1, 3)], 0),
             ([(1, 2, 3, 4)], 2), ([(1, 3, 2), (1, 3, 1), (1, 3, 5), (1, 3, 4)], 2)]
    for dtype in (*DTYPES, "int32"):
        for i, (shapes, axis) in enumerate(cases):
            # Legacy uint8 files may join tensors of different scales.
            for different in (False, True) if dtype == "uint8" else (False,):
                name = f"{dtype}_{i}" + ("_different_scales" if different else "")
                rng, b = generator("CONCATENATION" + name), Builder()
                quant = activation_quant(rng, dtype)
                xs = [b.input(dtype, shape, activation_quant(rng, dtype) if different else quant) for shape in shapes]
                y = b.value(dtype, quant)
                b.op("CONCATENATION", xs, [y], "ConcatenationOptions", axis=axis)
                b.output(y)
                yield name, b


def split():
    for dtype in DTYPES:
        for i, (shape, axis, parts) in enumerate([((1, 4, 6, 3), 2, 3), ((1, 4, 5, 8), 3, 2), ((4, 6), -1, 6), ((4, 6), 0, 2)]):
            yield moved("SPLIT", f"{dtype}_{i}", dtype, shape, [axis], "SplitOptions", parts, axis_first=True, numSplits=parts)


def split_v():
    for dtype in DTYPES:
        for i, (shape, sizes, axis) in enumerate([((1, 4, 6, 3), [1, 3, 2], 2), ((1, 4, 5, 8), [5, -1], 3), ((4, 7), [7], 1)]):
            yield moved("SPLIT_V", f"{dtype}_{i}", dtype, shape, [sizes, axis], "SplitVOptions", len(sizes), numSplits=len(sizes))


def slice_():
    cases = [((1, 5, 6, 3), (0, 1, 2, 0), (1, 3, 2, 3)), ((1, 5, 6, 3), (0, 0, 0, 1), (1, -1, -1, 2)), ((4, 7), (1, 2), (2, -1)), ((2, 3, 4), (1, 0, 3), (1, 3, 1))]
    yield from over_types("SLICE", [(shape, [begin, size], {}) for shape, begin, size in cases], "SliceOptions", (*DTYPES, "int32"))


def strided_slice():
    cases = [
        ((1, 6, 7, 3), (0, 1, 0, 0), (1, 6, 7, 3), (1, 2, 3, 1), {}),
        ((1, 6, 7, 3), (0, 0, 0, 0), (0, 4, 0, 2), (1, 1, 1, 1), {"beginMask": 15, "endMask": 5}),
        ((5, 6), (-1, 0), (-6, 6), (-1, 1), {}),
        ((5, 6), (1, 0), (2, 6), (1, 1), {"shrinkAxisMask": 1}),
        ((2, 3, 4), (0, 1, 0), (2, 3, 4), (1, 1, 1), {"shrinkAxisMask": 2}),
        ((2, 3, 4), (0, 0), (0, 3), (1, 2), {"ellipsisMask": 1}),
        ((3, 4), (0, 0, 0), (0, 3, 4), (1, 1, 1), {"newAxisMask": 1}),
        ((9,), (7,), (1,), (-2,), {}),
    ]
    for dtype in (*DTYPES, "int32"):
        for i, (shape, begin, end, strides, masks) in enumerate(cases):
            fields = {"beginMask": 0, "endMask": 0, "ellipsisMask": 0, "newAxisMask": 0, "shrinkAxisMask": 0, **masks}
            yield moved("STRIDED_SLICE", f"{dtype}_{i}", dtype, shape, [begin, end, strides], "StridedSliceOptions", **fields)


def pack():
    for dtype in DTYPES:
        for i, (shape, count, axis) in enumerate([((2, 3), 3, 0), ((2, 3), 2, 1), ((2, 3), 2, -1), ((1, 4, 5), 2, 3), ((4,), 5, 0)]):
            name = f"{dtype}_{i}"
            rng, b = generator("PACK" + name), Builder()
            quant = activation_quant(rng, dtype)
            xs = [b.input(dtype, shape, quant) for _ in range(count)]
            y = b.value(dtype, quant)
            b.op("PACK", xs, [y], "PackOptions", valuesCount=count, axis=axis)
            b.output(y)
            yield name, b


def unpack():
    for dtype in DTYPES:
        for i, (shape, axis) in enumerate([((3, 4, 2), 0), ((3, 4, 2), 1), ((3, 4, 2), -1), ((1, 5), 1)]):
            yield moved("UNPACK", f"{dtype}_{i}", dtype, shape, [], "UnpackOptions", shape[axis], num=shape[axis], axis=axis)


def gather():
    cases = [((7, 4), (0,), [3, 0, 6, 6]), ((1, 5, 6), (1,), [4, 1]), ((2, 3, 5), (-1,), [[0, 4], [2, 1]]), ((9,), (0,), [8, 7, 0]), ((1, 4, 3, 6), (3,), 2)]
    for dtype in (*DTYPES, "int32"):
        for i, (shape, (axis,), indices) in enumerate(cases):
            yield moved("GATHER", f"{dtype}_{i}", dtype, shape, [indices], "GatherOptions", axis=axis)
        name = f"{dtype}_indices_at_run_time"
        rng, b = generator("GATHER" + name), Builder()
        quant = activation_quant(rng, dtype)
        data = rng.integers(0, 100, (7, 4)) if dtype != "float32" else rng.normal(0, 1, (7, 4))
        table = b.constant(data.astype(numpy_type(dtype)), quant)
        y = b.value(dtype, quant)
        b.op("GATHER", [table, b.input("int32", (3,), values=[5, 0, 6])], [y], "GatherOptions", axis=0)
        b.output(y)
        yield name, b


def resize(code, options):
    sizes = [((1, 4, 5, 3), (8, 10)), ((1, 4, 5, 3), (7, 3)), ((2, 6, 6, 2), (3, 3)), ((1, 3, 3, 1), (3, 3)), ((1, 1, 1, 4), (5, 2)), ((1, 5, 4, 2), (1, 1)),
             ((1, 3, 4, 2), (20, 13))]
    for align, half in ((False, False), (True, False), (False, True)):
        for dtype in DTYPES:
            for i, (shape, size) in enumerate(sizes):
                yield moved(code, f"{dtype}_{'align_' if align else ''}{'half_' if half else ''}{i}", dtype, shape, [size], options,
                            alignCorners=align, halfPixelCenters=half)


def blocks(code, options, shapes):
    yield from over_types(code, [(shape, [], {"blockSize": block}) for shape, block in shapes], options)


def shape():
    for dtype in DTYPES:
        for i, size in enumerate([(1, 4, 5, 3), (7,)]):
            rng, b = generator(f"SHAPE{dtype}{i}"), Builder()
            quant = activation_quant(rng, dtype)
            x, y = b.input(dtype, size, quant), b.value("int32")
            b.op("SHAPE", [x], [y], "ShapeOptions", outType=tfl.TensorType.INT32)
            # As in real files: the shape decides another operator's.
            z = b.value(dtype, quant)
            b.op("RESHAPE", [x, y], [z], "ReshapeOptions", newShape=list(size))
            b.output(z)
            yield f"{dtype}_{i}", b


def fill():
    for dtype in ("float32", "int32", "int8"):
        for i, size in enumerate([(1, 4, 3), (5,)]):
            rng, b = generator(f"FILL{dtype}{i}"), Builder()
            quant = activation_quant(rng, dtype)
            filled, y = b.value(dtype, quant), b.value(dtype, quant)
            value = b.constant(np.asarray(3, numpy_type(dtype)), quant)
            b.op("FILL", [b.constant(np.int32(size)), value], [filled], "FillOptions")
            b.op("MAXIMUM", [b.input(dtype, size, quant), filled], [y], "MaximumMinimumOptions")
            b.output(y)
            yield f"{dtype}_{i}", b


FAMILIES = {
    "pad": pad, "padv2": padv2, "mirror_pad": mirror_pad, "reshape": reshape, "squeeze": squeeze, "expand_dims": expand_dims,
    "transpose": transpose, "concatenation": concatenation, "split": split, "split_v": split_v, "slice": slice_, "strided_slice": strided_slice,
    "pack": pack, "unpack": unpack, "gather": gather, "shape": shape, "fill": fill,
    "resize_bilinear": lambda: resize("RESIZE_BILINEAR", "ResizeBilinearOptions"),
    "resize_nearest_neighbor": lambda: resize("RESIZE_NEAREST_NEIGHBOR", "ResizeNearestNeighborOptions"),
    "space_to_depth": lambda: blocks("SPACE_TO_DEPTH", "SpaceToDepthOptions", [((1, 4, 6, 3), 2), ((2, 6, 3, 1), 3)]),
    "depth_to_space": lambda: blocks("DEPTH_TO_SPACE", "DepthToSpaceOptions", [((1, 2, 3, 12), 2), ((2, 2, 1, 9), 3)]),
}
