#include "plan/pixels.h"

#include "base/error.h"

#include <algorithm>

namespace ew {
namespace {

constexpr size_t copy_dims = 6;      // of nn_copy_nd_params

template <class P> auto* field_of(P& params, std::string_view name) {
  const auto found = std::ranges::find(params.fields, name, &Field::name);
  return found == params.fields.end() ? nullptr : &*found;
}

int64_t number_of(const Params& params, std::string_view name) {
  const Field* field = field_of(params, name);
  return field == nullptr ? -1 : std::get<int64_t>(field->value);
}

const std::vector<int64_t>& numbers_of(const Params& params, std::string_view name) {
  return std::get<std::vector<int64_t>>(field_of(params, name)->value);
}

bool uses(const CNode& node, int array) {
  return std::ranges::find(node.inputs, array) != node.inputs.end() || std::ranges::find(node.outputs, array) != node.outputs.end();
}

// ---- Copies ----

Params copy_params(const PixelCopy& copy, int64_t pixels) {
  std::vector<int64_t> size(copy_dims, 1), in(copy_dims, 0), out(copy_dims, 0);
  size.back() = pixels, in.back() = copy.from.stride, out.back() = copy.to.stride;
  return {"nn_copy_nd_params", {{"size", size}, {"in_stride", in}, {"out_stride", out}, {"unit", copy.run}}};
}

Arg pointer_arg(const PixelCopy::Side& side, std::string ctype) { return {Arg::Kind::array, side.array, side.offset, std::move(ctype)}; }

Call copy_call(const PixelCopy& copy) {
  Call call;
  call.function = "nn_copy_nd";
  call.params = copy_params(copy, copy.pixels);
  call.args = {pointer_arg(copy.from, "const uint8_t"), pointer_arg(copy.to, "uint8_t")};
  return call;
}

bool can_step(const PixelCopy& copy, const PixelCopy::Side& side, const Array& array, int64_t run) {
  if (side.array != array.id) return true;
  if (copy.pixels == 1) return side.offset == 0 && copy.run == array.bytes && copy.run % run == 0;
  return side.stride == run && side.offset + copy.run <= run && copy.pixels * run == array.bytes;
}

// Both sides of one contiguous block in pixels of the same size.
bool same_pixels(const Program& program, const PixelCopy& copy, int array, int64_t run) {
  if (copy.pixels > 1) return true;
  const int other = copy.from.array == array ? copy.to.array : copy.from.array;
  const int64_t others = location(program, other).run;
  return others == 0 || others == run;
}

bool copies_can_step(const Program& program, const CNode& node, int array, int64_t run) {
  return std::ranges::all_of(node.calls, [&](const Call& call) {
    const bool touches = std::ranges::any_of(call.args, [&](const Arg& arg) { return arg.kind == Arg::Kind::array && arg.index == array; });
    if (!touches) return true;
    const std::optional<PixelCopy> copy = pixel_copy(call);
    return copy && can_step(*copy, copy->from, array_of(program, array), run) && can_step(*copy, copy->to, array_of(program, array), run) &&
           same_pixels(program, *copy, array, run);
  });
}

Call stepping_copy(const Program& program, const Call& call) {
  std::optional<PixelCopy> copy = pixel_copy(call);
  if (!copy) return call;
  const Location from = location(program, copy->from.array), to = location(program, copy->to.array);
  if (from.run == 0 && to.run == 0) return call;
  if (copy->pixels == 1) {
    const int64_t run = std::max(from.run, to.run);
    copy->pixels = copy->run / run;
    copy->run = copy->from.stride = copy->to.stride = run;
  }
  if (from.run > 0) copy->from.stride = from.pitch;
  if (to.run > 0) copy->to.stride = to.pitch;
  return copy_call(*copy);
}

// The rows of an image; 0: the array is none.
int64_t rows_of(const Array& array) { return array.type.shape.size() == 4 && array.type.shape[0] == 1 ? array.type.shape[1] : 0; }

// The copy of one row after the other; none: it does not go by rows.
std::optional<Call> row_copy(const Program& program, const Call& call) {
  const std::optional<PixelCopy> copy = pixel_copy(call);
  if (!copy || copy->pixels == 1) return std::nullopt;
  const int64_t rows = rows_of(array_of(program, copy->from.array));
  if (rows == 0 || rows != rows_of(array_of(program, copy->to.array)) || copy->pixels % rows != 0) return std::nullopt;
  const int64_t pixels = copy->pixels / rows;
  Call result;
  result.function = call.function;
  result.params = copy_params(*copy, pixels);
  result.out_rows = rows;
  result.out_array = copy->to.array;
  result.out_row_bytes = pixels * copy->to.stride;
  result.out_offset = copy->to.offset;
  RowWindow window;
  window.array = copy->from.array;
  window.height = rows;
  window.row_bytes = pixels * copy->from.stride;
  window.offset = copy->from.offset;
  result.windows = {window};
  result.args = {{Arg::Kind::in_row, 0, 0, "const uint8_t"}, {Arg::Kind::out_row, 0, 0, "uint8_t"}};
  return result;
}

// ---- Kernels ----

// How a call comes to terms with an array whose pixels lie apart.
enum class Step { never, whole_rows, pitch, pixel_calls };

Step step_of(const Call& call, int64_t row_bytes, int64_t offset, int64_t run, int64_t element, std::string_view pitch) {
  if (offset % run != 0 || row_bytes % run != 0) return Step::never;
  if (row_bytes == run) return Step::whole_rows;
  if (call.row_elements > 0) return Step::pixel_calls;
  return call.params && number_of(*call.params, pitch) * element == run ? Step::pitch : Step::never;
}

Step in_step(const Program& program, const Call& call, const RowWindow& window, int64_t run) {
  const bool has_pitch = &window == &call.windows.front() && call.windows.size() == 1;
  return step_of(call, window.row_bytes, window.offset, run, byte_size(array_of(program, window.array).type.dtype), has_pitch ? "in_pitch" : "");
}

Step out_step(const Program& program, const Call& call, int64_t run) {
  return step_of(call, call.out_row_bytes, call.out_offset, run, byte_size(array_of(program, call.out_array).type.dtype), "out_pitch");
}

// Calls of single pixels must take as many of each array.
bool same_count(const Program& program, const Call& call, int64_t pixels) {
  const auto fits = [&](int array, int64_t row_bytes) {
    const int64_t run = location(program, array).run;
    return row_bytes % pixels == 0 && (run == 0 || run == row_bytes || row_bytes / run == pixels);
  };
  return call.row_elements % pixels == 0 && fits(call.out_array, call.out_row_bytes) &&
         std::ranges::all_of(call.windows, [&](const RowWindow& w) { return fits(w.array, w.row_bytes); });
}

bool is_flat(const Call& call) { return call.out_rows == 0; }

int64_t element_bytes(const Arg& pointer) {
  const std::string_view type = pointer.ctype;
  return type.ends_with("int8_t") ? 1 : type.ends_with("int16_t") ? 2 : 4;
}

std::string_view pitch_name(const Arg& pointer) { return pointer.ctype.starts_with("const ") ? "in_pitch" : "out_pitch"; }

// Of a call on whole images: whether it knows the pitch of the one that the pointer points to.
bool knows_pitch(const Call& call, const Arg& pointer, int64_t run) {
  return is_flat(call) && call.params && number_of(*call.params, pitch_name(pointer)) * element_bytes(pointer) == run && pointer.byte_offset % run == 0;
}

bool call_can_step(const Program& program, const Call& call, int array, int64_t run) {
  const auto fails = [&](const Arg& arg) { return arg.kind == Arg::Kind::array && arg.index == array && !knows_pitch(call, arg, run); };
  if (std::ranges::any_of(call.args, fails)) return false;
  const auto fits = [&](Step step, int64_t row_bytes) {
    return step != Step::never && (step != Step::pixel_calls || same_count(program, call, row_bytes / run));
  };
  for (const RowWindow& window : call.windows)
    if (window.array == array && !fits(in_step(program, call, window, run), window.row_bytes)) return false;
  return call.out_array != array || fits(out_step(program, call, run), call.out_row_bytes);
}

// The calls to use when pixels lie apart: by rows, or on whole images with a pitch.
const std::vector<Call>& stepping_calls(const CNode& node) {
  const auto steps = [](const Call& call) { return !is_flat(call) || (call.params && field_of(*call.params, "in_pitch") != nullptr); };
  return std::ranges::all_of(node.calls, steps) ? node.calls : node.row_form;
}

void set_pitch(Call& call, std::string_view name, int64_t elements) { field_of(*call.params, name)->value = elements; }

// One call for each pixel instead of one for the row.
void call_for_pixels(Call& call, int64_t pixels) {
  const int64_t count = call.row_elements;
  call.pixels = pixels;
  call.out_pixel_bytes = call.out_row_bytes / pixels;
  for (RowWindow& window : call.windows) window.pixel_bytes = window.row_bytes / pixels;
  for (Arg& arg : call.args)
    if (arg.kind == Arg::Kind::number && arg.byte_offset == count) arg.byte_offset = count / pixels;
  if (Field* size = call.params ? field_of(*call.params, "shape.size") : nullptr) size->value = std::vector<int64_t>{count / pixels};
}

int64_t spread(int64_t bytes, const Location& place) { return bytes / place.run * place.pitch; }

Call stepping(const Program& program, Call call) {
  const Call dense = call;
  const auto pixels = [&](Step step, int64_t row_bytes, int64_t run) {
    if (step == Step::pixel_calls && call.pixels == 0) call_for_pixels(call, row_bytes / run);
  };
  for (size_t w = 0; w < call.windows.size(); ++w)
    if (const Location place = location(program, dense.windows[w].array); place.run > 0)
      pixels(in_step(program, dense, dense.windows[w], place.run), dense.windows[w].row_bytes, place.run);
  for (Arg& arg : call.args)
    if (const Location place = arg.kind == Arg::Kind::array ? location(program, arg.index) : Location{}; place.run > 0) {
      set_pitch(call, pitch_name(arg), place.pitch / element_bytes(arg));
      arg.byte_offset = spread(arg.byte_offset, place);
    }
  const Location out = dense.out_array < 0 ? Location{} : location(program, dense.out_array);
  if (out.run > 0) pixels(out_step(program, dense, out.run), dense.out_row_bytes, out.run);
  for (size_t w = 0; w < call.windows.size(); ++w) {
    RowWindow& window = call.windows[w];
    const Location place = location(program, window.array);
    if (place.run == 0) continue;
    const Step step = in_step(program, dense, dense.windows[w], place.run);
    if (step == Step::pitch) set_pitch(call, "in_pitch", place.pitch / byte_size(array_of(program, window.array).type.dtype));
    if (step == Step::pixel_calls) window.pixel_bytes = place.pitch;
    window.row_bytes = spread(window.row_bytes, place);
    window.offset = spread(window.offset, place);
  }
  if (out.run == 0) return call;
  const Step step = out_step(program, dense, out.run);
  if (step == Step::pitch) set_pitch(call, "out_pitch", out.pitch / byte_size(array_of(program, call.out_array).type.dtype));
  if (step == Step::pixel_calls) call.out_pixel_bytes = out.pitch;
  call.out_row_bytes = spread(call.out_row_bytes, out);
  call.out_offset = spread(call.out_offset, out);
  return call;
}

// A row outside the image is read with the same pitch. All its bytes are the same.
void lengthen_pad_row(Program& program, const RowWindow& window) {
  if (!window.pad_table) return;
  std::vector<uint8_t>& row = program.tables[static_cast<size_t>(*window.pad_table)].data;
  row.resize(std::max(row.size(), static_cast<size_t>(window.row_bytes)), row.front());
}

}  // namespace

std::optional<PixelCopy> pixel_copy(const Call& call) {
  const bool block = call.function == "nn_copy" && call.args.size() == 3, runs = call.function == "nn_copy_nd" && call.args.size() == 2;
  if ((!block && !runs) || call.args[0].kind != Arg::Kind::array || call.args[1].kind != Arg::Kind::array) return std::nullopt;
  PixelCopy copy{{call.args[0].index, call.args[0].byte_offset, 0}, {call.args[1].index, call.args[1].byte_offset, 0}, 1, 0};
  if (block) {
    copy.run = copy.from.stride = copy.to.stride = call.args[2].byte_offset;
    return copy;
  }
  copy.run = number_of(*call.params, "unit");
  const std::vector<int64_t>& size = numbers_of(*call.params, "size");
  for (size_t d = 0; d < size.size(); ++d) {
    if (size[d] == 1) continue;
    if (copy.pixels > 1) return std::nullopt;
    copy.pixels = size[d];
    copy.from.stride = numbers_of(*call.params, "in_stride")[d];
    copy.to.stride = numbers_of(*call.params, "out_stride")[d];
  }
  if (copy.pixels == 1 || copy.from.stride < copy.run || copy.to.stride < copy.run) return std::nullopt;
  return copy;
}

std::optional<RowCopy> row_copy_of(const Call& call) {
  if (call.function != "nn_copy_nd" || call.out_rows == 0) return std::nullopt;
  return RowCopy{number_of(*call.params, "unit"), numbers_of(*call.params, "in_stride").back(), numbers_of(*call.params, "out_stride").back()};
}

bool is_whole(const PixelCopy& copy, const PixelCopy::Side& side, const Array& array) {
  return side.offset == 0 && copy.pixels * copy.run == array.bytes && side.stride == copy.run;
}

bool only_copies(const CNode& node) {
  return !node.calls.empty() && std::ranges::all_of(node.calls, [](const Call& call) { return call.function == "nn_copy" || call.function == "nn_copy_nd"; });
}

bool can_step(const Program& program, const CNode& node, int array, int64_t run) {
  if (!uses(node, array) || node.calls.empty()) return true;
  if (only_copies(node)) return copies_can_step(program, node, array, run);
  const std::vector<Call>& calls = stepping_calls(node);
  return !calls.empty() && std::ranges::all_of(calls, [&](const Call& call) { return call_can_step(program, call, array, run); });
}

void step_over(Program& program, CNode& node) {
  if (only_copies(node)) {
    for (Call& call : node.calls) call = stepping_copy(program, call);
    for (const Call& call : node.calls) {
      if (const std::optional<Call> row = row_copy(program, call)) node.row_form.push_back(*row);
    }
    if (node.row_form.size() != node.calls.size()) node.row_form.clear();
    return;
  }
  const auto apart = [&](int id) { return location(program, id).run > 0; };
  if (std::ranges::none_of(node.inputs, apart) && std::ranges::none_of(node.outputs, apart)) return;
  std::vector<Call> calls = stepping_calls(node);
  for (Call& call : calls) {
    call = stepping(program, std::move(call));
    for (const RowWindow& window : call.windows) lengthen_pad_row(program, window);
  }
  node.calls = std::move(calls);
  node.row_form.clear();
  std::erase_if(node.overlaps, [&](const Overlap& o) { return apart(o.input) || apart(o.output); });
}

}  // namespace ew
