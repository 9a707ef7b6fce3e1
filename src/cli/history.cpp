#include "cli/history.h"

#include "base/error.h"

namespace budgetcheck {

int run_history(const FileSystem& /*files*/, const Options& /*options*/, const Rendering& /*on_stdout*/) {
  throw InternalError("not there yet");
}

}  // namespace budgetcheck
