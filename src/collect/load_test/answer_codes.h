#pragma once

#include <cstdint>
#include <optional>

#include "collect/load_test/result_numbers.h"
#include "json/value.h"

namespace budgetcheck {

/// Answers by status, as many tools count them: {"200": 333, "503": 16}.
struct AnswerCodes {
  std::uint64_t all = 0;
  std::uint64_t successes = 0;  ///< 200 to 399
};

/// Nothing: there is no such object. What is no status ("0", "-1") is an answer that did not come, and counts in `all`.
std::optional<AnswerCodes> read_answer_codes(const json::Value* object, std::string_view pointer,
                                             ResultNumbers& numbers);

}  // namespace budgetcheck
