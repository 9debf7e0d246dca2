#include "emit/runtime_copy.h"

#include "base/error.h"
#include "base/files.h"
#include "emit/c_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <map>
#include <set>

namespace ew {
namespace {

namespace fs = std::filesystem;

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Calls `use` with every identifier that starts with "nn_", its start in `text` and the character behind it (blanks skipped).
void each_identifier(std::string_view text, const std::function<void(std::string_view, size_t, char)>& use) {
  for (size_t at = text.find("nn_"); at != std::string_view::npos; at = text.find("nn_", at)) {
    const size_t start = at;
    while (at < text.size() && is_name(text[at])) ++at;
    if (start > 0 && is_name(text[start - 1])) continue;
    size_t next = at;
    while (next < text.size() && text[next] == ' ') ++next;
    use(text.substr(start, at - start), start, next < text.size() ? text[next] : '\0');
  }
}

std::vector<std::string_view> lines_in(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// The files named in #include "..." lines.
std::vector<std::string> quoted_includes(std::string_view source) {
  std::vector<std::string> out;
  for (const std::string_view line : lines_in(source)) {
    if (!line.starts_with("#include \"")) continue;
    const size_t start = line.find('"') + 1;
    out.emplace_back(line.substr(start, line.find('"', start) - start));
  }
  return out;
}

// The runtime's folder as texts.
struct Sources {
  fs::path root;
  std::map<std::string, std::string> text;                       // by path below the root, of every .c and .h
  std::map<std::string, std::string> definer;                    // function -> the .c that defines it

  explicit Sources(const fs::path& folder) : root(folder) {
    for (const char* part : {"include", "kernels", "core"}) {
      std::error_code error;
      for (const auto& entry : fs::recursive_directory_iterator(folder / part, error)) {
        const std::string extension = entry.path().extension().string();
        if (!entry.is_regular_file() || (extension != ".c" && extension != ".h")) continue;
        text[fs::relative(entry.path(), folder).generic_string()] = read_text(entry.path());
      }
    }
    if (text.empty()) throw file_error(fmt::format("'{}' holds no sources of the runtime; install the tool with its share folder", folder.string()));
    for (const auto& [path, source] : text)
      if (path.ends_with(".c"))
        for (std::string& function : defined_functions(source)) definer.emplace(std::move(function), path);
  }

  // A quoted include of `from`, as a path below the root; empty when it is none of ours.
  [[nodiscard]] std::string resolve(const std::string& from, const std::string& include) const {
    const std::string beside = (fs::path(from).parent_path() / include).lexically_normal().generic_string();
    if (text.contains(beside)) return beside;
    const std::string header = "include/" + include;
    return text.contains(header) ? header : "";
  }
};

// The client's headers: all of them are copied. Those in folders below are the kernels' own.
bool is_client_header(std::string_view path) { return path.starts_with("include/") && path.find('/', 8) == std::string_view::npos; }

// The sources that functions reach, with the headers that they include.
class Closure {
 public:
  explicit Closure(const Sources& sources) : sources_(sources) {}

  void add_function(const std::string& function) {
    const auto found = sources_.definer.find(function);
    if (found == sources_.definer.end()) throw internal_error(fmt::format("no source of the runtime defines '{}'", function));
    add_file(found->second);
  }

  void add_file(const std::string& path) {
    if (!files_.insert(path).second) return;
    const std::string& text = sources_.text.at(path);
    for (const std::string& include : quoted_includes(text))
      if (const std::string header = sources_.resolve(path, include); !header.empty() && !is_client_header(header)) add_file(header);
    each_identifier(text, [&](std::string_view name, size_t, char next) {
      const auto found = next == '(' ? sources_.definer.find(std::string(name)) : sources_.definer.end();
      if (found != sources_.definer.end()) add_file(found->second);
    });
  }

  [[nodiscard]] const std::set<std::string>& files() const { return files_; }

 private:
  const Sources& sources_;
  std::set<std::string> files_;
};

std::vector<std::string> network_sources(const std::string& name, CApi c_api) {
  std::vector<std::string> out{name + ".c", name + "_data.c"};
  if (c_api == CApi::legacy) out.push_back(name + "_data_params.c");
  return out;
}

// The Makefile and the CMakeLists.txt are the same for every network, and build all those of their folder: one generated later adds its files
// of sources, <name>_library.mk and <name>_library.cmake.
constexpr std::string_view makefile = R"(# Builds lib<name>.a for every network of this folder: the network and the part of the runtime it uses, listed in <name>_library.mk.
#   make CC=arm-none-eabi-gcc CFLAGS="-O3 -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard"
#   cc -I. -Iruntime/include app.c lib<name>.a -lm
# Kernels say where a product and a sum may be rounded as one; the compiler does not: -ffp-contract=off.
CFLAGS ?= -O3
NN_CFLAGS = -std=c11 -ffunction-sections -fdata-sections -ffp-contract=off -fno-math-errno -I. -Iruntime/include
ifeq ($(origin AR),default)
NN_GCC := $(firstword $(filter %gcc,$(CC)))
AR := $(if $(NN_GCC),$(NN_GCC)-ar,ar)
endif
COMPILE = $(CC) $(NN_CFLAGS) $(CFLAGS)

SOURCES =
LIBRARIES =
all:
include $(wildcard *_library.mk)
all: $(LIBRARIES)

build/%.o: %.c build/flags
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c $< -o $@

# What the objects were compiled with: when that changes, all of them are compiled again.
build/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(AR) $(COMPILE))' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

-include $(sort $(SOURCES:%.c=build/%.d))

clean:
	rm -rf build $(LIBRARIES)
.PHONY: all clean FORCE
)";

constexpr std::string_view cmake_lists = R"(# Every network of this folder as a static library, with the part of the runtime it uses: add_subdirectory(...), then link <name>.
cmake_minimum_required(VERSION 3.13)
project(networks C)

file(GLOB libraries CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_library.cmake)
foreach(library IN LISTS libraries)
  include(${library})
endforeach()
)";

std::string library_mk(const std::string& name, const std::vector<std::string>& sources) {
  return expand(R"(# lib@name@.a: the network and the part of the runtime it uses. Included by the Makefile.
@name@_SOURCES = \
  @sources@
SOURCES += $(@name@_SOURCES)
LIBRARIES += lib@name@.a

lib@name@.a: $(@name@_SOURCES:%.c=build/%.o)
	rm -f $@
	$(AR) rcs $@ $^
)",
                {{"name", name}, {"sources", joined(sources, " \\\n  ")}});
}

std::string library_cmake(const std::string& name, const std::vector<std::string>& sources) {
  return expand(R"(# @name@: the network and the part of the runtime it uses. Included by CMakeLists.txt.
add_library(@name@ STATIC
  @sources@)
target_include_directories(@name@ PUBLIC ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/runtime/include)
target_compile_features(@name@ PRIVATE c_std_11)
if(CMAKE_C_COMPILER_ID MATCHES "GNU|Clang")
  # kernels say where a product and a sum may be rounded as one; the compiler does not
  target_compile_options(@name@ PRIVATE -ffunction-sections -fdata-sections -ffp-contract=off -fno-math-errno)
endif()
if(NOT WIN32)
  target_link_libraries(@name@ PUBLIC m)
endif()
)",
                {{"name", name}, {"sources", joined(sources, "\n  ")}});
}

}  // namespace

std::vector<std::string> defined_functions(std::string_view source) {
  std::vector<std::string> out;
  for (const std::string_view line : lines_in(source)) {
    if (line.empty() || std::isalpha(static_cast<unsigned char>(line[0])) == 0 || line.starts_with("static")) continue;
    if (line.starts_with("typedef") || line.ends_with(";")) continue;
    bool first = true;
    each_identifier(line, [&](std::string_view name, size_t start, char next) {
      const bool in_macro = start > 0 && line[start - 1] == '(';
      if (first && start > 0 && (next == '(' || (in_macro && (next == ',' || next == ')')))) {
        out.emplace_back(name);
        first = false;
      }
    });
  }
  return out;
}

std::vector<GeneratedFile> copy_runtime(const Program& program, CApi c_api, const std::filesystem::path& runtime) {
  const Sources sources(runtime);
  Closure closure(sources);
  const std::string_view core = c_api == CApi::legacy ? "core/ai_" : "core/stai_";
  for (const auto& [path, text] : sources.text)
    if (path.starts_with(core)) closure.add_file(path);
  for (const CNode& node : program.nodes)
    for (const Call* call : calls_of(node))
      if (call->instance)
        closure.add_file(fmt::format("include/bodies/{}.h", call->body));
      else if (call->function.starts_with("nn_"))
        closure.add_function(call->function);

  std::vector<GeneratedFile> files;
  std::vector<std::string> compiled = network_sources(program.c_name, c_api);
  for (const auto& [path, text] : sources.text)
    if (is_client_header(path)) files.push_back({"runtime/" + path, text});
  for (const std::string& path : closure.files()) {
    files.push_back({(path.starts_with("include/") ? "runtime/" : "runtime/src/") + path, sources.text.at(path)});
    if (path.ends_with(".c")) compiled.push_back("runtime/src/" + path);
  }
  files.push_back({program.c_name + "_library.cmake", library_cmake(program.c_name, compiled)});
  files.push_back({program.c_name + "_library.mk", library_mk(program.c_name, compiled)});
  files.push_back({"CMakeLists.txt", std::string(cmake_lists)});
  files.push_back({"Makefile", std::string(makefile)});
  return files;
}

}  // namespace ew
