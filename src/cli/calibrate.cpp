#include "cli/calibrate.h"

#include "base/error.h"

namespace budgetcheck {

int run_calibrate(const FileSystem& /*files*/, const Options& /*options*/) { throw InternalError("not there yet"); }

}  // namespace budgetcheck
