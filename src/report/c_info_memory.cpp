#include "report/c_info_memory.h"

#include "report/memory_map.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace ew {

using nlohmann::json;

namespace {

std::string_view format_word(DType dtype) {
  static constexpr std::pair<DType, std::string_view> words[] = {
      {DType::float32, "STAI_FORMAT_FLOAT"}, {DType::float16, "STAI_FORMAT_FLOAT16"}, {DType::int8, "STAI_FORMAT_S8"},
      {DType::uint8, "STAI_FORMAT_U8"},      {DType::int16, "STAI_FORMAT_S16"},       {DType::int32, "STAI_FORMAT_S32"},
      {DType::int64, "STAI_FORMAT_S64"},     {DType::boolean, "STAI_FORMAT_BOOL"}};
  return std::ranges::find(words, dtype, [](const auto& pair) { return pair.first; })->second;
}

std::string flags_text(const Program& program, const Array& array) {
  if (array.data) return "STAI_FLAG_WEIGHTS|STAI_FLAG_CONST|STAI_FLAG_PREALLOCATED";
  std::vector<std::string_view> flags;
  if (array.input >= 0) flags.emplace_back("STAI_FLAG_INPUTS");
  if (array.output >= 0) flags.emplace_back("STAI_FLAG_OUTPUTS");
  if (!is_user(program, array)) flags.insert(flags.end(), {"STAI_FLAG_PREALLOCATED", "STAI_FLAG_ACTIVATIONS"});
  if (array.role == Role::scratch) flags.emplace_back("STAI_FLAG_SCRATCHS");
  return flags.empty() ? "STAI_FLAG_NONE" : fmt::format("{}", fmt::join(flags, "|"));
}

json quantisation(const Type& type) {
  if (!type.quant) return json::object();
  return {{"axis", type.quant->axis}, {"scales", type.quant->scale}, {"offsets", type.quant->zero}};
}

json shape_without_batch(const Array& array) {
  const bool batch = !array.data && array.type.shape.size() > 1;
  return Shape(array.type.shape.begin() + (batch ? 1 : 0), array.type.shape.end());
}

// Where the user's tensor has channels that the buffer has not: those it has, and the value of each constant one.
json removed_channels(const RemovedChannels& removed) {
  json constants = json::array();
  for (const auto& constant : removed.constants) constants.push_back({{"channel", constant.channel}, {"value", constant.value}});
  return {{"original", removed.original}, {"kept", removed.kept}, {"constants", constants}};
}

// Which part of another buffer the array is: all bytes from `offset` on or, along the channels, `run` bytes of every `pitch`.
json view(const Array& array) {
  json result = {{"of", array.view_of}, {"offset", array.view_offset}};
  if (array.view_run > 0) result.update({{"run", array.view_run}, {"pitch", array.view_pitch}});
  return result;
}

json buffer(const Program& program, const Array& array, int pool, int64_t offset) {
  const bool parameter = array.data != nullptr;
  json result = {{"id", array.id},
                 {"name", array.name + "_array"},
                 {"format", format_word(array.type.dtype)},
                 {"nbits", 8 * byte_size(array.type.dtype)},
                 {"shape", shape_without_batch(array)},
                 {"shape_map", shape_map(array.type, parameter, false)},
                 {"batch", !parameter && array.type.shape.size() > 1 ? array.type.shape.front() : 1},
                 {"size_bytes", array.bytes},
                 {"alignment", array.alignment},
                 {"offset_start", offset},
                 {"mpool_id", pool},
                 {"is_param", parameter},
                 {"channel_first", false},
                 {"channel_last", true},
                 {"epochs", {{"start", array.first}, {"end", array.last}}},
                 {"flags", flags_text(program, array)},
                 {"intq", quantisation(array.type)},
                 {"qmn", json::object()}};
  if (array.removed) result["removed_channels"] = removed_channels(*array.removed);
  if (array.view_of >= 0) result["view"] = view(array);
  return result;
}

class PoolMaker {
 public:
  explicit PoolMaker(const Program& program) : program_(program) {
    for (const SegmentKind kind : {SegmentKind::activations, SegmentKind::state, SegmentKind::weights}) add_segments(kind);
  }

  CInfoMemory run() {
    for (const Array& array : program_.arrays) {
      const Location place = location(program_, array.id);
      const Array& root = array_of(program_, place.root);
      const int pool = pool_of(root);
      json& entry = memory_.buffers.emplace_back(buffer(program_, array, pool, offset_of(root) + place.offset));
      if (const auto ring = ring_rows(program_, array)) entry["ring"] = {{"rows", ring->rows}, {"height", ring->height}};
      if (root.first_step >= 0) entry["epochs"]["steps"] = {{"start", root.first_step}, {"end", root.last_step}};
      memory_.pools[static_cast<size_t>(pool)]["buffers"].push_back(array.id);
    }
    return std::move(memory_);
  }

 private:
  // Segments of the same pool follow each other in it.
  void add_segments(SegmentKind kind) {
    for (size_t s = 0; s < program_.segments.size(); ++s) {
      const Segment& segment = program_.segments[s];
      if (segment.kind != kind) continue;
      const std::string fallback = kind == SegmentKind::weights ? "weights_array" : kind == SegmentKind::state ? "states_pool" : "heap_overlay_pool";
      const int pool = find_or_add(segment.pool.empty() ? fallback : segment.pool, kind == SegmentKind::weights, segment.alignment);
      json& used = memory_.pools[static_cast<size_t>(pool)]["used_size_bytes"];
      bases_.resize(program_.segments.size(), {-1, 0});
      bases_[s] = {pool, used.get<int64_t>()};
      used = used.get<int64_t>() + segment.bytes;
    }
  }

  int find_or_add(const std::string& name, bool constant, int64_t alignment) {
    for (const json& pool : memory_.pools)
      if (pool.at("name") == name) return pool.at("id");
    return add(name, constant, false, alignment);
  }

  int add(const std::string& name, bool constant, bool user, int64_t alignment) {
    const int id = static_cast<int>(memory_.pools.size());
    const bool heap = !constant && !user;
    memory_.pools.push_back({{"id", id},
                             {"name", name},
                             {"address", "NULL"},
                             {"alignment", alignment},
                             {"offset_start", 0},
                             {"size_bytes", -1},
                             {"used_size_bytes", 0},
                             {"rights", constant ? "ACC_READ" : "ACC_READ|ACC_WRITE"},
                             {"persistent", constant},
                             {"virtual", false},
                             {"user_allocated", user},
                             {"buffers", json::array()},
                             {"subpools", json::array()},
                             {"attributes", {{"throughput", heap ? "LOW" : "UNDEF"}, {"latency", heap ? "HIGH" : "UNDEF"}, {"score", heap ? 768 : 0}}}});
    return id;
  }

  // Of an array that is no view.
  int pool_of(const Array& root) {
    if (is_user(program_, root)) return user_pool(root);
    if (root.activations_offset < 0 && root.segment >= 0 && bases_[static_cast<size_t>(root.segment)].pool >= 0)
      return bases_[static_cast<size_t>(root.segment)].pool;
    return find_or_add("heap_overlay_pool", false, 4);
  }

  int user_pool(const Array& root) {
    const auto [known, is_new] = user_pools_.try_emplace(root.id, -1);
    if (!is_new) return known->second;
    known->second = add(root.name + "_array_pool", false, true, root.alignment);
    memory_.pools.back()["used_size_bytes"] = root.bytes;
    return known->second;
  }

  int64_t offset_of(const Array& root) const {
    if (is_user(program_, root)) return 0;
    if (root.activations_offset >= 0) return root.activations_offset;
    if (root.segment < 0) return -1;
    return bases_[static_cast<size_t>(root.segment)].offset + root.offset;
  }

  struct Base { int pool; int64_t offset; };
  const Program& program_;
  CInfoMemory memory_;
  std::vector<Base> bases_;                      // by segment; pool -1: an input or output
  std::map<int, int> user_pools_;                // by array id
};

}  // namespace

CInfoMemory c_info_memory(const Program& program) { return PoolMaker(program).run(); }

json shape_map(const Type& type, bool parameter, bool batch) {
  const size_t rank = type.shape.size();
  std::vector<std::string> names;
  if (parameter) {
    names = {"CH"};
    if (rank == 2) names = {"CH", "CH_IN"};
    if (rank == 3) names = {"CH", "H", "CH_IN"};
    if (rank == 4) names = {"CH", "H", "W", "CH_IN"};
  } else {
    static const std::vector<std::vector<std::string>> by_rank = {{}, {"CH"}, {"BATCH", "CH"}, {"BATCH", "H", "CH"}, {"BATCH", "H", "W", "CH"}};
    if (rank < by_rank.size()) names = by_rank[rank];
  }
  if (names.size() != rank) {
    names.clear();
    for (size_t i = 0; i < rank; ++i) names.push_back(i == 0 ? "BATCH" : i + 1 == rank ? "CH" : i + 2 == rank ? "W" : i + 3 == rank ? "H" : "D" + std::to_string(i));
  }
  if (!parameter && !batch && rank > 1) names.erase(names.begin());
  return names;
}

}  // namespace ew
