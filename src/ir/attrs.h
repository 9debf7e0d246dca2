// Typed attributes of an operator. A struct lists its fields once; printing, parsing, comparing and copying follow from it.
//
//   struct Pool : AttrsOf<Pool> {
//     int64_t kernel_h = 1;
//     template <class V> void fields(V& v) { v("kernel_h", kernel_h); }
//   };
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ew {

// An activation carried out by the operator that produces the values.
enum class Activation : uint8_t { none, relu, relu_n1_to_1, relu6, tanh };

std::string_view name(Activation activation);
Activation parse_activation(std::string_view text);

struct Attrs {
  virtual ~Attrs() = default;
  [[nodiscard]] virtual std::unique_ptr<Attrs> clone() const = 0;
  [[nodiscard]] virtual std::map<std::string, std::string> texts() const = 0;  // field -> value
  virtual void parse(std::string_view field, std::string_view value) = 0;      // throws load_error on an unknown field or bad value
  [[nodiscard]] virtual Activation fused() const { return Activation::none; }  // for operators that can carry an activation
  virtual bool fuse(Activation) { return false; }                              // false: this operator cannot
};

namespace detail {
std::string attr_text(bool v);
std::string attr_text(int64_t v);
std::string attr_text(double v);
std::string attr_text(Activation v);
std::string attr_text(const std::string& v);
std::string attr_text(const std::vector<int64_t>& v);
void attr_parse(std::string_view text, bool& v);
void attr_parse(std::string_view text, int64_t& v);
void attr_parse(std::string_view text, double& v);
void attr_parse(std::string_view text, Activation& v);
void attr_parse(std::string_view text, std::string& v);
void attr_parse(std::string_view text, std::vector<int64_t>& v);
[[noreturn]] void unknown_field(std::string_view field);
}  // namespace detail

template <class Derived, class Base = Attrs>
struct AttrsOf : Base {
  [[nodiscard]] std::unique_ptr<Attrs> clone() const override { return std::make_unique<Derived>(self()); }
  [[nodiscard]] std::map<std::string, std::string> texts() const override {
    std::map<std::string, std::string> out;
    auto visit = [&](std::string_view field, auto& value) { out[std::string(field)] = detail::attr_text(value); };
    Derived copy = self();
    copy.fields(visit);
    return out;
  }
  void parse(std::string_view field, std::string_view value) override {
    bool found = false;
    auto visit = [&](std::string_view f, auto& target) {
      if (f == field) { detail::attr_parse(value, target); found = true; }
    };
    static_cast<Derived&>(*this).fields(visit);
    if (!found) detail::unknown_field(field);
  }

 private:
  const Derived& self() const { return static_cast<const Derived&>(*this); }
};

// For operators without attributes.
struct NoAttrs : AttrsOf<NoAttrs> {
  template <class V> void fields(V&) {}
};

}  // namespace ew
