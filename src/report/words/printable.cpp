#include "report/words/printable.h"

#include "base/text.h"

namespace budgetcheck {

std::string name_text(std::string_view name, std::size_t width) {
  // Cut the bytes first: a name of megabytes must not be decoded as a whole, twice.
  constexpr std::size_t kMostBytesPerColumn = 8;
  if (name.size() > width * kMostBytesPerColumn * 2) {
    const std::size_t half = width * kMostBytesPerColumn;
    return shorten_middle(printable(name.substr(0, half)) + printable(name.substr(name.size() - half)), width);
  }
  return shorten_middle(printable(name), width);
}

std::string sentence_text(std::string_view text, std::size_t width) {
  constexpr std::size_t kMostBytesPerColumn = 8;
  return shorten(printable(trim(text.substr(0, width * kMostBytesPerColumn))), width);
}

std::string sql_text(std::string_view sql, std::size_t width) {
  constexpr std::string_view kSelect = "SELECT ";
  constexpr std::string_view kFrom = " FROM ";
  constexpr std::string_view kReturning = " RETURNING ";
  constexpr std::size_t kLongList = 40;
  std::string text(sql);
  const std::size_t from = text.find(kFrom);
  if (text.starts_with(kSelect) && from != std::string::npos && from > kSelect.size() + kLongList &&
      text.find('(') > from) {
    text.replace(kSelect.size(), from - kSelect.size(), "…");
  }
  const std::size_t returning = text.rfind(kReturning);
  if (returning != std::string::npos && text.size() > returning + kReturning.size() + kLongList) {
    text.replace(returning + kReturning.size(), std::string::npos, "…");
  }
  return sentence_text(text, width);
}

void append_part(std::string& out, std::string_view separator, std::string_view text) {
  if (!text.empty()) {
    out += out.empty() ? "" : separator;
    out += text;
  }
}

}  // namespace budgetcheck
