#include "base/error.h"
#include "commands/commands.h"

namespace ew {

void run_generate(const Options&) { throw not_implemented("the command 'generate' is not there yet"); }

}  // namespace ew
