#include "collect/lighthouse/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "base/text.h"
#include "collect/lighthouse/audits.h"
#include "collect/lighthouse/values.h"

namespace budgetcheck {
namespace {

/// What the performance score is made of in every supported version.
constexpr std::array<std::string_view, 5> kPerformanceMetrics{"first-contentful-paint", "largest-contentful-paint",
                                                              "total-blocking-time", "cumulative-layout-shift",
                                                              "speed-index"};

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

std::string audit_name(std::string_view id) { return fmt::format("the audit '{}'", shown_name(id)); }
std::string category_name(std::string_view id) { return fmt::format("the category '{}'", shown_name(id)); }

bool is_error(const json::Value& audit) { return audit.string_or("scoreDisplayMode", "") == "error"; }

LighthouseReason left_out(const std::string& what, const std::string& setting) {
  return {fmt::format("'{}' of the Lighthouse settings leaves out {}", setting, what),
          "run Lighthouse with it, or narrow the budget's 'where' to the runs that have it", true};
}

LighthouseReason removed(const LighthouseRun& run, const AuditRow& row) {
  const std::string gone =
      fmt::format("Lighthouse {} has no audit '{}' (gone since version {}", run.version, row.id, row.last + 1);
  const std::string hint = row.instead.empty() ? "remove the budget" : fmt::format("budget '{}' instead", row.instead);
  if (row.successor.empty()) {
    return {gone + ")", hint, false};
  }
  const AuditRow* successor = find_known_audit(row.successor);
  if (successor != nullptr && successor->number && successor->exists_in(run.major)) {
    return {fmt::format("{}, replaced by '{}')", gone, row.successor),
            fmt::format("budget '{}'", audit_metric(row.successor)), false};
  }
  return {fmt::format("{}, replaced by '{}', which has no number)", gone, row.successor), hint, false};
}

LighthouseReason not_yet(const LighthouseRun& run, const AuditRow& row) {
  const AuditRow* predecessor = numeric_predecessor(row.id, run.major);
  return {fmt::format("Lighthouse {} has no number for the audit '{}' yet (version {} has)", run.version, row.id,
                      row.first),
          predecessor != nullptr ? fmt::format("budget '{}'", audit_metric(predecessor->id))
                                 : fmt::format("measure with Lighthouse {} or newer", row.first),
          false};
}

/// The metric of what an insight says could be saved: of those that it reports, the one that a team would budget.
/// Empty: it reports none.
std::string savings_metric(std::string_view id, const json::Value& audit) {
  const std::string family = fmt::format("lighthouse.savings.{}.", shown_name(id));
  if (!id.ends_with("-insight")) {
    return {};
  }
  if (audit.at({"details", "debugData", "wastedBytes"}) != nullptr) {
    return family + "bytes";
  }
  for (const std::string_view metric : {"LCP", "FCP", "INP", "TBT"}) {
    if (audit.at({"metricSavings", metric}) != nullptr) {
      return family + lower(metric);
    }
  }
  return {};
}

}  // namespace

LighthouseReason audit_failed(std::string_view id, const json::Value& audit) {
  const std::string_view message = audit.string_or("errorMessage", "");
  return {message.empty() ? fmt::format("{} failed in Lighthouse", audit_name(id))
                          : fmt::format("{} failed in Lighthouse: {}", audit_name(id), quoted_text(message)),
          "run Lighthouse again; if it fails again, update Lighthouse: an old one fails in parts on a newer Chrome",
          true};
}

LighthouseReason audit_without_number(const LighthouseRun& run, std::string_view id, const json::Value& audit) {
  const AuditRow* row = find_known_audit(id);
  if (audit.string_or("scoreDisplayMode", "") == "notApplicable") {
    if (row != nullptr && row->short_name == "inp" && run.mode == "timespan") {
      return {fmt::format("{} did not apply: nobody clicked, tapped or typed in this timespan", audit_name(id)),
              "let the user flow do so within the timespan", true};
    }
    return {fmt::format("{} did not apply: the page gave it nothing to measure", audit_name(id)), "", false};
  }
  if (const json::Value* value = audit.find("numericValue"); value != nullptr && value->string() != nullptr) {
    return {fmt::format("{} has a text in place of a number", audit_name(id)),
            "pass the result as Lighthouse wrote it: something else wrote this value", true};
  }
  if (audit.find("numericValue") != nullptr || (row != nullptr && row->number && row->exists_in(run.major))) {
    return {fmt::format("{} has no number in this result", audit_name(id)), "run Lighthouse again", true};
  }
  const AuditRow* predecessor = numeric_predecessor(id, run.major);
  const std::string savings = savings_metric(id, audit);
  std::string hint = "budget the score of its category, 'lighthouse.score.<category>'";
  if (predecessor != nullptr) {
    hint = fmt::format("budget '{}'", audit_metric(predecessor->id));
  } else if (!savings.empty()) {
    hint = fmt::format("budget what it says could be saved, '{}'", savings);
  } else if (row != nullptr && !row->instead.empty()) {
    hint = fmt::format("budget '{}'", row->instead);
  }
  return {fmt::format("{} has no number in Lighthouse {}", audit_name(id), run.version), hint, false};
}

LighthouseReason audit_missing(const LighthouseRun& run, std::string_view id) {
  const std::string name = audit_name(id);
  const AuditRow* row = find_known_audit(id);
  if (row != nullptr && !row->exists_in(run.major)) {
    return row->last != 0 && run.major > row->last ? removed(run, *row) : not_yet(run, *row);
  }
  if (contains(run.skip_audits, id)) {
    return left_out(name, "skipAudits");
  }
  if (run.mode == "snapshot") {
    return {fmt::format("a snapshot does not run {}", name), "budget a navigation or a timespan", false};
  }
  if (row != nullptr && row->short_name == "inp" && run.mode == "navigation") {
    return {fmt::format("only a timespan of a user flow runs {}", name), "budget a timespan", false};
  }
  if (!run.only_audits.empty() && !contains(run.only_audits, id)) {
    return left_out(name, "onlyAudits");
  }
  if (!run.only_categories.empty()) {
    return left_out(name, "onlyCategories");
  }
  if (run.mode == "timespan") {
    return {fmt::format("a timespan does not run {}", name), "budget a navigation", false};
  }
  return {fmt::format("the result does not have {}", name), "run Lighthouse with it", true};
}

std::optional<LighthouseReason> score_unusable(const LighthouseRun& run, std::string_view id,
                                               const json::Value& category) {
  const std::string name = category_name(id);
  const double* score = finite_number(category.find("score"));
  const json::Value* refs = category.find("auditRefs");
  double total_weight = 0;
  std::vector<std::string> failed;
  if (const json::Array* elements = refs == nullptr ? nullptr : refs->array()) {
    for (const json::Value& ref : *elements) {
      const double* weight = finite_number(ref.find("weight"));
      const auto audit = run.audits.find(ref.string_or("id", ""));
      total_weight += weight == nullptr ? 0 : *weight;
      if (weight != nullptr && *weight > 0 && audit != run.audits.end() && is_error(*audit->second)) {
        failed.push_back(fmt::format("'{}'", shown_name(audit->first)));
      }
    }
  }
  if (score == nullptr) {
    return LighthouseReason{
        failed.empty() ? fmt::format("{} has no score", name)
                       : fmt::format("{} has no score, because {} failed in Lighthouse", name, first_names(failed)),
        "run Lighthouse again", true};
  }
  if (*score < 0 || *score > 1) {
    return LighthouseReason{
        fmt::format("{} has the score {}, which is not between 0 and 1", name, format_number(*score)),
        "run Lighthouse again", true};
  }
  if (!run.only_audits.empty()) {
    return LighthouseReason{
        fmt::format("{} was scored from some of its audits only ('onlyAudits' of the Lighthouse settings)", name),
        "run Lighthouse without 'onlyAudits'", true};
  }
  if (refs != nullptr && total_weight <= 0) {
    return LighthouseReason{fmt::format("{} has nothing to weigh in a {}", name, shown_name(run.mode)),
                            "budget a navigation", false};
  }
  if (id == "performance" && run.mode == "navigation") {
    for (const std::string_view metric : kPerformanceMetrics) {
      if (!run.audits.contains(metric)) {
        return LighthouseReason{fmt::format("{} was scored without '{}'", name, metric),
                                "run Lighthouse with that audit", true};
      }
    }
  }
  return std::nullopt;
}

LighthouseReason category_missing(const LighthouseRun& run, std::string_view id) {
  const std::string name = category_name(id);
  const auto rows = known_categories();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const CategoryRow& known) { return known.id == id; });
  if (row != rows.end() && !row->exists_in(run.major)) {
    return {fmt::format("Lighthouse {} has no category '{}'", run.version, shown_name(id)),
            "remove the budget, or measure with another Lighthouse", false};
  }
  if (!run.only_categories.empty() && !contains(run.only_categories, id)) {
    return left_out(name, "onlyCategories");
  }
  if (!run.only_audits.empty()) {
    return left_out(name, "onlyAudits");
  }
  if (run.mode != "navigation") {
    return {fmt::format("a {} does not score {}", shown_name(run.mode), name), "budget a navigation", false};
  }
  return {fmt::format("the result does not have {}", name), "run Lighthouse with it", true};
}

std::string first_names(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  if (names.size() <= kShown) {
    return join(names, ", ");
  }
  const std::vector<std::string> first(names.begin(), names.begin() + kShown);
  return fmt::format("{} and {} more", join(first, ", "), names.size() - kShown);
}

}  // namespace budgetcheck
