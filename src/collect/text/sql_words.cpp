#include "collect/text/sql_words.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kSelect = "select ";
constexpr std::string_view kInsert = "insert into ";
constexpr std::string_view kUpdate = "update ";
constexpr std::string_view kDelete = "delete from ";
constexpr std::size_t kLooked = 1000;  ///< of one statement

/// Whether `line`, which begins with `first`, goes on as a statement does.
bool goes_on(std::string_view line, std::string_view first) {
  std::string_view rest = line.substr(first.size());
  if (first == kUpdate) {  // the table stands between: "update available: set aside" is no statement
    const std::size_t space = rest.find(' ');
    return space != std::string_view::npos && rest.substr(space).starts_with(" set ") &&
           rest.find('=') != std::string_view::npos;
  }
  return first == kDelete || rest.find(first == kSelect ? " from " : " values") != std::string_view::npos;
}

}  // namespace

bool mentions_sql(std::string_view text) {
  const std::string small = lower(text);
  for (const std::string_view first : {kSelect, kInsert, kUpdate, kDelete}) {
    for (std::size_t at = small.find(first); at != std::string::npos; at = small.find(first, at + 1)) {
      const std::size_t end = std::min({small.find('\n', at), small.size(), at + kLooked});
      if (goes_on(std::string_view(small).substr(at, end - at), first)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace budgetcheck
