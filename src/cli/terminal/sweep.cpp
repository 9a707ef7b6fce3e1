#include "cli/terminal/sweep.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/text.h"
#include "collect/personal_data/search.h"
#include "report/words/markup.h"

namespace budgetcheck {
namespace {

/// Masks what Markdown wrote with breaks inside, "ann@&#8203;firma.de". Word by word: breaks of words in which nothing
/// is found keep platforms from making mentions of them.
std::string masked_words(const personal::Search& search, const std::string& text, const std::string& own) {
  constexpr std::string_view kBlanks = " \n\r\t|`";
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = text.find(kMarkdownBreak); at != std::string::npos; at = text.find(kMarkdownBreak, at)) {
    const std::size_t blank = text.find_last_of(kBlanks, at);
    const std::size_t begin = blank == std::string::npos ? 0 : blank + 1;
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    const std::string word = replace_all(text.substr(begin, end - begin), kMarkdownBreak, "");
    std::string masked = search.masked(word, own);
    if (masked != word) {
      out.append(text, copied, begin - copied).append(masked);
      copied = end;
    }
    at = end;
  }
  if (copied == 0) {
    return text;
  }
  out.append(text, copied);
  return out;
}

}  // namespace

Sweep sweep_of(const std::optional<PersonalDataSettings>& settings, std::string own) {
  if (!settings) {
    return {};
  }
  const auto search = std::make_shared<const personal::Search>(*settings);
  return [search, own = std::move(own)](std::string text) {
    return masked_words(*search, search->masked(text, own), own);
  };
}

}  // namespace budgetcheck
