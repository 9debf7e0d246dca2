#include "base/error.h"

#include <utility>

namespace ew {
namespace {

std::string_view word(Category category) {
  switch (category) {
    case Category::cli: return "";  // the kind says it: CliArgumentError
    case Category::load: return "LOAD ERROR: ";
    case Category::not_implemented: return "NOT IMPLEMENTED: ";
    case Category::interrupt: return "INTERRUPT: ";
    case Category::tools: return "TOOLS ERROR: ";
    case Category::internal: return "INTERNAL ERROR: ";
  }
  return "";
}

}  // namespace

Error::Error(Category category, int code, std::string kind, std::string message)
    : category_(category), code_(code), message_(std::move(message)),
      text_(fmt::format("{}E{}({}): {}", word(category), code, kind, message_)) {}

Error cli_error(std::string message) { return {Category::cli, 102, "CliArgumentError", std::move(message)}; }
Error load_error(std::string message) { return {Category::load, 201, "ModelLoadError", std::move(message)}; }
Error file_error(std::string message) { return {Category::load, 202, "FileError", std::move(message)}; }
Error connection_error(std::string message) { return {Category::load, 801, "HwIOError", std::move(message)}; }
Error not_implemented(std::string message) { return {Category::not_implemented, 301, "NotImplementedError", std::move(message)}; }
Error tools_error(std::string message) { return {Category::tools, 401, "ToolsError", std::move(message)}; }
Error internal_error(std::string message) { return {Category::internal, 501, "InternalError", std::move(message)}; }

}  // namespace ew
