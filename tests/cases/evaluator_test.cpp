// The operators' meaning (ops/op.h: eval) against LiteRT, as imported and after the passes.
#include "family_test.h"

#include "base/error.h"
#include "import/import.h"
#include "ops/op.h"
#include "passes/passes.h"

namespace {

std::vector<cases::Bytes> run(const cases::Case& c, bool optimised) {
  try {
    ew::ImportedModel model = ew::import_tflite(c.model, c.name);
    ew::verify(model.graph);
    if (optimised) {
      ew::optimise(model.graph);
      ew::verify(model.graph);
    }
    std::vector<ew::Tensor> inputs;
    for (size_t i = 0; i < c.inputs.size(); ++i) {
      ew::Tensor tensor(model.graph.inputs.at(i)->type);
      if (tensor.data.size() != c.inputs[i].size()) throw std::runtime_error("input " + std::to_string(i) + " has another size");
      tensor.data = c.inputs[i];
      inputs.push_back(std::move(tensor));
    }
    std::vector<cases::Bytes> outputs;
    for (ew::Tensor& tensor : ew::evaluate(model.graph, inputs)) outputs.push_back(std::move(tensor.data));
    return outputs;
  } catch (const ew::Error& e) {
    if (e.category() == ew::Category::not_implemented) throw cases::NotImplemented(e.message());
    throw;
  }
}

// What no operator of ours takes yet: 8-bit DIV and NEG, joining uint8 tensors of different scales.
const std::vector<std::string> gaps{"div/int8_", "div/uint8_"};

CHECK_ALL_FAMILIES(Evaluator, [](const cases::Case& c) { return run(c, false); }, &gaps);
CHECK_ALL_FAMILIES(EvaluatorAfterPasses, [](const cases::Case& c) { return run(c, true); }, &gaps);

}  // namespace
