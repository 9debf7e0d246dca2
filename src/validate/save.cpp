#include "validate/save.h"

#include "validate/convert.h"
#include "validate/csv.h"
#include "validate/npy.h"

#include <fmt/format.h>

namespace ew {

void save_data(const std::vector<SavedTensor>& tensors, const SaveOptions& options, OutputFiles& files) {
  std::vector<std::pair<std::string, const Tensor*>> arrays;
  for (const SavedTensor& saved : tensors) arrays.emplace_back(saved.key, &saved.tensor);
  write_npz(files.reserve(options.folder / fmt::format("{}_val_io.npz", options.c_name)), arrays);
  for (const SavedTensor& saved : tensors) {
    const std::string stem = fmt::format("{}_val_{}", options.c_name, saved.key);
    files.add(options.folder / (stem + ".npy"), npy_bytes(saved.tensor));
    const CsvOptions csv{options.everything, saved.key.starts_with("m_") ? "model" : "c-model", options.date, data_text(saved.tensor, saved.name)};
    files.add(options.folder / (stem + ".csv"), csv_text(saved.tensor, csv));
  }
}

}  // namespace ew
