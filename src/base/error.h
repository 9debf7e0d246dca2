// The one exception type of the tool. Thrown where the fact is known, caught in main.
#pragma once

#include <fmt/format.h>

#include <exception>
#include <string>

namespace ew {

// The categories of the command line's specification.
enum class Category { cli, load, not_implemented, interrupt, tools, internal };

// What the user reads: `text()` is one line, "<CATEGORY>: E<code>(<kind>): <message>", with the category's own word left
// out for CLI errors ("E102(CliArgumentError): ..."), as the original prints them.
// The message names the thing that is wrong and the remedy.
class Error : public std::exception {
 public:
  Error(Category category, int code, std::string kind, std::string message);
  [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] Category category() const { return category_; }
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  Category category_;
  int code_;
  std::string message_;
  std::string text_;
};

// Makers for the errors that many places raise. Codes: docs/cli.md lists them all.
Error cli_error(std::string message);              // E102 CliArgumentError
Error load_error(std::string message);             // E201 ModelLoadError: a model or data file that cannot be read as what it claims to be
Error file_error(std::string message);             // E202 FileError: a path that cannot be opened, read, made or written
Error connection_error(std::string message);       // E801 HwIOError: no answer, or a wrong one, from a board
Error not_implemented(std::string message);        // E301 NotImplementedError
Error tools_error(std::string message);            // E401 ToolsError: a compiler, emulator or interpreter that is missing or failed
Error internal_error(std::string message);         // E501 InternalError: a broken promise of ours

}  // namespace ew
