// --input-data-type, --output-data-type: converters at the inputs and outputs of a quantised network.
#pragma once

#include "ir/graph.h"

#include <span>

namespace ew {

// One type, or one for each input (output); empty: as the model has them. Float networks keep their types whatever is asked for, as the
// specification says. Throws cli_error when the number of types does not suit or a type cannot be converted.
void change_io_types(Graph& graph, std::span<const DType> input_types, std::span<const DType> output_types);

}  // namespace ew
