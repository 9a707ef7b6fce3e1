#pragma once

#include <string>

namespace budgetcheck {

/// FORMAT or FORMAT=PATH.
struct OutputSpec {
  std::string format;
  std::string path;  ///< "-" for standard output
};

}  // namespace budgetcheck
