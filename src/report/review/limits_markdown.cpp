#include <fmt/format.h>

#include "report/review/limits_review.h"
#include "report/review/limits_words.h"
#include "report/words/markup.h"

namespace budgetcheck {

std::string render_limits_markdown(const LimitsReview& review) {
  const ReplayResult& replay = review.replay;
  std::string text = fmt::format("## Rate limits, replayed\n\n{}\n\n", markdown_text(replayed_words(review)));
  text += "| plan | limit | requests | limited | customers | of these limited |\n|---|---|--:|--:|--:|--:|\n";
  for (const ReplayedPlan& plan : replay.plans) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} |\n", markdown_text(plan.name), plan.limit,
                        grouped(plan.count.requests), limited_words(plan.count), grouped(plan.keys),
                        grouped(plan.keys_limited));
  }
  if (!replay.worst.empty()) {
    text += "\n| most limited | plan | limited | of |\n|---|---|--:|--:|\n";
    for (const ReplayedKey& key : replay.worst) {
      text += fmt::format("| {} | {} | {} | {} |\n", markdown_text(key_words(key)), markdown_text(key.plan),
                          limited_words({0, key.count.limited, key.count.most}), grouped(key.count.requests));
    }
  }
  if (!replay.hours.empty()) {
    text += "\n| hour (UTC) | limited |\n|---|--:|\n";
    for (const auto& [hour, count] : replay.hours) {
      text += fmt::format("| {} | {} |\n", hour_words(hour), limited_words(count));
    }
  }
  const std::vector<std::string> remarks = review_remarks(review);
  text += remarks.empty() ? "" : "\n";
  for (const std::string& remark : remarks) {
    text += fmt::format("- {}\n", markdown_text(remark));
  }
  return text;
}

}  // namespace budgetcheck
