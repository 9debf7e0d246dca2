// The case table: small models with the results of the original framework (record.py tells how they are made). Every engine that can run a
// network (the evaluator, generated C, a virtual board) is checked against the same table. Independent of src/.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace cases {

using Bytes = std::vector<uint8_t>;

struct Case {
  std::string family, name;              // "conv2d", "int8_channel_3"
  std::vector<std::string> operators;    // "CONV_2D", in the file's order
  std::string reference;                 // the op resolver that gave the results
  Bytes model;                           // a TFLite file
  std::vector<std::string> input_types, output_types;   // "float32", "int8", ... as numpy calls them
  std::vector<Bytes> inputs, outputs;    // raw little-endian values, in the model's order
};

// The recorded families, sorted.
std::vector<std::string> families();

// Throws std::runtime_error when a recorded file cannot be read.
std::vector<Case> read_family(const std::string& family);

// Empty when `actual` is what `expected` demands: integers equal, floats within 1e-5 of the largest expected magnitude (not-a-number only
// where it is expected). Otherwise how many elements differ and the first one.
std::string compare(const std::string& type, const Bytes& expected, const Bytes& actual);

// What an engine throws for a model that it does not take yet.
struct NotImplemented : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Runs the case's model on the case's inputs; returns the outputs.
using Engine = std::function<std::vector<Bytes>(const Case&)>;

struct Outcome {
  int equal = 0;
  std::vector<std::string> different;         // "conv2d/int8_3: output 0: ..."
  std::vector<std::string> not_implemented;   // "conv2d/int8_3: why"
};

Outcome run_family(const std::string& family, const Engine& engine);

}  // namespace cases
