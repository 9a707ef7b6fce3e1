#include "report/words/kept_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/path.h"
#include "base/text.h"
#include "base/units.h"
#include "baseline/git_program.h"
#include "report/words/cause_words.h"
#include "report/words/group_words.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostNamed = 3;

/// No limit at all, such as one on growth alone, is as far as can be.
double distance_to_limit(const Verdict& verdict) { return headroom_share(verdict).value_or(1e9); }

bool grew(const Verdict& verdict) {
  const Numbers n = numbers(verdict);
  return verdict.base && !n.delta.empty() && n.delta != "no change" && !is_improvement(verdict);
}

}  // namespace

std::vector<const Verdict*> kept_verdicts(const Report& report) {
  std::vector<const Verdict*> kept;
  for (const Verdict* verdict : worst_first(report.verdicts)) {
    if (verdict->status == Status::kPass && !is_on_gate(*verdict)) {
      kept.push_back(verdict);
    }
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Verdict* a, const Verdict* b) { return distance_to_limit(*a) < distance_to_limit(*b); });
  return kept;
}

std::string kept_heading(const Report& report) {
  const std::size_t budgets = tally(report).passed;
  const std::size_t results = kept_verdicts(report).size();
  return fmt::format("{} kept{}", counted(budgets, "budget"),
                     results == budgets ? "" : fmt::format(" ({} within limits)", counted(results, "result")));
}

std::string kept_words(const Report& report) {
  const std::vector<const Verdict*> kept = kept_verdicts(report);
  if (kept.empty()) {
    return {};
  }
  const Verdict& nearest = *kept.front();
  const auto share = headroom_share(nearest);
  const Numbers n = numbers(nearest);
  const Tally t = tally(report);
  // Where all are kept the outcome says so.
  std::string how_many = t.passed == t.budgets ? "" : counted(t.passed, "budget") + " kept";
  if (!share || n.value.empty()) {
    return how_many;
  }
  const std::string percent = format_quantity(*share, Unit::kRatio);
  return fmt::format("{}nearest: {}, {} left ({} {} {})", how_many.empty() ? "" : how_many + ", ",
                     budget_words(nearest), percent, n.value, nearest.limit_is_min ? "for at least" : "of", n.limit);
}

std::string grown_words(const Report& report) {
  std::vector<const Verdict*> grown = kept_verdicts(report);
  std::erase_if(grown, [](const Verdict* verdict) { return !grew(*verdict); });
  if (grown.empty()) {
    return {};
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(grown.size(), kMostNamed); ++i) {
    const std::vector<std::string> causes = cause_lines(*grown[i]);
    names.push_back(fmt::format("{} {}{}", budget_words(*grown[i]), numbers(*grown[i]).delta,
                                causes.empty() ? "" : ": " + causes.front()));
  }
  const std::string more =
      grown.size() > kMostNamed ? fmt::format("; and {} more: --verbose has all", grown.size() - kMostNamed) : "";
  return fmt::format("worse than the base, within limits: {}{}", join(names, "; "), more);
}

std::string kept_numbers(const Verdict& verdict) {
  const Numbers n = numbers(verdict);
  std::string out = n.value;
  if (!n.limit.empty()) {
    out += (verdict.limit_is_min ? ", at least " : " of ") + n.limit;
    out += n.headroom.empty() ? "" : ", " + n.headroom + (verdict.limit_is_min ? " above" : " left");
  }
  if (!n.delta.empty() && n.delta != "no change") {
    out += ", " + n.delta;
  }
  return out.empty() ? message_words(verdict) : out;
}

std::vector<std::string> ways_on(const Report& report, const std::vector<Group>& groups) {
  std::string rule;  // of the worst finding
  std::string folder;
  std::vector<std::string> over;  // one change mends them, so one change raises them
  for (const Group& group : groups) {
    std::vector<std::string> names;
    for (const Finding* finding : group.findings) {
      rule = rule.empty() ? finding->rule : rule;
    }
    for (const Verdict* verdict : over.empty() ? group.verdicts : std::vector<const Verdict*>()) {
      // The file of an app is changed in its folder, where its budgets have their own names.
      const std::size_t app = verdict->app.empty() ? 0 : verdict->app.size() + 2;
      const std::string id = shell_word(name_text(verdict->budget.substr(std::min(app, verdict->budget.size()))));
      folder = app == 0 ? "" : name_text(folder_of(verdict->location.file));
      // Limits of queues stand in their own section, which `update` does not change.
      if (verdict->code == "LIMIT_EXCEEDED" && !id.starts_with("queues.") &&
          std::find(names.begin(), names.end(), id) == names.end()) {
        names.push_back(id);
      }
    }
    if (over.empty()) {
      over = std::move(names);
    }
  }
  std::vector<std::string> ways;
  if (!over.empty() && over.size() <= kMostNamed && !report.budgets_path.empty()) {
    ways.push_back(fmt::format("or raise the limit{}: budgetcheck update {} --reason TEXT --owner NAME",
                               folder.empty() ? "" : " in " + folder, join(over, " ")));
  } else if (!over.empty() && !report.budgets_path.empty()) {
    ways.emplace_back("or raise limits: budgetcheck update ID... --reason TEXT --owner NAME");
  }
  if (!rule.empty()) {
    ways.push_back(fmt::format("to read more on a rule: budgetcheck explain {}", name_text(rule)));
  }
  return ways;
}

}  // namespace budgetcheck
