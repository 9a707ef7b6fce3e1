#include "cli/compare.h"

#include "base/error.h"

namespace budgetcheck {

int run_compare(const FileSystem& /*files*/, const Options& /*options*/, const Rendering& /*on_stdout*/) {
  throw InternalError("not there yet");
}

}  // namespace budgetcheck
