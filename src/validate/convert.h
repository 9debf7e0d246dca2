// Shapes and element types of the same data on the model's and on the generated network's side.
#pragma once

#include "ir/tensor.h"

#include <string>

namespace ew {

// The shape of `samples` tensors of shape `one` on the c-model's side, four dimensions or more: 1x10 -> (n,1,1,10), 1x49x10 -> (n,49,1,10),
// 1x32x32x3 -> (n,32,32,3). A first dimension other than 1 is not the batch and is kept.
Shape c_shape(const Shape& one, int64_t samples);

// `tensor` with another shape of as many elements.
Tensor reshaped(Tensor tensor, Shape shape);

// The values as another element type: real numbers are quantised to nearest (ties away from zero) and clamped, quantised ones dequantised or
// requantised. The shape stays; the quantisation becomes that of `type`.
Tensor converted(const Tensor& tensor, const Type& type);

// Samples `from` up to `from + count` (dimension 0).
Tensor samples_of(const Tensor& tensor, int64_t from, int64_t count);

std::string tuple_text(const Shape& shape);      // "(10, 1, 1, 3)"

// "(9, 1, 1, 3)/float32, min/max=[0.000012, 0.999925], mean/std=[0.499706, 0.288050], action"; "scale=0.10196070 zp=0, " before the name of
// quantised data.
std::string data_text(const Tensor& tensor, const std::string& name);

}  // namespace ew
