#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/review/limits_review.h"
#include "report/review/limits_words.h"

namespace budgetcheck {
namespace {

using Row = std::vector<std::string>;

/// Columns of equal width, two spaces apart.
std::string columns(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line = " ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool is_last = i + 1 == row.size();
      line += " " + row[i] + std::string(is_last ? 0 : widths[i] - display_width(row[i]) + 1, ' ');
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string render_limits_text(const LimitsReview& review) {
  const ReplayResult& replay = review.replay;
  std::string text = replayed_words(review) + "\n\n";
  std::vector<Row> rows{{"plan", "limit", "requests", "limited", "customers", "of these limited"}};
  for (const ReplayedPlan& plan : replay.plans) {
    rows.push_back({plan.name, plan.limit, grouped(plan.count.requests), limited_words(plan.count), grouped(plan.keys),
                    grouped(plan.keys_limited)});
  }
  text += columns(rows);
  if (!replay.worst.empty()) {
    text += "\nMost limited\n";
    rows.clear();
    for (const ReplayedKey& key : replay.worst) {
      rows.push_back({key_words(key), key.plan,
                      fmt::format("{} of {}", limited_words({0, key.count.limited, key.count.most}),
                                  grouped(key.count.requests))});
    }
    text += columns(rows);
  }
  if (!replay.hours.empty()) {
    text += "\nLimited by hour (UTC)\n";
    rows.clear();
    for (const auto& [hour, count] : replay.hours) {
      rows.push_back({hour_words(hour), limited_words(count)});
    }
    text += columns(rows);
  }
  const std::vector<std::string> remarks = review_remarks(review);
  text += remarks.empty() ? "" : "\n";
  for (const std::string& remark : remarks) {
    text += remark + "\n";
  }
  return text;
}

}  // namespace budgetcheck
