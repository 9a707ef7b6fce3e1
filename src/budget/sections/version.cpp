#include <fmt/format.h>

#include <cmath>

#include "base/number.h"
#include "budget/sections/loading.h"

namespace budgetcheck {

void load_version(Loading& loading, const json::Value& version) {
  constexpr double kVersion = 1;
  const double number = *version.number();
  if (number <= kVersion || std::trunc(number) != number) {
    return;
  }
  loading.newer = Error{ErrorKind::kUsage,
                        fmt::format("the file is of version {}, and this program reads version {}",
                                    format_number(number), format_number(kVersion)),
                        loading.at(version), "use a newer budgetcheck", "SCHEMA_VERSION"};
}

}  // namespace budgetcheck
