#include "base/variables.h"

#include <cstdlib>

namespace budgetcheck {

Variables process_variables() {
  return [](const char* name) { return std::getenv(name); };
}

}  // namespace budgetcheck
