#include "cli/parse.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "cli/option_table.h"
#include "cli/values.h"

namespace ew {
namespace {

constexpr std::string_view markdown_flag = "--help-as-markdown";  // hidden: writes docs/cli.md
constexpr std::string_view no_value = "default";                  // stands for the value of an option that was given without one
constexpr Command commands[] = {Command::analyze, Command::generate, Command::validate, Command::supported_ops};

std::optional<Command> find_command(std::string_view word) {
  const auto* found = std::ranges::find_if(commands, [&](Command command) { return name(command) == word; });
  return found == std::end(commands) ? std::nullopt : std::optional(*found);
}

bool is_flag(std::string_view word) {
  return word.size() > 1 && word[0] == '-' && word != "--" && std::string_view("0123456789.").find(word[1]) == std::string_view::npos;
}

bool is_value(std::string_view word) { return !is_flag(word) && word != "--" && !find_command(word); }

// The row of "--flag" or "-f" as typed; long ones also by a unique beginning. Null when there is none.
const OptionRow* find_row(std::string_view typed) {
  std::vector<const OptionRow*> beginnings;
  for (const OptionRow& row : option_table()) {
    if (row.flag == typed) return &row;
    for (const auto& other : split(row.other, ' '))
      if (!other.empty() && other == typed) return &row;
    if (typed.size() > 2 && typed.starts_with("--") && row.flag.starts_with(typed)) beginnings.push_back(&row);
  }
  if (beginnings.size() > 1) {
    std::vector<std::string> names;
    for (const OptionRow* row : beginnings) names.emplace_back(row->flag);
    throw cli_error(fmt::format("ambiguous option: {} could match {}", typed, join(names, ", ")));
  }
  return beginnings.empty() ? nullptr : beginnings.front();
}

Error unknown_option(const std::string& word) {
  std::vector<std::string> flags;
  for (const OptionRow& row : option_table()) flags.emplace_back(row.flag);
  const auto guess = nearest(word.substr(0, word.find('=')), flags);
  return cli_error(fmt::format("unrecognized arguments: {}{}; see --help", word, guess.empty() ? "" : fmt::format(" (did you mean {}?)", guess)));
}

// Whether `next` belongs to an option that may stand without a value. A number is always meant for it, a wrong one too.
bool takes(const OptionRow& row, const std::string& next) {
  const auto allowed = choices(row);
  const bool number = std::ranges::all_of(next, [](char c) { return c >= '0' && c <= '9'; });
  return is_value(next) && (allowed.empty() || number || std::ranges::find(allowed, next) != allowed.end());
}

// A flag as typed: its row, and the value that hangs on it ("=3", "3"); the row is null when no option is called so.
struct Flag {
  const OptionRow* row = nullptr;
  std::optional<std::string> value;
};

Flag read_flag(const std::string& word) {
  const size_t equals = word.find('=');
  Flag flag{find_row(word.substr(0, equals)), std::nullopt};
  if (flag.row != nullptr && equals != std::string::npos) flag.value = word.substr(equals + 1);
  if (flag.row == nullptr && word[1] != '-') {  // "-b20"
    flag.row = find_row(word.substr(0, 2));
    flag.value = word.substr(2);
  }
  if (flag.row == nullptr || (flag.row->arity == Arity::none && word[1] != '-' && flag.value)) throw unknown_option(word);
  if (flag.row->arity == Arity::none && flag.value) throw cli_error(fmt::format("argument {}: takes no value", title(*flag.row)));
  return flag;
}

// The spellings CLI11 does not know, such as -vi and cut flags, become full flags; values whose number is open are tied to their flag
// with '=', so that a command word after them stays one.
std::vector<std::string> full_flags(std::span<const std::string> words) {
  std::vector<std::string> result;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--") {
      result.insert(result.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    if (!is_flag(words[i])) {
      result.push_back(words[i]);
      continue;
    }
    auto [row, value] = read_flag(words[i]);
    const std::string flag(row->flag);
    if (row->arity == Arity::many && !value) {
      size_t next = i + 1;
      for (; next < words.size() && is_value(words[next]); ++next) result.push_back(flag + "=" + words[next]);
      if (next == i + 1) throw cli_error(fmt::format("argument {}: expected at least one argument", title(*row)));
      i = next - 1;
      continue;
    }
    if (row->arity == Arity::optional && !value) value = i + 1 < words.size() && takes(*row, words[i + 1]) ? words[++i] : std::string(no_value);
    if (value && value->empty()) throw cli_error(fmt::format("argument {}: the value is empty", title(*row)));
    result.push_back(value ? flag + "=" + *value : flag);
  }
  return result;
}

// What stands on the command line, before any meaning: the values of each option that was given, and the words without an option.
struct Words {
  std::map<const OptionRow*, std::vector<std::string>> given;
  std::vector<std::string> others;
};

Words split_words(std::span<const std::string> words) {
  CLI::App app;
  app.set_help_flag();
  std::map<const OptionRow*, std::vector<std::string>> values;
  std::map<const OptionRow*, CLI::Option*> options;
  for (const OptionRow& row : option_table()) {
    const std::string flag(row.flag);
    const bool several = row.arity == Arity::many || row.arity == Arity::repeated;
    if (row.arity == Arity::none) options[&row] = app.add_flag(flag);
    else options[&row] = app.add_option(flag, values[&row])->expected(1)->allow_extra_args(false);
    options[&row]->multi_option_policy(several ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
  }
  Words result;
  app.add_option("words", result.others);
  auto reversed = full_flags(words);
  std::erase(reversed, markdown_flag);
  std::ranges::reverse(reversed);  // as CLI11 wants it
  try {
    app.parse(reversed);
  } catch (const CLI::ArgumentMismatch& error) {  // its message begins with the flag
    const OptionRow* row = find_row(split(error.what(), ':')[0]);
    if (row == nullptr) throw cli_error(error.what());
    throw cli_error(fmt::format("argument {}: expected one argument", title(*row)));
  } catch (const CLI::ParseError& error) {
    throw cli_error(error.what());
  }
  for (const auto& [row, option] : options)
    if (option->count() > 0) result.given[row] = values[row];
  return result;
}

void check_values(const OptionRow& row, std::span<const std::string> values) {
  const auto allowed = choices(row);
  for (const auto& value : values) {
    if (row.arity == Arity::optional && value == no_value) continue;
    if (value.empty()) throw cli_error(fmt::format("argument {}: the value is empty", title(row)));
    if (!allowed.empty() && std::ranges::find(allowed, value) == allowed.end())
      throw cli_error(fmt::format("argument {}: invalid choice: '{}' (choose from '{}')", title(row), value, join(allowed, "', '")));
  }
}

// Carries one given option into the request's options, or says why not.
void apply(const OptionRow& row, const std::vector<std::string>& given, unsigned family, Options& options) {
  const unsigned command = 1u << static_cast<int>(options.command);
  check_values(row, given);
  if ((row.commands & command) == 0) {
    options.notes.push_back(fmt::format("{} has no effect on '{}'", row.flag, name(options.command)));
    return;
  }
  if (family != 0 && (row.families & family) == 0)
    throw cli_error(fmt::format("argument {}: not supported by the target '{}'", title(row), options.target));
  const bool harmless = given.size() == 1 && given[0] == row.harmless;
  if (row.state == State::not_implemented && !harmless) throw not_implemented(fmt::format("the option {}: {}", title(row), row.reason));
  std::vector<std::string> values = given;
  if (row.arity == Arity::optional && values.back() == no_value) values.clear();
  if (row.set != nullptr) row.set(options, values);
}

const OptionRow& row_of(std::string_view flag) {
  return *std::ranges::find_if(option_table(), [&](const OptionRow& row) { return row.flag == flag; });
}

bool has(const Words& words, std::string_view flag) { return words.given.contains(&row_of(flag)); }

// The command word; further words without an option are models.
void take_words(const Words& words, Options& options) {
  bool found = false;
  std::vector<std::string> models;
  for (const auto& word : words.others) {
    const auto command = find_command(word);
    if (command && !found) options.command = *command;
    else if (command) throw cli_error(fmt::format("two commands: '{}' and '{}'", name(options.command), word));
    else models.push_back(word);
    found = found || command.has_value();
  }
  const std::string_view choose = "choose from 'analyze', 'generate', 'validate', 'supported-ops'";
  if (!found && !models.empty()) throw cli_error(fmt::format("invalid command: '{}' ({})", models[0], choose));
  if (!found) throw cli_error(fmt::format("the following arguments are required: command ({}); see --help", choose));
  options.models.assign(models.begin(), models.end());
}

// What holds between options.
void check(const Words& words, Options& options) {
  for (const std::string place : {"inputs", "outputs"})
    if (has(words, "--no-" + place + "-allocation") && has(words, "--allocate-" + place))
      throw cli_error(fmt::format("arguments --no-{0}-allocation and --allocate-{0} exclude each other", place));
  if (options.command == Command::supported_ops) return;
  if (options.models.empty()) throw cli_error("the following arguments are required: -m/--model");
  options.type = framework_of(options.models, options.type);
}

}  // namespace

Request parse_command_line(std::span<const std::string> words) {
  Request request;
  request.options.parameters = join(words, " ");
  if (std::ranges::find(words, markdown_flag) != words.end()) {
    request.wish = Wish::help_as_markdown;
    return request;
  }
  const Words given = split_words(words);
  if (const auto target = given.given.find(&row_of("--target")); target != given.given.end()) request.options.target = target->second.back();
  if (has(given, "--help")) request.wish = Wish::help;
  else if (has(given, "--version")) request.wish = Wish::version;
  else if (has(given, "--tools-version")) request.wish = Wish::tools_version;
  if (request.wish != Wish::run) return request;

  Options& options = request.options;
  take_words(given, options);
  unsigned family = 0;
  if (options.command != Command::supported_ops) {
    if (options.target.empty()) throw cli_error("the following arguments are required: --target");
    options.series = &find_target(options.target);
    family = family_of(options.target);
    if (options.series->name == "stm32n6") family |= family::neural_art;  // the option says itself that it is not implemented
  }
  for (const OptionRow& row : option_table())  // in the table's order, so that messages do not depend on the order of typing
    if (const auto values = given.given.find(&row); values != given.given.end()) apply(row, values->second, family, options);
  check(given, options);
  return request;
}

}  // namespace ew
