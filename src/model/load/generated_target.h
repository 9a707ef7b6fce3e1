#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/location.h"

namespace budgetcheck {

/// What the section `generate` may name: one a row of generate/registry.cpp.
inline constexpr std::array<std::string_view, 2> kGeneratedTargets{"nginx-limits", "envoy-limits"};

/// An entry of the section `generate`: a file that is written from the budgets file.
struct GeneratedTarget {
  std::string target;  ///< "nginx-limits"
  std::string path;    ///< as written, relative to the folder of the budgets file
  Location location;   ///< of its key
};

}  // namespace budgetcheck
