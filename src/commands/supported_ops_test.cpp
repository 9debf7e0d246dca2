#include <gtest/gtest.h>

#include "commands/commands.h"
#include "golden.h"

namespace ew {
namespace {

TEST(SupportedOps, TheDocumentAgreesWithTheOperators) { expect_golden("../../docs/supported-ops/tflite.md", supported_ops_report(Framework::tflite)); }

}  // namespace
}  // namespace ew
