#include "json/lines/line_reader.h"

#include <algorithm>

namespace budgetcheck::json {
namespace {

/// Layouts of longer lines are not learned: they are rare, and would be copied.
constexpr std::size_t kMaxLearnedLine = std::size_t{16} << 10;
/// So much is looked through for the end of a line's last value: text may never end.
constexpr std::size_t kMaxAhead = std::size_t{64} << 10;

/// How long the end of a line is that begins `text`; npos: there is none.
std::size_t line_end(std::string_view text) {
  if (text.empty() || text.front() == '\n') {
    return text.size() < 1 ? 0 : 1;
  }
  const bool carriage_return = text.front() == '\r';
  if (carriage_return && text.size() > 1 && text[1] == '\n') {
    return 2;
  }
  return carriage_return && text.size() == 1 ? 1 : std::string_view::npos;
}

}  // namespace

/// Where the line's text ends; null: it has no layout that is known.
const char* LineReader::follow(std::string_view text, bool may_end_before) {
  for (std::size_t tried = 0; patience_ > 0 && tried < used_; ++tried) {
    const std::size_t i = (last_ + tried) % used_;
    const char* behind = known_[i].layout.follow(text.data(), text.data() + text.size(), may_end_before);
    if (behind == nullptr || (!may_end_before && behind != text.data() + text.size())) {
      continue;
    }
    last_ = i;
    fields_ = &known_[i].layout.fields();
    varying_ = &known_[i].layout.varying();
    layout_ = known_[i].number;
    patience_ = std::min(patience_ + 1, kPatience);
    return behind;
  }
  return nullptr;
}

bool LineReader::read(std::string_view line) {
  if (follow(line, false) != nullptr) {
    return true;
  }
  fields_ = &unlearned_;
  varying_ = &nothing_;
  layout_ = 0;
  if (!read_line_fields(line, unlearned_)) {
    return false;
  }
  if (patience_ > 0 && line.size() <= kMaxLearnedLine) {
    learn(line);
  }
  return true;
}

void LineReader::learn(std::string_view line) {
  --patience_;
  last_ = learned_ % kLayouts;
  used_ = std::max(used_, last_ + 1);
  Known& known = known_[last_];
  known.number = ++learned_;
  known.layout.learn(line, unlearned_);
  fields_ = &known.layout.fields();
  varying_ = &known.layout.varying();
  layout_ = known.number;
}

LineReader::Found LineReader::read_first(std::string_view text) {
  const std::string_view ahead = text.substr(0, kMaxAhead);
  const char* behind = follow(ahead, true);
  if (behind == nullptr) {
    return {};
  }
  const auto size = static_cast<std::size_t>(behind - text.data());
  const std::size_t end = line_end(text.substr(size));
  return end == std::string_view::npos ? Found{} : Found{size + end, end};
}

}  // namespace budgetcheck::json
