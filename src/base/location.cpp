#include "base/location.h"

#include <algorithm>

namespace budgetcheck {

std::string to_string(const Location& location) {
  std::string out = location.file;
  if (location.line != 0) {
    out += ':' + std::to_string(location.line);
    if (location.column != 0) {
      out += ':' + std::to_string(location.column);
    }
  } else if (!location.pointer.empty()) {
    out += " (at " + location.pointer + ")";
  }
  return out;
}

Location locate(std::string file, const char* begin, const char* end, std::size_t offset) {
  const char* at = begin + std::min(offset, static_cast<std::size_t>(end - begin));
  const auto line = static_cast<std::uint32_t>(std::count(begin, at, '\n') + 1);
  const char* line_start = at;
  while (line_start != begin && line_start[-1] != '\n') {
    --line_start;
  }
  return {std::move(file), line, static_cast<std::uint32_t>(at - line_start + 1), {}};
}

}  // namespace budgetcheck
