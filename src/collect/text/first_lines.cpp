#include "collect/text/first_lines.h"

#include "base/file_system.h"

namespace budgetcheck {

bool FirstLines::next() {
  if (left_ == 0 || rest_.empty()) {
    return false;
  }
  --left_;
  const std::size_t end = rest_.find('\n');
  ended_ = end != std::string_view::npos;
  line_ = rest_.substr(0, end);
  rest_.remove_prefix(ended_ ? end + 1 : rest_.size());
  if (line_.ends_with('\r')) {
    line_.remove_suffix(1);
  }
  return true;
}

std::string_view FirstLines::guarded() {
  copy_.assign(line_);
  copy_.append(FileContent::kGuard, '\0');
  return std::string_view(copy_).substr(0, line_.size());
}

}  // namespace budgetcheck
