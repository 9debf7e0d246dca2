#include "base/error.h"
#include "commands/commands.h"

namespace ew {

void run_analyze(const Options&) { throw not_implemented("the command 'analyze' is not there yet"); }

}  // namespace ew
