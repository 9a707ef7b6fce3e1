#include "collect/trace/statement_texts.h"

#include <utility>

#include "base/hash.h"
#include "json/scan/escapes.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {

std::uint32_t StatementTexts::number_of(std::string_view raw, bool escapes) {
  if (raw.empty() || raw.size() > kMaxBytes) {
    return kNone;
  }
  const std::uint64_t key = hash64(raw);
  const std::uint32_t known = index_.find(key);
  if (known != KeyIndex::kNone) {
    return known;
  }
  if (texts_.size() >= kMost || bytes_ + raw.size() > kMostBytes) {
    return kNone;
  }
  Text one;
  if (!escapes || !json::unescape(raw, one.text)) {
    one.text = raw;
  }
  one.hash = hash64(without_outer_comments(one.text));
  bytes_ += one.text.size();
  texts_.push_back(std::move(one));
  return index_.number_of(key);
}

}  // namespace budgetcheck
