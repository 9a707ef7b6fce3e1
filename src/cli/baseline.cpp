#include "cli/baseline.h"

#include "base/error.h"

namespace budgetcheck {

int run_baseline(const FileSystem& /*files*/, const Options& /*options*/) { throw InternalError("not there yet"); }

}  // namespace budgetcheck
