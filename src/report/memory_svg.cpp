// The memory map as a picture. Self-contained and the same for the same network, to the byte.
#include "report/memory_map.h"

#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ew {
namespace {

// Lengths in pixels.
constexpr double left = 76, right = 96, plot_height = 560, title_height = 66, band_height = 18, key_line = 13, legend_height = 44;
constexpr double plot_wish = 960, narrowest_plot = 640, narrowest_column = 16, widest_column = 96;
constexpr double character_width = 0.61;         // of the font's size: monospaced
constexpr size_t longest_name = 30;

struct Style { std::string_view role, fill, pattern; };
constexpr Style styles[] = {{"input", "#a6d96a", ""},      {"output", "#fdae61", ""}, {"activation", "#9ecae1", ""},
                            {"ring", "#cab2d6", "rows"}, {"scratch", "#d9d9d9", ""}};

const Style& style_of(std::string_view role) { return *std::ranges::find(styles, role, &Style::role); }

double text_width(std::string_view text, double size) { return static_cast<double>(characters(text)) * size * character_width; }

// The length of a well-formed UTF-8 sequence at the start of `text` that XML may contain; 0: none.
size_t sequence_length(std::string_view text) {
  const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](size_t count) {
    for (size_t i = 1; i <= count; ++i)
      if ((byte(i) & 0xC0U) != 0x80U) return false;
    return true;
  };
  const unsigned lead = byte(0), second = byte(1);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : 0;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead == 0xE0) return second >= 0xA0 && follows(2) ? 3 : 0;
  if (lead == 0xED) return second < 0xA0 && follows(2) ? 3 : 0;                                     // no surrogates
  if (lead == 0xEF) return follows(2) && !(second == 0xBF && byte(2) >= 0xBE) ? 3 : 0;              // no U+FFFE, U+FFFF
  if (lead >= 0xE1 && lead <= 0xEF) return follows(2) ? 3 : 0;
  if (lead == 0xF0) return second >= 0x90 && follows(3) ? 4 : 0;
  if (lead == 0xF4) return second < 0x90 && follows(3) ? 4 : 0;
  if (lead >= 0xF1 && lead <= 0xF3) return follows(3) ? 4 : 0;
  return 0;
}

// Names come from model files: whatever XML does not allow is replaced.
std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = sequence_length(text);
    switch (length == 1 ? text[0] : '\0') {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      default: out += length == 0 ? "\xEF\xBF\xBD" : std::string(text.substr(0, length));
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return out;
}

struct Box { double x = 0, y = 0, width = 0, height = 0; };

bool meet(const Box& a, const Box& b) { return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height; }

struct Label {
  std::string text;
  double size = 10;
  bool upright = true;
  [[nodiscard]] double width() const { return upright ? text_width(text, size) + 4 : size + 1; }
  [[nodiscard]] double height() const { return upright ? size + 1 : text_width(text, size) + 4; }
};

// A label in the middle of a box.
struct Place {
  Box box;
  Label label;
  [[nodiscard]] Box covered() const {
    return {box.x + (box.width - label.width()) / 2, box.y + (box.height - label.height()) / 2, label.width(), label.height()};
  }
  [[nodiscard]] auto worth() const { return std::tuple(label.text.size(), label.size, label.upright, box.width * box.height); }
};

// The largest label that fits into the box: the name, else the array's number.
std::optional<Label> label_for(const Box& box, const std::string& name, const std::string& number) {
  for (const std::string* text : {&name, &number})
    for (const bool upright : {true, false})
      for (double size = 11; size >= 7; --size) {
        Label label{*text, size, upright};
        if (label.width() <= box.width && label.height() <= box.height) return label;
      }
  return std::nullopt;
}

class Picture {
 public:
  explicit Picture(const Program& program) : program_(program), map_(memory_map(program)) {
    const double count = std::max<double>(1, static_cast<double>(map_.moments.size()));
    column_ = std::clamp(plot_wish / count, narrowest_column, widest_column);
    for (const Moment& moment : map_.moments) longest_moment_ = std::max(longest_moment_, text_width(moment_text(moment), 10));
    flat_labels_ = longest_moment_ + 6 <= column_;
    plot_width_ = std::max(column_ * count, narrowest_plot);
    width_ = left + plot_width_ + right;
    top_ = title_height + band_height;
    key_top_ = top_ + plot_height + (flat_labels_ ? 24 : longest_moment_ + 16) + legend_height;
  }

  std::string run() {
    const std::string key = key_text();
    const double height = key_top_ + key_height_ + 12;
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"monospace\" "
        "font-size=\"10\">\n<title>Memory map of {2}</title>\n"
        "<defs>\n"
        "<pattern id=\"rows\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 3H6\" stroke=\"#6a3d9a\" stroke-width=\"0.7\" "
        "stroke-opacity=\"0.55\"/></pattern>\n"
        "<pattern id=\"over\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V7\" "
        "stroke=\"#c51b1b\" stroke-width=\"2.4\" stroke-opacity=\"0.6\"/></pattern>\n"
        "</defs>\n<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"#ffffff\"/>\n",
        width_, height, escaped(program_.model.name));
    out += titles() + groups() + axes();
    for (const MapEntry& entry : map_.entries) out += rectangle(entry);
    out += overlaps() + labels() + peak() + legend() + key;
    return out + "</svg>\n";
  }

 private:
  const Array& array_of(const MapEntry& entry) const { return program_.arrays[static_cast<size_t>(entry.array)]; }

  std::string moment_text(const Moment& moment) const {
    return moment.step < 0 ? fmt::format("{} {}", moment.node, moment_name(program_, moment)) : moment_name(program_, moment);
  }

  double x_of(int moment) const { return left + column_ * moment; }
  double y_of(int64_t offset) const {
    return top_ + plot_height - plot_height * static_cast<double>(offset) / static_cast<double>(std::max<int64_t>(map_.bytes, 1));
  }
  Box box(int first, int last, int64_t from, int64_t to) const {
    const double y = y_of(to);
    return {x_of(first), y, column_ * (last - first + 1), std::max(1.0, y_of(from) - y)};
  }

  static std::string text(double x, double y, std::string_view words, std::string_view attributes = "") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}{}>{}</text>\n", x, y, attributes.empty() ? "" : " ", attributes, escaped(words));
  }

  static std::string rect(const Box& b, std::string_view attributes, std::string_view tip = "") {
    const std::string head = fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" {}", b.x, b.y, b.width, b.height, attributes);
    return tip.empty() ? head + "/>\n" : head + "><title>" + escaped(tip) + "</title></rect>\n";
  }

  std::string titles() const {
    std::string peak;
    if (!map_.used.empty()) {
      const Moment& at = map_.moments[static_cast<size_t>(map_.peak)];
      const int64_t used = map_.used[static_cast<size_t>(map_.peak)];
      const std::string where = at.step < 0 ? moment_text(at) : fmt::format("{} {}", moment_text({at.node, -1}), moment_text(at));
      peak = fmt::format("Peak at {}: {} in use, {} free", where, thousands(used), thousands(map_.bytes - used));
    }
    return text(left, 20, fmt::format("{}: {} bytes of activations", shorten(program_.model.name, 60), thousands(map_.bytes)),
                "font-size=\"15\" font-weight=\"bold\"") +
           text(left, 36, peak) +
           text(left, 50, "Time runs to the right, a column for each c-node (of a streamed group: each layer); addresses run upwards.", "fill=\"#444444\"");
  }

  // Streamed groups: a tinted band behind their columns with a name above.
  std::string groups() const {
    std::string out;
    for (int m = 0; m < static_cast<int>(map_.moments.size()); ++m) {
      const Moment& moment = map_.moments[static_cast<size_t>(m)];
      if (moment.step != 0) continue;
      const CNode& node = program_.nodes[static_cast<size_t>(moment.node)];
      const double width = column_ * static_cast<double>(node.steps.size());
      out += rect({x_of(m), top_ - band_height, width, plot_height + band_height}, "fill=\"#f3eef7\" stroke=\"#6a3d9a\" stroke-dasharray=\"2 3\"");
      std::string name = fmt::format("{} {}: {} layers, row by row, {} ticks", moment.node, node.name, node.steps.size(), node.ticks);
      if (text_width(name, 10) > width) name = fmt::format("{} {}", moment.node, node.name);
      if (text_width(name, 10) > width) name = fmt::format("{}", moment.node);
      if (text_width(name, 10) <= width) out += text(x_of(m) + 3, top_ - 6, name, "fill=\"#6a3d9a\"");
    }
    return out;
  }

  // Steps of 1, 2 or 5 times a power of ten, five to ten of them.
  static int64_t tick_distance(int64_t bytes) {
    int64_t distance = 1;
    while (bytes / distance > 10) {
      if (bytes / (distance * 2) <= 10) return distance * 2;
      if (bytes / (distance * 5) <= 10) return distance * 5;
      distance *= 10;
    }
    return distance;
  }

  std::string axes() const {
    std::string out;
    const int64_t distance = tick_distance(map_.bytes);
    for (int64_t at = 0; at <= map_.bytes; at += distance) {
      out += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#dddddd\"/>\n", left - 4, y_of(at), left + plot_width_);
      out += text(left - 7, y_of(at) + 3.5, thousands(at), "text-anchor=\"end\"");
    }
    const double bottom = top_ + plot_height;
    for (int m = 0; m < static_cast<int>(map_.moments.size()); ++m) {
      const double middle = x_of(m) + column_ / 2;
      const std::string words = moment_text(map_.moments[static_cast<size_t>(m)]);
      if (m > 0) out += fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}\" stroke=\"#eeeeee\"/>\n", x_of(m), top_, bottom);
      if (flat_labels_) out += text(middle, bottom + 14, words, "text-anchor=\"middle\"");
      else out += text(middle + 3.5, bottom + 6, words, fmt::format("text-anchor=\"end\" transform=\"rotate(-90 {:.1f} {:.1f})\"", middle + 3.5, bottom + 6));
    }
    return out + fmt::format("<path d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\" fill=\"none\" stroke=\"#333333\"/>\n", left, top_, bottom, left + plot_width_);
  }

  std::string tip(const MapEntry& entry) const {
    const Array& array = array_of(entry);
    std::string out = fmt::format("{} {}: {} bytes at {}", array.id, array.name, thousands(entry.bytes), thousands(entry.offset));
    if (const auto ring = ring_rows(program_, array)) out += fmt::format(", ring of {} of {} rows", ring->rows, ring->height);
    if (!array.value_name.empty()) out += fmt::format(", tensor '{}'", array.value_name);
    return out;
  }

  std::string rectangle(const MapEntry& entry) const {
    const Style& style = style_of(role_word(program_, array_of(entry)));
    const Box b = box(entry.first, entry.last, entry.offset, entry.offset + entry.bytes);
    std::string out = rect(b, fmt::format("fill=\"{}\" fill-opacity=\"0.85\" stroke=\"#333333\" stroke-width=\"0.6\"", style.fill), tip(entry));
    if (!style.pattern.empty()) out += rect(b, fmt::format("fill=\"url(#{})\" pointer-events=\"none\"", style.pattern));
    return out;
  }

  std::string overlaps() const {
    std::string out;
    for (size_t i = 0; i < map_.entries.size(); ++i)
      for (const int j : map_.entries[i].over) {
        if (static_cast<size_t>(j) < i) continue;
        const MapEntry &a = map_.entries[i], &b = map_.entries[static_cast<size_t>(j)];
        const int64_t from = std::max(a.offset, b.offset), to = std::min(a.offset + a.bytes, b.offset + b.bytes);
        out += rect(box(std::max(a.first, b.first), std::min(a.last, b.last), from, to), "fill=\"url(#over)\"",
                    fmt::format("{} bytes of {} and {}: rows are written over rows that were read", thousands(to - from), array_of(a).name, array_of(b).name));
      }
    return out;
  }

  // The largest range of the array's bytes that none of the other entries holds during the moments.
  std::pair<int64_t, int64_t> largest_gap(const MapEntry& entry, int first, int last) const {
    std::vector<std::pair<int64_t, int64_t>> held;
    for (const int other : entry.over) {
      const MapEntry& o = map_.entries[static_cast<size_t>(other)];
      if (o.first <= last && first <= o.last) held.emplace_back(o.offset, o.offset + o.bytes);
    }
    std::ranges::sort(held);
    std::pair<int64_t, int64_t> best{entry.offset, entry.offset};
    int64_t at = entry.offset;
    const auto offer = [&](int64_t to) {
      if (to - at > best.second - best.first) best = {at, to};
    };
    for (const auto& [from, to] : held) {
      offer(from);
      at = std::max(at, to);
    }
    offer(entry.offset + entry.bytes);
    return best;
  }

  // Where no other rectangle covers this one: the place with the largest label that says most.
  std::optional<Place> free_place(const MapEntry& entry, const std::string& name) const {
    const std::string number = fmt::format("{}", entry.array);
    std::optional<Place> best;
    const auto offer = [&](int first, int last) {
      const auto [from, to] = largest_gap(entry, first, last);
      if (from == to) return;
      const Box b = box(first, last, from, to);
      const std::optional<Label> label = label_for(b, name, number);
      if (label && (!best || Place{b, *label}.worth() > best->worth())) best = Place{b, *label};
    };
    offer(entry.first, entry.last);
    for (int first = entry.first; !entry.over.empty() && first <= entry.last; ++first)
      for (int last = first; last <= entry.last; ++last) offer(first, last);
    return best;
  }

  // For an array that others cover wherever its label would fit: on the shared bytes, at all of its time or at one moment, in the middle or
  // above or below it, between the labels that stand there already.
  std::optional<Place> shared_place(const MapEntry& entry, const std::string& name, const std::vector<Box>& taken) const {
    const std::string number = fmt::format("{}", entry.array);
    std::optional<Place> best;
    const auto offer = [&](int first, int last, int strips) {
      Box b = box(first, last, entry.offset, entry.offset + entry.bytes);
      b.height /= strips;
      for (int strip = 0; strip < strips; ++strip, b.y += b.height) {
        const std::optional<Label> label = label_for(b, name, number);
        if (!label) continue;
        const Place place{b, *label};
        const bool is_free = std::ranges::none_of(taken, [&](const Box& other) { return meet(place.covered(), other); });
        if (is_free && (!best || place.worth() > best->worth())) best = place;
      }
    };
    for (int strips = 1; strips <= 3; ++strips) {
      offer(entry.first, entry.last, strips);
      for (int moment = entry.first; moment <= entry.last; ++moment) offer(moment, moment, strips);
    }
    return best;
  }

  static std::string label_text(const Place& place) {
    const auto& [b, label] = place;
    const double x = b.x + b.width / 2, y = b.y + b.height / 2, shift = label.size * 0.35;
    std::string attributes = fmt::format("font-size=\"{:.0f}\" text-anchor=\"middle\" pointer-events=\"none\"", label.size);
    if (!label.upright) attributes += fmt::format(" transform=\"rotate(-90 {:.1f} {:.1f})\"", x + shift, y);
    return text(label.upright ? x : x + shift, label.upright ? y + shift : y, label.text, attributes);
  }

  std::string labels() const {
    std::string out;
    std::vector<Box> taken;
    std::vector<std::pair<const MapEntry*, std::string>> covered;
    for (const MapEntry& entry : map_.entries) {
      std::string name = array_of(entry).name;
      if (const auto ring = ring_rows(program_, array_of(entry))) name += fmt::format(" {}/{}", ring->rows, ring->height);
      if (const auto place = free_place(entry, name)) {
        out += label_text(*place);
        taken.push_back(place->covered());
      } else if (!entry.over.empty()) {
        covered.emplace_back(&entry, std::move(name));
      }
    }
    for (const auto& [entry, name] : covered) {
      const auto place = shared_place(*entry, name, taken);
      if (!place) continue;
      const std::string_view fill = style_of(role_word(program_, array_of(*entry))).fill;    // its own colour, in place of the hatching
      out += rect(place->covered(), fmt::format("fill=\"{}\" pointer-events=\"none\"", fill)) + label_text(*place);
      taken.push_back(place->covered());
    }
    return out;
  }

  std::string peak() const {
    if (map_.used.empty()) return "";
    const double x = x_of(map_.peak) + column_ / 2, y = y_of(map_.bytes);
    return fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#c51b1b\" stroke-dasharray=\"6 3\"/>\n", left, y, left + plot_width_ + 6) +
           text(left + plot_width_ + 9, y + 3.5, thousands(map_.bytes), "fill=\"#c51b1b\"") +
           fmt::format("<path d=\"M{0:.1f} {1:.1f}l-5 -8h10z\" fill=\"#c51b1b\"><title>the peak</title></path>\n", x, y - 1);
  }

  std::string legend() const {
    const double y = key_top_ - 30;
    double x = left;
    std::string out;
    const auto item = [&](std::string_view fill, std::string_view pattern, std::string_view words) {
      if (!fill.empty()) out += rect({x, y, 14, 11}, fmt::format("fill=\"{}\" stroke=\"#333333\" stroke-width=\"0.6\"", fill));
      if (!pattern.empty()) out += rect({x, y, 14, 11}, fmt::format("fill=\"url(#{})\" stroke=\"#333333\" stroke-width=\"0.6\"", pattern));
      out += text(x + 18, y + 9, words);
      x += 34 + text_width(words, 10);
    };
    for (const Style& style : styles) item(style.fill, style.pattern, style.role == "ring" ? "ring of rows (kept/all)" : style.role);
    item("", "over", "rows over rows already read");
    return out;
  }

  // What a rectangle is too small to say: number, name, bytes and place of every array, in columns.
  std::string key_text() {
    std::vector<MapEntry> entries = map_.entries;
    std::ranges::sort(entries, {}, &MapEntry::array);
    size_t name_width = 0;
    for (const MapEntry& entry : entries) name_width = std::max(name_width, std::min(longest_name, characters(array_of(entry).name)));
    std::vector<std::string> lines;
    for (const MapEntry& entry : entries) {
      const Array& array = array_of(entry);
      lines.push_back(fmt::format("{:>4} {} {:>9} at {:>9}", array.id, pad_right(shorten(array.name, longest_name), name_width), thousands(entry.bytes),
                                  thousands(entry.offset)));
    }
    if (lines.empty()) return "";
    const double line_width = text_width(lines.front(), 10) + 24;
    const auto columns = static_cast<size_t>(std::max(1.0, (width_ - 40) / line_width));
    const size_t height = (lines.size() + columns - 1) / columns;
    key_height_ = key_line * static_cast<double>(height);
    std::string out;
    for (size_t i = 0; i < lines.size(); ++i)
      out += text(20 + line_width * static_cast<double>(i / height), key_top_ + key_line * static_cast<double>(i % height), lines[i],
                  "xml:space=\"preserve\" fill=\"#444444\"");
    return out;
  }

  const Program& program_;
  MemoryMap map_;
  double column_ = 0, plot_width_ = 0, width_ = 0, top_ = 0, key_top_ = 0, key_height_ = 0, longest_moment_ = 0;
  bool flat_labels_ = true;
};

}  // namespace

std::string memory_svg(const Program& program) { return Picture(program).run(); }

}  // namespace ew
