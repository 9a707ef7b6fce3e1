#pragma once

#include <string>
#include <string_view>

#include "model/finding.h"

namespace budgetcheck {

/// A detail of the evidence; empty: it has none of that name.
inline std::string detail(const Finding& finding, std::string_view name) {
  for (const auto& [key, value] : finding.evidence.details) {
    if (key == name) {
      return value;
    }
  }
  return {};
}

}  // namespace budgetcheck
