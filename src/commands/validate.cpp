#include "base/error.h"
#include "commands/commands.h"

namespace ew {

void run_validate(const Options&) { throw not_implemented("the command 'validate' is not there yet"); }

}  // namespace ew
