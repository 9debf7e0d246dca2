// A TFLite file as typed views: verified by FlatBuffers, every index, shape, buffer and quantisation checked. Knows no operators.
#pragma once

#include "ir/type.h"

#include <flatbuffers/flatbuffers.h>
#include <tflite_generated.h>  // generated from tflite.fbs

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ew {

// A tensor of the file. Views stay valid as long as the model.
struct TfliteTensor {
  int index = 0;
  std::string name;                  // "tensor 7" when the file gives none
  tflite::TensorType type = tflite::TensorType_FLOAT32;
  std::optional<DType> dtype;        // none: a type of TFLite that we do not have (string, int4, ...)
  Shape shape;                       // an unknown batch is 1
  bool unknown_shape = false;        // another dimension than the batch is unknown, or the rank is
  std::optional<Quant> quant;        // integer types only
  std::span<const uint8_t> data;     // the constant's bytes; empty: not a constant
  bool constant = false;
  bool variable = false;
  bool sparse = false;

  [[nodiscard]] std::string type_name() const;   // "INT8", as TFLite says
};

struct TfliteOperator {
  int index = 0;
  tflite::BuiltinOperator code = tflite::BuiltinOperator_CUSTOM;
  std::string name;                  // "CONV_2D"; "CUSTOM 'name'" for a custom operator
  int version = 1;
  const tflite::Operator* op = nullptr;
  std::vector<int> inputs, outputs;  // tensor indices; -1: absent
};

// The first subgraph of the file.
struct TfliteModel {
  std::vector<uint8_t> bytes;
  const tflite::Model* root = nullptr;
  std::vector<TfliteTensor> tensors;
  std::vector<TfliteOperator> operators;
  std::vector<int> inputs, outputs;
  int subgraphs = 1;                 // how many the file has

  TfliteModel(TfliteModel&&) = default;
  TfliteModel& operator=(TfliteModel&&) = default;

  // Throw load_error naming the tensor or operator and the field.
  static TfliteModel load(const std::string& path);      // file_error when the file cannot be read
  static TfliteModel parse(std::vector<uint8_t> bytes);

 private:
  TfliteModel() = default;
};

}  // namespace ew
