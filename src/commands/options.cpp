#include "commands/options.h"

namespace ew {

std::string_view name(Command command) {
  switch (command) {
    case Command::analyze: return "analyze";
    case Command::generate: return "generate";
    case Command::validate: return "validate";
    case Command::supported_ops: return "supported-ops";
  }
  return "";
}

std::string_view name(Framework framework) {
  switch (framework) {
    case Framework::tflite: return "tflite";
    case Framework::onnx: return "onnx";
    case Framework::keras: return "keras";
  }
  return "";
}

std::string_view name(Optimization optimization) {
  switch (optimization) {
    case Optimization::balanced: return "balanced";
    case Optimization::time: return "time";
    case Optimization::ram: return "ram";
  }
  return "";
}

std::string_view name(CApi api) { return api == CApi::legacy ? "legacy" : "st-ai"; }

}  // namespace ew
