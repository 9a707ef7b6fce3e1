#include "base/error.h"

namespace budgetcheck {

std::string to_string(const Error& error) {
  std::string out;
  if (!error.location.file.empty()) {
    out = to_string(error.location) + ": ";
  }
  out += error.message;
  if (!error.hint.empty()) {
    out += " (" + error.hint + ")";
  }
  return out;
}

}  // namespace budgetcheck
