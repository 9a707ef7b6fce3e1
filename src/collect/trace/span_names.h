#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "collect/query_log/key_index.h"
#include "collect/trace/span.h"
#include "collect/trace/statement_texts.h"

namespace budgetcheck {

/// Numbers for the texts that spans share: names, services, routes. Bounded: one too many becomes kOther.
class SpanNames {
 public:
  static constexpr std::size_t kMost = 100'000;
  static constexpr std::size_t kMaxBytes = 400;  ///< a longer text is cut
  static constexpr NameId kOther = 1;            ///< "(other)"

  SpanNames();

  NameId number_of(std::string_view text);
  const std::string& operator[](NameId id) const { return texts_[id]; }
  std::size_t size() const { return texts_.size(); }
  /// Some text was one too many.
  bool overflowed() const { return overflowed_; }
  StatementTexts& statements() { return statements_; }

 private:
  KeyIndex index_;
  std::deque<std::string> texts_;
  StatementTexts statements_;
  bool overflowed_ = false;
};

}  // namespace budgetcheck
