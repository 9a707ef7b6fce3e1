#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "budget/import/importer.h"
#include "budget/import/slo_terms.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kAlone = "each budget decides alone: weights and the total score are not carried over";

DraftInput load_results() {
  return {
      "load/*.json", "", "", {"results of the load test: budgetcheck explain inputs lists the tools whose are read"}};
}

/// "<=+10%", "<600", ">=-5%"
struct Criterion {
  bool is_at_most = true;
  bool is_strict = false;
  bool is_relative = false;
  double number = 0;  ///< percent when it is relative and `is_percent`
  bool is_percent = false;
};
std::optional<Criterion> criterion_of(std::string_view text) {
  std::string_view rest = trim(text);
  Criterion made;
  if (rest.empty() || (rest.front() != '<' && rest.front() != '>')) {
    return std::nullopt;
  }
  made.is_at_most = rest.front() == '<';
  rest.remove_prefix(1);
  made.is_strict = !rest.starts_with('=');
  rest = trim(made.is_strict ? rest : rest.substr(1));
  const bool is_less = rest.starts_with('-');
  made.is_relative = is_less || rest.starts_with('+') || rest.ends_with('%');
  rest = trim(is_less || rest.starts_with('+') ? rest.substr(1) : rest);
  made.is_percent = rest.ends_with('%');
  const auto number = parse_number(trim(made.is_percent ? rest.substr(0, rest.size() - 1) : rest));
  if (!number) {
    return std::nullopt;
  }
  made.number = is_less ? -*number : *number;
  return made;
}

class KeptnImport {
 public:
  explicit KeptnImport(const std::string& path) : importer_(path, "Keptn", WhichHolds::kBoth) {}

  Import run(const json::Value& slo) {
    const json::Value* spec = slo.find("spec");
    const json::Value& from = spec != nullptr && spec->is_object() ? *spec : slo;
    if (const json::Value* score = from.find(spec == nullptr ? "total_score" : "totalScore")) {
      importer_.leave_out(importer_.at(*score), "total score", std::string(kAlone));
    }
    const json::Value* objectives = from.find("objectives");
    if (objectives != nullptr && objectives->is_array()) {
      for (const json::Value& objective : *objectives->array()) {
        if (importer_.is_full(objective)) {
          break;
        }
        spec == nullptr ? read_objective(objective) : read_analysis(objective);
      }
    }
    importer_.add_input(load_results());
    return importer_.take();
  }

 private:
  /// An objective of a file with `spec_version`: criteria of one set hold together, sets are alternatives.
  void read_objective(const json::Value& objective) {
    const std::string sli(objective.string_or("sli", ""));
    const std::string subject = "objective " + (sli.empty() ? "without sli" : sli);
    const json::Value* pass = objective.find("pass");
    const json::Value* warning = objective.find("warning");
    if (pass == nullptr || !pass->is_array() || pass->array()->empty()) {
      importer_.leave_out(importer_.at(objective), subject, "it has no 'pass', so that Keptn only shows it");
      return;
    }
    if (const json::Value* weight = objective.find("weight")) {
      importer_.say(importer_.at(*weight), subject, std::string(kAlone));
    }
    // Keptn fails below 'warning', and gives half of the points between the two.
    const bool warns = warning != nullptr && warning->is_array() && !warning->array()->empty();
    if (warns) {
      importer_.leave_out(importer_.at(*pass), subject + ", pass",
                          "it only costs points: the limit is that of 'warning', beyond which the objective fails");
    }
    const json::Value& sets = warns ? *warning : *pass;
    if (sets.array()->size() > 1) {
      importer_.leave_out(importer_.at(sets), subject,
                          "its sets of criteria are alternatives, and budgets hold all together");
      return;
    }
    const json::Value* criteria = sets.array()->front().find("criteria");
    if (criteria == nullptr || !criteria->is_array()) {
      importer_.leave_out(importer_.at(sets), subject, "it has no criteria");
      return;
    }
    for (const json::Value& text : *criteria->array()) {
      read_criterion(text, subject, sli);
    }
  }

  void read_criterion(const json::Value& text, const std::string& objective, const std::string& sli) {
    const std::string shown = text.is_string() ? *text.string() : "criterion";
    const std::string subject = objective + " " + shown;
    const auto criterion = text.is_string() ? criterion_of(*text.string()) : std::nullopt;
    if (!criterion) {
      importer_.leave_out(importer_.at(text), subject, "it is not a comparison such as \"<600\" or \"<=+10%\"");
      return;
    }
    SloMetric metric = slo_metric(sli);
    std::vector<std::string> notes;
    if (metric.number == SloNumber::kDuration && metric.unit_ms <= 0) {
      metric.unit_ms = 1;
      if (!criterion->is_relative) {
        notes.emplace_back("Keptn does not tell the unit: it is read as milliseconds");
      }
    }
    if (criterion->is_strict && !criterion->is_relative) {
      notes.push_back(strict_note("Keptn", {"", "<", criterion->number}));
    }
    DraftBudget budget;
    std::string why =
        fill_slo_budget(budget, metric, metric.number == SloNumber::kSuccess ? false : criterion->is_at_most,
                        std::abs(criterion->number), notes);
    if (criterion->is_relative && why.empty()) {
      const bool is_growth = criterion->is_at_most && criterion->number >= 0 && criterion->is_percent &&
                             metric.number != SloNumber::kThroughput && metric.number != SloNumber::kSuccess;
      why = is_growth ? "" : "only growth in percent of the base can be limited for it";
      budget.min.clear();
      budget.max.clear();
      budget.max_increase = format_number(criterion->number) + "%";
      notes.emplace_back("Keptn compares with earlier evaluations, here it is the base's measurement");
    }
    if (!why.empty()) {
      importer_.leave_out(importer_.at(text), subject, why);
      return;
    }
    importer_.carry(importer_.at(text), subject, std::move(budget), std::move(notes));
  }

  /// An objective of an AnalysisDefinition: what is named is when it fails.
  void read_analysis(const json::Value& objective) {
    const json::Value* reference = objective.find("analysisValueTemplateRef");
    const std::string name(reference == nullptr ? "" : reference->string_or("name", ""));
    const std::string subject = "objective " + (name.empty() ? "without a template" : name);
    const json::Value* target = objective.find("target");
    const json::Value* failure = target == nullptr ? nullptr : target->find("failure");
    if (failure == nullptr || !failure->is_object()) {
      importer_.leave_out(importer_.at(objective), subject, "it has no 'failure', so that Keptn only shows it");
      return;
    }
    if (const json::Value* warning = target->find("warning")) {
      importer_.leave_out(importer_.at(*warning), subject + ", warning",
                          "it only costs points: the limit is that of 'failure'");
    }
    for (const json::Member& operation : *failure->object()) {
      const bool fails_above = operation.key == "greaterThan" || operation.key == "greaterThanOrEqual";
      const bool fails_below = operation.key == "lessThan" || operation.key == "lessThanOrEqual";
      const json::Value* fixed = operation.value.find("fixedValue");
      std::optional<double> number;
      if (fixed != nullptr) {
        number = fixed->is_number()   ? std::optional(*fixed->number())
                 : fixed->is_string() ? parse_number(*fixed->string())
                                      : std::nullopt;
      }
      if ((!fails_above && !fails_below) || !number) {
        importer_.leave_out(importer_.at(operation), subject,
                            "only lessThan and greaterThan with a number have a budget");
        continue;
      }
      SloMetric metric = slo_metric(name);
      std::vector<std::string> notes;
      if (metric.number == SloNumber::kDuration && metric.unit_ms <= 0) {
        metric.unit_ms = 1;
        notes.emplace_back("Keptn does not tell the unit: it is read as milliseconds");
      }
      DraftBudget budget;
      if (const std::string why = fill_slo_budget(budget, metric, fails_above, *number, notes); !why.empty()) {
        importer_.leave_out(importer_.at(operation), subject, why);
        continue;
      }
      importer_.carry(importer_.at(operation),
                      fmt::format("{} fails {} {}", subject, fails_above ? "above" : "below", format_number(*number)),
                      std::move(budget), std::move(notes));
    }
  }

  Importer importer_;
};

}  // namespace

Import import_keptn(const std::string& path, const json::Value& slo) { return KeptnImport(path).run(slo); }

}  // namespace budgetcheck
