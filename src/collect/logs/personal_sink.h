#pragma once

#include <memory>

#include "collect/format.h"
#include "collect/logs/line_sink.h"
#include "collect/personal_data/found_values.h"
#include "collect/personal_data/search.h"

namespace budgetcheck {

/// Looks for personal data in the lines of a log while others read them.
class PersonalSink final : public LineSink {
 public:
  explicit PersonalSink(const PersonalDataSettings& settings) : search_(settings) {}

  std::unique_ptr<Reader> reader() override;
  void add(Piece& piece, std::uint32_t lines_before) override;
  void report(Input& input, Facts& facts) override;

 private:
  personal::Search search_;
  personal::FoundValues found_;
  std::uint32_t passed_ = 0;
};

/// Null: the budgets file does not ask for it.
std::unique_ptr<PersonalSink> personal_sink(const CollectContext& context);

}  // namespace budgetcheck
