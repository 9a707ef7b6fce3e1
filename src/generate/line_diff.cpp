#include "generate/line_diff.h"

#include <algorithm>
#include <span>

#include "base/text.h"

namespace budgetcheck {
namespace {

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

/// The lengths of the longest common subsequences of what is left of both, row by row.
class CommonLines {
 public:
  CommonLines(std::span<const std::string_view> is, std::span<const std::string_view> should)
      : columns_(should.size() + 1), table_((is.size() + 1) * columns_, 0) {
    for (std::size_t i = is.size(); i-- > 0;) {
      for (std::size_t j = should.size(); j-- > 0;) {
        table_[i * columns_ + j] = is[i] == should[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  std::uint32_t at(std::size_t i, std::size_t j) const { return table_[i * columns_ + j]; }

 private:
  std::size_t columns_;
  std::vector<std::uint32_t> table_;
};

class Differences {
 public:
  explicit Differences(std::size_t most) : most_(most) {}

  void add(char sign, std::string_view line, std::size_t at) {
    out_.first_line = out_.first_line == 0 ? static_cast<std::uint32_t>(at + 1) : out_.first_line;
    if (out_.lines.size() < most_) {
      out_.lines.push_back(std::string(1, sign) + " " + printable(line));
    } else {
      ++out_.more;
    }
  }
  LineDiff take() { return std::move(out_); }

 private:
  std::size_t most_;
  LineDiff out_;
};

}  // namespace

LineDiff line_diff(std::string_view is, std::string_view should, std::size_t most) {
  const Lines a = lines_of(is);
  const Lines b = lines_of(should);
  std::size_t before = 0;
  while (before < a.size() && before < b.size() && a[before] == b[before]) {
    ++before;
  }
  std::size_t behind = 0;
  while (behind < a.size() - before && behind < b.size() - before &&
         a[a.size() - 1 - behind] == b[b.size() - 1 - behind]) {
    ++behind;
  }
  const std::span<const std::string_view> old(a.data() + before, a.size() - before - behind);
  const std::span<const std::string_view> now(b.data() + before, b.size() - before - behind);
  Differences out(most);
  constexpr std::size_t kMostCells = 4'000'000;
  if (old.size() * now.size() > kMostCells) {
    for (std::size_t i = 0; i < old.size(); ++i) {
      out.add('-', old[i], before + i);
    }
    for (const std::string_view line : now) {
      out.add('+', line, before);
    }
    return out.take();
  }
  const CommonLines common(old, now);
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < old.size() || j < now.size()) {
    if (i < old.size() && j < now.size() && old[i] == now[j]) {
      ++i;
      ++j;
    } else if (j == now.size() || (i < old.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
      out.add('-', old[i], before + i);
      ++i;
    } else {
      out.add('+', now[j], before + i);
      ++j;
    }
  }
  return out.take();
}

}  // namespace budgetcheck
