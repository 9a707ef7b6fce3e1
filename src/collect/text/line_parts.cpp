#include "collect/text/line_parts.h"

#include <algorithm>
#include <utility>

#include "base/file_system.h"

namespace budgetcheck {

std::optional<LinePart> LineParts::add(const LinePart& part) {
  auto begun = begun_.empty() ? begun_.end() : begun_.find(part.stream);
  if (begun == begun_.end()) {
    if (!part.continues || begun_.size() >= kMaxStreams) {
      return part;
    }
    begun = begun_.try_emplace(std::string(part.stream)).first;
    begun->second.time = part.time;
  }
  std::string& text = begun->second.text;
  text += part.text.substr(0, kMost - std::min(kMost, text.size()));
  if (part.continues) {
    return std::nullopt;
  }
  return take(begun);
}

std::optional<LinePart> LineParts::take_unended() {
  return begun_.empty() ? std::nullopt : std::optional(take(begun_.begin()));
}

LinePart LineParts::take(Lines::iterator begun) {
  stream_ = begun->first;
  whole_ = std::move(begun->second);
  begun_.erase(begun);
  const std::size_t size = whole_.text.size();
  whole_.text.append(FileContent::kGuard, '\0');
  return {std::string_view(whole_.text).substr(0, size), stream_, whole_.time, false};
}

}  // namespace budgetcheck
