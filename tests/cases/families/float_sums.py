"""Float convolutions and dense layers with eight channels and more: the kernels work on eight at a time, on pairs of pixels, on the rest."""
from families.common import SAME, VALID
from families.convolutions import convolution, dense, depthwise

# height, width, input channels, output channels, kernel h, w, stride h, w, dilation h, w, padding, activation, groups
CONV = [
    (5, 1, 3, 8, 1, 1, 1, 1, 1, 1, VALID, "none", 1),
    (3, 2, 4, 8, 1, 1, 1, 1, 1, 1, VALID, "relu", 1),
    (3, 7, 9, 16, 1, 1, 1, 1, 1, 1, VALID, "relu6", 1),
    (4, 6, 13, 20, 1, 1, 1, 1, 1, 1, SAME, "relu", 1),
    (7, 7, 17, 15, 1, 1, 2, 2, 1, 1, SAME, "none", 1),
    (8, 9, 3, 8, 3, 3, 2, 2, 1, 1, SAME, "relu", 1),
    (6, 10, 5, 11, 3, 3, 1, 1, 1, 1, SAME, "none", 1),
    (7, 8, 8, 24, 3, 3, 1, 1, 1, 1, VALID, "relu", 1),
    (49, 10, 1, 16, 10, 4, 2, 2, 1, 1, SAME, "relu", 1),
    (9, 13, 2, 9, 3, 3, 1, 1, 2, 2, SAME, "relu_n1_to_1", 1),
    (12, 11, 3, 8, 3, 2, 1, 2, 3, 4, VALID, "none", 1),
    (3, 3, 2, 8, 7, 7, 1, 1, 1, 1, SAME, "none", 1),
    (6, 5, 6, 16, 3, 3, 1, 1, 1, 1, SAME, "none", 2),
    (6, 5, 6, 39, 2, 3, 2, 1, 1, 1, SAME, "relu", 3),
    (5, 9, 16, 32, 1, 1, 1, 1, 1, 1, VALID, "relu", 4),
]

# height, width, channels, multiplier, kernel h, w, stride h, w, dilation h, w, padding, activation
DEPTHWISE = [
    (3, 1, 8, 1, 3, 1, 1, 1, 1, 1, SAME, "none"),
    (5, 5, 8, 1, 3, 3, 1, 1, 1, 1, SAME, "relu"),
    (6, 8, 24, 1, 3, 3, 1, 1, 1, 1, SAME, "relu6"),
    (8, 9, 16, 1, 3, 3, 2, 2, 1, 1, SAME, "relu"),
    (7, 12, 21, 1, 5, 4, 1, 1, 1, 1, SAME, "none"),
    (11, 10, 9, 1, 3, 3, 1, 1, 2, 3, SAME, "relu_n1_to_1"),
    (12, 13, 8, 1, 3, 2, 3, 3, 1, 4, VALID, "none"),
    (3, 3, 12, 1, 7, 7, 1, 1, 1, 1, SAME, "relu"),
    (15, 1, 16, 1, 15, 1, 1, 1, 1, 1, VALID, "none"),
    (6, 6, 4, 4, 3, 3, 1, 1, 1, 1, SAME, "relu"),
    (14, 6, 1, 8, 10, 4, 2, 2, 1, 1, SAME, "relu"),
    (9, 8, 1, 19, 3, 3, 1, 1, 1, 1, SAME, "none"),
]

# input shape, outputs, activation, bias, keep_num_dims
DENSE = [
    ((1, 1), 8, "none", True, False),
    ((1, 7), 16, "relu", True, False),
    ((1, 8), 8, "relu6", False, False),
    ((1, 40), 21, "relu", True, False),
    ((2, 12), 8, "none", True, False),
    ((5, 11), 13, "relu", True, False),
    ((2, 3, 9), 24, "none", False, True),
]


def float_sums():
    for i, (*shape, groups) in enumerate(CONV):
        yield convolution(f"conv_{i}", "float32", shape, groups=groups)
    for i, shape in enumerate(DEPTHWISE):
        yield depthwise(f"depthwise_{i}", "float32", shape, with_bias=i % 4 != 3)
    for i, shape in enumerate(DENSE):
        yield dense(f"dense_{i}", "float32", shape)


FAMILIES = {"float_sums": float_sums}
