#include "collect/lighthouse/result.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <string_view>

#include "base/number.h"
#include "base/text.h"
#include "collect/http/url_parts.h"
#include "collect/lighthouse/answer.h"
#include "collect/lighthouse/audits.h"
#include "collect/lighthouse/reasons.h"
#include "collect/lighthouse/run.h"
#include "collect/lighthouse/values.h"

namespace budgetcheck {
namespace {

/// Lighthouse itself calls a machine slow below this (its own benchmark).
constexpr double kSlowMachine = 1000;
constexpr std::string_view kFamily = "lighthouse.";

/// A key as a JSON pointer writes it.
std::string pointer_segment(std::string_view key) {
  return printable(replace_all(replace_all(std::string(key), "~", "~0"), "/", "~1"));
}

Unit unit_of(std::string_view numeric_unit, const AuditRow* row) {
  if (numeric_unit == "millisecond") {
    return Unit::kMilliseconds;
  }
  if (numeric_unit == "byte") {
    return Unit::kBytes;
  }
  if (numeric_unit == "element" || numeric_unit == "count") {
    return Unit::kCount;
  }
  return row != nullptr && numeric_unit.empty() ? row->unit : Unit::kNone;
}

class ResultCollector {
 public:
  ResultCollector(const json::Value& lhr, const LighthouseTables& tables, const LighthousePlace& place,
                  Account& account, Facts& facts)
      : lhr_(lhr),
        timings_(tables.timings),
        requests_(tables.requests),
        place_(place),
        account_(account),
        facts_(facts),
        run_(read_lighthouse_run(lhr, place.step)) {}

  void collect() {
    if (failed() || too_old() || other_page()) {
      return;
    }
    if (run_.major > kNewestLighthouse) {
      note(fmt::format("Lighthouse {} is newer than this program knows ({} to {})", run_.version, kOldestLighthouse,
                       kNewestLighthouse));
    }
    const std::size_t samples_before = facts_.samples.size();
    collect_audits();
    collect_resources();
    collect_requests();
    collect_timings();
    collect_categories();
    explain_missing();
    if (facts_.samples.size() == samples_before) {
      incomplete("no audit has a number and no category a score",
                 "run Lighthouse again, without settings that leave audits out");
    }
    add_environment(facts_.env, run_.env);
    describe_run();
  }

 private:
  /// Of a user flow's step, which step.
  std::string of_step(const std::string& text) const {
    return place_.step.empty() ? text : fmt::format("step '{}': {}", place_.step, text);
  }
  void note(const std::string& text) { account_.note(of_step(text)); }
  void incomplete(const std::string& text, const std::string& hint) { account_.incomplete(of_step(text), hint); }

  Location at(const std::string& pointer) const { return {place_.file, 0, 0, place_.pointer + pointer}; }

  /// The first answer for a metric stands; a duplicate key in a file must not look like a second run.
  void measure(const std::string& metric, Unit unit, double value, const std::string& pointer) {
    if (answered_.insert(metric).second) {
      add_sample(metric, run_.labels, unit, value, pointer);
    }
  }

  void add_sample(const std::string& metric, Labels where, Unit unit, double value, const std::string& pointer) {
    Sample sample;
    sample.metric = metric;
    sample.where = std::move(where);
    sample.unit = unit;
    sample.value = Runs{value};
    sample.location = at(pointer);
    sample.source = run_.source;
    facts_.samples.push_back(std::move(sample));
  }

  void leave_open(const std::string& metric, LighthouseReason reason, const std::string& pointer) {
    if (answered_.insert(metric).second) {
      facts_.unmeasured.push_back(
          {metric, run_.labels, std::move(reason.text), std::move(reason.hint), at(pointer), reason.input_at_fault});
    }
  }

  void give_up(const std::string& why, const std::string& hint, const std::string& pointer) {
    incomplete(why, hint);
    leave_open(std::string(kFamily), {why, hint, true}, pointer);
  }

  /// A run that ended in an error still writes a whole result, and its numbers are those of an error page.
  bool failed() {
    const json::Value* error = lhr_.find("runtimeError");
    const std::string_view code = error == nullptr ? "" : error->string_or("code", "");
    const std::string_view message = error == nullptr ? "" : error->string_or("message", "");
    if (code == "NO_ERROR" || (code.empty() && message.empty())) {
      return false;
    }
    const std::string what = code.empty() ? "an error" : shown_name(code);
    give_up(message.empty() ? fmt::format("the Lighthouse run failed with {}", what)
                            : fmt::format("the Lighthouse run failed with {}: {}", what, quoted_text(message)),
            "make sure that the page answers while Lighthouse runs, then run it again", "/runtimeError");
    return true;
  }

  /// What was measured is not what was asked for.
  bool other_page() {
    const std::optional<LighthouseReason> reason = measured_another_page(lhr_, requests_);
    if (reason) {
      give_up(reason->text, reason->hint, "/finalDisplayedUrl");
    }
    return reason.has_value();
  }

  bool too_old() {
    if (run_.major >= kOldestLighthouse) {
      return false;
    }
    give_up(run_.major == 0
                ? fmt::format("the Lighthouse version '{}' is not understood", run_.version)
                : fmt::format("Lighthouse {} is older than the oldest supported, {}", run_.version, kOldestLighthouse),
            fmt::format("measure with Lighthouse {} to {}", kOldestLighthouse, kNewestLighthouse),
            "/lighthouseVersion");
    return true;
  }

  void collect_audits() {
    for (const auto& [id, audit] : run_.audits) {
      collect_audit(id, *audit);
    }
    for (const AuditRow& row : known_audits()) {
      if (!row.short_name.empty()) {
        const std::string long_name = std::string(kFamily) + std::string(row.id);
        const std::string short_name = audit_metric(row.id);
        leave_open(long_name,
                   {fmt::format("'{}' is called '{}' here", long_name, short_name),
                    fmt::format("write '{}' in the budget", short_name), false},
                   "/audits/" + std::string(row.id));
      }
    }
  }

  void collect_audit(std::string_view id, const json::Value& audit) {
    const AuditRow* row = find_known_audit(id);
    const std::string metric = audit_metric(id);
    const std::string pointer = "/audits/" + pointer_segment(id);
    const std::string_view mode = audit.string_or("scoreDisplayMode", "");
    const double* number = finite_number(audit.find("numericValue"));
    const Unit unit = unit_of(audit.string_or("numericUnit", ""), row);
    if (mode == "error") {
      failed_audits_.push_back(shown_name(id));
      leave_open(metric, audit_failed(id, audit), pointer);
    } else if (number == nullptr || mode == "notApplicable" || mode == "manual") {
      leave_open(metric, audit_without_number(run_, id, audit), pointer);
    } else if (*number < 0 && unit != Unit::kNone) {
      leave_open(metric,
                 {fmt::format("the audit '{}' has the negative value {}", shown_name(id), format_number(*number)),
                  "run Lighthouse again", true},
                 pointer);
    } else {
      measure(metric, unit, *number, pointer + "/numericValue");
    }
    collect_savings(id, audit, pointer);
  }

  /// What an insight says could be saved. Most insights have no other number.
  void collect_savings(std::string_view id, const json::Value& audit, const std::string& pointer) {
    constexpr std::string_view kInsight = "-insight";
    if (!id.ends_with(kInsight)) {
      return;
    }
    const std::string family = std::string(kFamily) + "savings." + shown_name(id) + ".";
    const std::string_view mode = audit.string_or("scoreDisplayMode", "");
    if (mode == "error" || mode == "notApplicable") {
      leave_open(family, mode == "error" ? audit_failed(id, audit) : audit_without_number(run_, id, audit), pointer);
      return;
    }
    const json::Value* savings = audit.find("metricSavings");
    if (const json::Object* members = savings == nullptr ? nullptr : savings->object()) {
      for (const json::Member& saving : *members) {
        const double* number = finite_number(&saving.value);
        if (number != nullptr && *number >= 0 && saving.key != "CLS") {  // a share of the layout shift is no time
          measure(family + lower(shown_name(saving.key)), Unit::kMilliseconds, *number, pointer + "/metricSavings");
        }
      }
    }
    const double* wasted = finite_number(audit.at({"details", "debugData", "wastedBytes"}));
    if (wasted != nullptr && *wasted >= 0) {
      measure(family + "bytes", Unit::kBytes, *wasted, pointer + "/details/debugData/wastedBytes");
    }
    leave_open(family, {fmt::format("the audit '{}' does not report that saving", shown_name(id)), "", false}, pointer);
  }

  /// The audit `id`, when it can be used; else null, and all of `family` is left open.
  const json::Value* usable_audit(std::string_view id, const std::string& family) {
    const auto found = run_.audits.find(id);
    if (found == run_.audits.end()) {
      leave_open(family, audit_missing(run_, id), "/audits");
      return nullptr;
    }
    if (found->second->string_or("scoreDisplayMode", "") == "error") {
      leave_open(family, audit_failed(id, *found->second), "/audits/" + std::string(id));
      return nullptr;
    }
    return found->second;
  }

  void collect_resources() {
    const std::string family = std::string(kFamily) + "resource.";
    const json::Value* audit = usable_audit("resource-summary", family);
    if (audit == nullptr) {
      return;
    }
    const json::Value* items = audit->at({"details", "items"});
    const json::Array* rows = items == nullptr ? nullptr : items->array();
    if (rows == nullptr || rows->empty()) {
      leave_open(family, {"the audit 'resource-summary' lists nothing", "run Lighthouse again", true},
                 "/audits/resource-summary");
      return;
    }
    for (std::size_t i = 0; i < rows->size(); ++i) {
      collect_resource((*rows)[i], family, "/audits/resource-summary/details/items/" + std::to_string(i));
    }
  }

  void collect_resource(const json::Value& row, const std::string& family, const std::string& pointer) {
    const std::string type = shown_name(row.string_or("resourceType", ""));
    if (type.empty()) {
      return;
    }
    // Older versions call the size on the wire `size`.
    const json::Value* size = row.find("transferSize") != nullptr ? row.find("transferSize") : row.find("size");
    collect_resource_number(family + type + ".bytes", Unit::kBytes, size, pointer);
    collect_resource_number(family + type + ".requests", Unit::kCount, row.find("requestCount"), pointer);
  }

  /// Of the requests themselves: by origin, and what each third party brings. Without the summary, the sums too.
  void collect_requests() {
    const std::string family = std::string(kFamily) + "resource.";
    const std::string pointer = "/audits/network-requests/details/items";
    if (requests_.all().empty()) {
      return;
    }
    for (const auto& [type, sum] : requests_.all()) {
      collect_sum(family + std::string(type), sum, pointer);
    }
    requests_.parts().append_to(facts_.parts, shown_host(run_.origin), [&](const std::string& type) {
      return RequestParts::Place{family + (type.empty() ? "total" : type) + ".bytes", run_.labels};
    });
    for (const auto& [origin, types] : requests_.by_origin()) {
      Labels where = run_.labels;
      where.set("origin", origin == run_.origin ? "self" : origin);
      for (const auto& [type, sum] : types) {
        add_sum(family + std::string(type), where, sum, pointer);
      }
    }
    for (const auto& [entity, known] : requests_.by_entity()) {
      if (!known.origins.contains(run_.origin)) {
        Labels where = run_.labels;
        where.set("entity", entity);
        add_sum(family + "third-party", where, known.sum, pointer);
      }
    }
    if (requests_.left_out() > 0) {
      incomplete(fmt::format("{} beyond the first {} origins left out", counted(requests_.left_out(), "request"),
                             PageRequests::kMaxOrigins),
                 "look at what the page loads from so many origins");
    }
  }

  /// Where `resource-summary` has no answer.
  void collect_sum(const std::string& resource, const PageRequests::Sum& sum, const std::string& pointer) {
    if (answered_.contains(std::string(kFamily) + "resource.") && sum.unknown == 0) {
      measure(resource + ".bytes", Unit::kBytes, sum.bytes, pointer);
      measure(resource + ".requests", Unit::kCount, static_cast<double>(sum.requests), pointer);
    }
  }

  void add_sum(const std::string& resource, const Labels& where, const PageRequests::Sum& sum,
               const std::string& pointer) {
    add_sample(resource + ".requests", where, Unit::kCount, static_cast<double>(sum.requests), pointer);
    if (sum.unknown == 0) {
      add_sample(resource + ".bytes", where, Unit::kBytes, sum.bytes, pointer);
      return;
    }
    facts_.unmeasured.push_back(
        {resource + ".bytes", where,
         fmt::format("the size of {} of {} is unknown", sum.unknown, counted(sum.requests, "request")),
         "run Lighthouse again", at(pointer), true});
  }

  void collect_resource_number(const std::string& metric, Unit unit, const json::Value* value,
                               const std::string& pointer) {
    const double* number = finite_number(value);
    if (number != nullptr && *number >= 0) {
      measure(metric, unit, *number, pointer);
    } else {
      leave_open(metric, {"the audit 'resource-summary' has no usable number for it", "run Lighthouse again", true},
                 pointer);
    }
  }

  void collect_timings() {
    const std::string family = std::string(kFamily) + "user-timing.";
    if (usable_audit("user-timings", family) == nullptr) {
      return;
    }
    const std::string pointer = "/audits/user-timings";
    for (const auto& [name, timing] : timings_.by_name()) {
      measure(family + name, Unit::kMilliseconds, timing.ms, pointer);
    }
    if (timings_.by_name().empty()) {
      leave_open(family,
                 {"the page made no user timing marks or measures",
                  "call performance.mark() or performance.measure() on the page", false},
                 pointer);
    }
  }

  void collect_categories() {
    const json::Value* categories = lhr_.find("categories");
    if (const json::Object* members = categories == nullptr ? nullptr : categories->object()) {
      for (const json::Member& category : *members) {
        const std::string metric = std::string(kFamily) + "score." + shown_name(category.key);
        const std::string pointer = "/categories/" + pointer_segment(category.key) + "/score";
        if (auto reason = score_unusable(run_, category.key, category.value)) {
          leave_open(metric, std::move(*reason), pointer);
        } else {
          // Scores are hundredths, and 0.57 * 100 is not 57.
          constexpr double kScale = 1e8;
          const double score = *finite_number(category.value.find("score"));
          measure(metric, Unit::kPoints, std::round(score * kScale) / (kScale / 100), pointer);
        }
      }
    }
  }

  void explain_missing() {
    // Two ids share the name inp: the one that this version has answers for it, so those come first.
    for (const bool existing : {true, false}) {
      for (const AuditRow& row : known_audits()) {
        if (row.exists_in(run_.major) == existing && !run_.audits.contains(row.id)) {
          leave_open(audit_metric(row.id), audit_missing(run_, row.id), "/audits");
        }
      }
    }
    for (const CategoryRow& row : known_categories()) {
      leave_open(std::string(kFamily) + "score." + std::string(row.id), category_missing(run_, row.id), "/categories");
    }
  }

  void describe_run() {
    if (run_.labels.find("device") == nullptr) {
      note("the result does not say its device, so it has no label device");
    }
    if (!failed_audits_.empty()) {
      note(fmt::format("{} of {} failed in Lighthouse: {}", failed_audits_.size(), counted(run_.audits.size(), "audit"),
                       first_names(failed_audits_)));
    }
    const std::vector<std::string> warnings = strings_of(lhr_.find("runWarnings"));
    if (!warnings.empty()) {
      note(fmt::format("Lighthouse gave {}{}: {}", counted(warnings.size(), "warning"),
                       warnings.size() == 1 ? "" : ", first", quoted_text(warnings.front())));
    }
    if (timings_.left_out() > 0) {
      note(fmt::format("{} left out, beyond the first {} names", counted(timings_.left_out(), "user timing"),
                       timings_.by_name().size()));
    }
    const double* benchmark = finite_number(lhr_.at({"environment", "benchmarkIndex"}));
    if (benchmark != nullptr && *benchmark <= kSlowMachine) {
      const std::string step = place_.step.empty() ? "" : fmt::format(", step '{}'", place_.step);
      facts_.notes.push_back(
          fmt::format("{}{}: the machine was slow (Lighthouse benchmark index {}), so timings are noisy",
                      printable(place_.file), step, format_rounded(*benchmark, 0)));
    }
  }

  const json::Value& lhr_;
  const UserTimings& timings_;
  const PageRequests& requests_;
  const LighthousePlace& place_;
  Account& account_;
  Facts& facts_;
  const LighthouseRun run_;
  std::set<std::string> answered_;  ///< metrics that have a sample or a reason
  std::vector<std::string> failed_audits_;
};

}  // namespace

bool has_lighthouse_audits(const json::Value* lhr) {
  const json::Value* audits = lhr == nullptr ? nullptr : lhr->find("audits");
  return audits != nullptr && audits->is_object();
}

void collect_lighthouse_result(const json::Value& lhr, const LighthouseTables& tables, const LighthousePlace& place,
                               Account& account, Facts& facts) {
  ResultCollector(lhr, tables, place, account, facts).collect();
}

}  // namespace budgetcheck
