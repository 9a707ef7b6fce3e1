#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/review/limits_review.h"

// Wording that the text and the Markdown share.
namespace budgetcheck {

/// "1,234".
std::string grouped(std::uint64_t number);
/// "12 (0.4%)", or "12 to 20 (0.4% to 0.7%)" where times are known to the second only.
std::string limited_words(const LimitedCount& count);
/// "2026-11-29 14:00".
std::string hour_words(std::int64_t hours);
/// "2026-11-29 14:07".
std::string minute_words(std::int64_t ms);
/// "access.log, 1,234 requests from … to … UTC".
std::string replayed_words(const LimitsReview& review);
/// Sentences on requests that are not limited, and on how far it can be trusted.
std::vector<std::string> review_remarks(const LimitsReview& review);
/// "the key in line 12 of access.log".
std::string key_words(const ReplayedKey& key);

}  // namespace budgetcheck
