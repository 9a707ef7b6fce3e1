#include "collect/lighthouse_result.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "base/number.h"
#include "base/text.h"
#include "collect/lighthouse_audits.h"
#include "collect/lighthouse_page.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxQuoted = 200;
/// Lighthouse itself calls a machine slow below this (its own benchmark).
constexpr double kSlowMachine = 1000;
constexpr std::string_view kFamily = "lighthouse.";
constexpr std::array<std::string_view, 5> kPerformanceMetrics{"first-contentful-paint", "largest-contentful-paint",
                                                              "total-blocking-time", "cumulative-layout-shift",
                                                              "speed-index"};

/// A text of the file, safe to show: one line, short, without what URLs carry.
std::string quoted(std::string_view text) {
  return "'" + shorten(printable(without_query_strings(text)), kMaxQuoted) + "'";
}

const double* finite_number(const json::Value* value) {
  const double* number = value == nullptr ? nullptr : value->number();
  return number != nullptr && std::isfinite(*number) ? number : nullptr;
}

/// "~" and "/" as a JSON pointer writes them.
std::string pointer_segment(std::string_view key) {
  return printable(replace_all(replace_all(std::string(key), "~", "~0"), "/", "~1"));
}

int major_version(std::string_view version) {
  int major = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), major);
  return error == std::errc() && (end == version.data() + version.size() || *end == '.') ? major : 0;
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

bool can_be_negative(Unit unit) { return unit == Unit::kNone || unit == Unit::kRatio; }

/// The strings of a list; nothing for null and for anything else.
std::vector<std::string> strings_of(const json::Value* value) {
  std::vector<std::string> out;
  if (const json::Array* elements = value == nullptr ? nullptr : value->array()) {
    for (const json::Value& element : *elements) {
      if (const std::string* text = element.string()) {
        out.push_back(*text);
      }
    }
  }
  return out;
}

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

/// "a, b, c and 4 more".
std::string first_of(const std::vector<std::string>& names, std::size_t limit) {
  std::vector<std::string> shown(names.begin(),
                                 names.begin() + static_cast<std::ptrdiff_t>(std::min(limit, names.size())));
  const std::string rest =
      names.size() > limit ? " and " + std::to_string(names.size() - limit) + " more" : std::string();
  return join(shown, ", ") + rest;
}

struct Reason {
  std::string text;
  std::string hint;
  bool input_at_fault = true;
};

class ResultCollector {
 public:
  ResultCollector(const json::Value& lhr, const UserTimings& timings, const LighthousePlace& place, Facts& facts)
      : lhr_(lhr), timings_(timings), place_(place), facts_(facts) {
    version_ = shorten(printable(lhr.string_or("lighthouseVersion", "")), 20);
    major_ = major_version(lhr.string_or("lighthouseVersion", ""));
    mode_ = lhr.string_or("gatherMode", "navigation");
    if (const json::Value* settings = lhr.find("configSettings")) {
      only_audits_ = strings_of(settings->find("onlyAudits"));
      skip_audits_ = strings_of(settings->find("skipAudits"));
      only_categories_ = strings_of(settings->find("onlyCategories"));
    }
    for (const json::Member& audit : *lhr.find("audits")->object()) {
      audits_[audit.key] = &audit.value;
    }
    set_labels();
  }

  LighthouseOutcome run() {
    if (unusable()) {
      return outcome_;
    }
    remark_on_version();
    const std::size_t samples_before = facts_.samples.size();
    collect_audits();
    collect_resources();
    collect_timings();
    collect_categories();
    explain_missing_audits();
    explain_missing_categories();
    if (facts_.samples.size() == samples_before) {
      outcome_.incomplete = true;
      outcome_.remarks.insert(outcome_.remarks.begin(), "none of its audits has a number");
      outcome_.hint = "run Lighthouse again, without settings that leave audits out";
    }
    remark_on_run();
    return outcome_;
  }

 private:
  void set_labels() {
    std::string_view url;
    for (const std::string_view key : {"requestedUrl", "finalDisplayedUrl", "finalUrl"}) {
      if (url.empty()) {
        url = lhr_.string_or(key, "");
      }
    }
    if (!url.empty() && !url.starts_with("chrome-error:")) {
      labels_.set("page", lighthouse_page_label(url));
    }
    const json::Value* settings = lhr_.find("configSettings");
    const std::string_view device = settings == nullptr ? "" : settings->string_or("formFactor", "");
    const std::string_view throttling = settings == nullptr ? "" : settings->string_or("throttlingMethod", "");
    if (!device.empty()) {
      labels_.set("device", shorten(printable(device), kMaxQuoted));
    }
    if (mode_ != "navigation") {
      labels_.set("mode", shorten(printable(mode_), kMaxQuoted));
    }
    if (!throttling.empty() && throttling != "simulate") {
      labels_.set("throttling", shorten(printable(throttling), kMaxQuoted));
    }
    if (!place_.step.empty()) {
      labels_.set("step", place_.step);
    }
    source_ = lighthouse_origin(url) + " Lighthouse " + std::to_string(major_);
    for (const std::string_view key : {"rttMs", "throughputKbps", "requestLatencyMs", "downloadThroughputKbps",
                                       "uploadThroughputKbps", "cpuSlowdownMultiplier"}) {
      const json::Value* at = lhr_.at({"configSettings", "throttling", key});
      const double* number = finite_number(at);
      source_ += number == nullptr ? " -" : " " + format_number(*number);
    }
  }

  Location at(const std::string& pointer) const { return {place_.file, 0, 0, place_.pointer + pointer}; }

  void measure(const std::string& metric, Unit unit, double value, const std::string& pointer) {
    if (!answered_.insert(metric).second) {
      return;
    }
    Sample sample;
    sample.metric = metric;
    sample.where = labels_;
    sample.unit = unit;
    sample.value = Runs{value};
    sample.source = source_;
    sample.location = at(pointer);
    facts_.samples.push_back(std::move(sample));
  }

  void leave_open(const std::string& metric, Reason reason, const std::string& pointer) {
    if (!answered_.insert(metric).second) {
      return;
    }
    facts_.unmeasured.push_back(
        {metric, labels_, std::move(reason.text), std::move(reason.hint), at(pointer), reason.input_at_fault});
  }

  void give_up(std::string remark, std::string hint, const std::string& pointer) {
    outcome_.incomplete = true;
    outcome_.hint = hint;
    leave_open(std::string(kFamily), {remark, std::move(hint), true}, pointer);
    outcome_.remarks.push_back(std::move(remark));
  }

  /// A run that failed, or a version whose numbers mean something else: nothing of it is used.
  bool unusable() {
    const json::Value* error = lhr_.find("runtimeError");
    const std::string_view code = error == nullptr ? "" : error->string_or("code", "");
    const std::string_view message = error == nullptr ? "" : error->string_or("message", "");
    if ((!code.empty() && code != "NO_ERROR") || (code.empty() && !message.empty())) {
      give_up("the Lighthouse run failed with " + (code.empty() ? "an error" : shorten(printable(code), kMaxQuoted)) +
                  (message.empty() ? std::string() : ": " + quoted(message)),
              "see that the page answers while Lighthouse runs, then run it again", "/runtimeError");
      return true;
    }
    if (major_ < kOldestLighthouse) {
      give_up(
          version_.empty() || major_ == 0
              ? "the Lighthouse version '" + version_ + "' is not understood"
              : "Lighthouse " + version_ + " is older than the oldest supported, " + std::to_string(kOldestLighthouse),
          "measure with Lighthouse " + std::to_string(kOldestLighthouse) + " to " + std::to_string(kNewestLighthouse),
          "/lighthouseVersion");
      return true;
    }
    return false;
  }

  void remark_on_version() {
    if (major_ > kNewestLighthouse) {
      outcome_.remarks.push_back("Lighthouse " + version_ + " is newer than this program knows (" +
                                 std::to_string(kOldestLighthouse) + " to " + std::to_string(kNewestLighthouse) + ")");
    }
  }

  void remark_on_run() {
    if (!failed_audits_.empty()) {
      outcome_.remarks.push_back(counted(failed_audits_.size(), "audit") + " of " + std::to_string(audits_.size()) +
                                 " failed in Lighthouse: " + first_of(failed_audits_, 3));
    }
    const std::vector<std::string> warnings = strings_of(lhr_.find("runWarnings"));
    if (!warnings.empty()) {
      outcome_.remarks.push_back("Lighthouse gave " + counted(warnings.size(), "warning") +
                                 (warnings.size() == 1 ? ": " : ", first: ") + quoted(warnings.front()));
    }
    if (timings_.left_out() > 0) {
      outcome_.remarks.push_back(counted(timings_.left_out(), "user timing") + " beyond the first " +
                                 std::to_string(timings_.by_name().size()) + " names left out");
    }
    const double* benchmark = finite_number(lhr_.at({"environment", "benchmarkIndex"}));
    if (benchmark != nullptr && *benchmark <= kSlowMachine) {
      facts_.notes.push_back(place_.file + (place_.step.empty() ? "" : ", step '" + place_.step + "'") +
                             ": the machine was slow (Lighthouse benchmark index " + format_rounded(*benchmark, 0) +
                             "), so timings are noisy");
    }
  }

  void collect_audits() {
    for (const auto& [id, audit] : audits_) {
      const AuditRow* row = find_known_audit(id);
      const std::string metric = audit_metric(id);
      const std::string pointer = "/audits/" + pointer_segment(id);
      const std::string_view mode = audit->string_or("scoreDisplayMode", "");
      const double* number = finite_number(audit->find("numericValue"));
      const Unit unit = unit_of(audit->string_or("numericUnit", ""), row);
      if (mode == "error") {
        failed_audits_.push_back(shorten(printable(id), kMaxQuoted));
        leave_open(metric, failed(id, *audit), pointer);
      } else if (number == nullptr || mode == "notApplicable" || mode == "manual") {
        leave_open(metric, without_number(id, row, *audit), pointer);
      } else if (*number < 0 && !can_be_negative(unit)) {
        leave_open(metric,
                   {"the audit '" + printable(id) + "' has the negative value " + format_number(*number),
                    "run Lighthouse again", true},
                   pointer);
      } else {
        measure(metric, unit, *number, pointer + "/numericValue");
      }
    }
    for (const AuditRow& row : known_audits()) {
      if (!row.short_name.empty()) {
        const std::string long_name = std::string(kFamily) + std::string(row.id);
        const std::string short_name = audit_metric(row.id);
        leave_open(long_name,
                   {"'" + long_name + "' is called '" + short_name + "' here",
                    "write '" + short_name + "' in the budget", false},
                   "/audits/" + std::string(row.id));
      }
    }
  }

  static Reason failed(std::string_view id, const json::Value& audit) {
    const std::string_view message = audit.string_or("errorMessage", "");
    return {"the audit '" + printable(id) + "' failed in Lighthouse" +
                (message.empty() ? std::string() : ": " + quoted(message)),
            "run Lighthouse again; when it stays, update Lighthouse: an old one fails in parts on a newer Chrome",
            true};
  }

  Reason without_number(std::string_view id, const AuditRow* row, const json::Value& audit) const {
    const std::string name = "the audit '" + printable(id) + "'";
    const bool expected =
        (row != nullptr && row->number && row->exists_in(major_)) || audit.find("numericValue") != nullptr;
    if (expected) {
      const bool applies = audit.string_or("scoreDisplayMode", "") != "notApplicable";
      return {name + (applies ? " has no number in this result" : " did not apply to this page"),
              applies ? "run Lighthouse again" : "", true};
    }
    const AuditRow* predecessor = numeric_predecessor(id, major_);
    std::string hint;
    if (predecessor != nullptr) {
      hint = "budget '" + audit_metric(predecessor->id) + "'";
    } else if (row != nullptr && !row->instead.empty()) {
      hint = "budget '" + std::string(row->instead) + "'";
    } else {
      hint = "budget the score of its category ('lighthouse.score.<category>')";
    }
    return {name + " has no number in Lighthouse " + version_, hint, false};
  }

  void collect_resources() {
    const std::string family = std::string(kFamily) + "resource.";
    const auto found = audits_.find("resource-summary");
    if (found == audits_.end()) {
      leave_open(family, missing("resource-summary"), "/audits");
      return;
    }
    const json::Value* items = found->second->at({"details", "items"});
    const json::Array* rows = items == nullptr ? nullptr : items->array();
    if (found->second->string_or("scoreDisplayMode", "") == "error") {
      leave_open(family, failed("resource-summary", *found->second), "/audits/resource-summary");
      return;
    }
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
    const std::string type = shorten(printable(row.string_or("resourceType", "")), kMaxQuoted);
    if (type.empty()) {
      return;
    }
    const json::Value* size = row.find("transferSize") != nullptr ? row.find("transferSize") : row.find("size");
    collect_resource_number(family + type + ".bytes", Unit::kBytes, size, pointer);
    collect_resource_number(family + type + ".requests", Unit::kCount, row.find("requestCount"), pointer);
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
    const auto found = audits_.find("user-timings");
    const std::string pointer = "/audits/user-timings";
    if (found == audits_.end()) {
      leave_open(family, missing("user-timings"), "/audits");
    } else if (found->second->string_or("scoreDisplayMode", "") == "error") {
      leave_open(family, failed("user-timings", *found->second), pointer);
    } else if (timings_.by_name().empty()) {
      leave_open(family,
                 {"the page made no user timing marks or measures",
                  "call performance.mark() or performance.measure() on the page", true},
                 pointer);
    } else {
      for (const auto& [name, timing] : timings_.by_name()) {
        measure(family + name, Unit::kMilliseconds, timing.ms, pointer);
      }
    }
  }

  void collect_categories() {
    const json::Value* categories = lhr_.find("categories");
    const json::Object* members = categories == nullptr ? nullptr : categories->object();
    if (members == nullptr) {
      return;
    }
    for (const json::Member& category : *members) {
      const std::string metric = std::string(kFamily) + "score." + printable(category.key);
      const std::string pointer = "/categories/" + pointer_segment(category.key) + "/score";
      const double* score = finite_number(category.value.find("score"));
      if (std::optional<Reason> reason = why_no_score(category, score)) {
        leave_open(metric, std::move(*reason), pointer);
      } else {
        // Scores are hundredths, and 0.57 * 100 is not 57.
        constexpr double kScale = 1e8;
        measure(metric, Unit::kPoints, std::round(*score * kScale) / (kScale / 100), pointer);
      }
    }
  }

  /// Why a category's score is not one: Lighthouse also writes a 0 for a category that has nothing to weigh, and the
  /// score of a lone audit for one whose other audits were left out.
  std::optional<Reason> why_no_score(const json::Member& category, const double* score) const {
    const std::string name = "the category '" + printable(category.key) + "'";
    const json::Value* refs_value = category.value.find("auditRefs");
    const json::Array* refs = refs_value == nullptr ? nullptr : refs_value->array();
    double weight = 0;
    std::vector<std::string> failed;
    for (const json::Value& ref : refs == nullptr ? json::Array{} : *refs) {
      const double* ref_weight = finite_number(ref.find("weight"));
      if (ref_weight == nullptr || *ref_weight <= 0) {
        continue;
      }
      weight += *ref_weight;
      const auto audit = audits_.find(ref.string_or("id", ""));
      if (audit != audits_.end() && audit->second->string_or("scoreDisplayMode", "") == "error") {
        failed.push_back("'" + printable(audit->first) + "'");
      }
    }
    if (score == nullptr) {
      return Reason{name + " has no score" +
                        (failed.empty() ? std::string() : ", because " + first_of(failed, 3) + " failed in Lighthouse"),
                    "run Lighthouse again", true};
    }
    if (*score < 0 || *score > 1) {
      return Reason{name + " has the score " + format_number(*score) + ", which is not between 0 and 1",
                    "run Lighthouse again", true};
    }
    if (!only_audits_.empty()) {
      return Reason{name + " was scored from some of its audits only ('onlyAudits' of the Lighthouse settings)",
                    "run Lighthouse without 'onlyAudits'", true};
    }
    if (refs != nullptr && weight == 0) {
      return Reason{name + " has nothing to weigh in a " + printable(mode_), "budget a navigation", false};
    }
    if (category.key == "performance" && mode_ == "navigation") {
      for (const std::string_view id : kPerformanceMetrics) {
        if (!audits_.contains(id)) {
          return Reason{name + " was scored without '" + std::string(id) + "'",
                        "run Lighthouse without leaving that audit out", true};
        }
      }
    }
    return std::nullopt;
  }

  void explain_missing_audits() {
    // An id that this version has answers for a short name that two ids share, so those come first.
    for (const bool existing : {true, false}) {
      for (const AuditRow& row : known_audits()) {
        if (row.exists_in(major_) == existing && !audits_.contains(row.id)) {
          leave_open(audit_metric(row.id), missing(row.id), "/audits");
        }
      }
    }
  }

  void explain_missing_categories() {
    for (const CategoryRow& row : known_categories()) {
      const std::string name = "the category '" + std::string(row.id) + "'";
      Reason reason = {"the result lacks " + name, "run Lighthouse with it", true};
      if (!row.exists_in(major_)) {
        reason = {"Lighthouse " + version_ + " has no category '" + std::string(row.id) + "'",
                  "take the budget out, or measure with another Lighthouse", false};
      } else if (!only_categories_.empty() && !contains(only_categories_, row.id)) {
        reason = left_out(name, "onlyCategories");
      } else if (!only_audits_.empty()) {
        reason = left_out(name, "onlyAudits");
      } else if (mode_ != "navigation") {
        reason = {"a " + printable(mode_) + " does not score " + name, "budget a navigation", false};
      }
      leave_open(std::string(kFamily) + "score." + std::string(row.id), std::move(reason), "/categories");
    }
  }

  static Reason left_out(const std::string& what, const std::string& setting) {
    return {"'" + setting + "' of the Lighthouse settings leaves out " + what, "run Lighthouse with it", true};
  }

  /// Why the result has no audit `id`, which is one of the known ones.
  Reason missing(std::string_view id) const {
    const std::string name = "the audit '" + std::string(id) + "'";
    const AuditRow* row = find_known_audit(id);
    if (row != nullptr && !row->exists_in(major_)) {
      return row->last != 0 && major_ > row->last ? removed(*row) : not_yet(*row);
    }
    if (contains(skip_audits_, id)) {
      return left_out(name, "skipAudits");
    }
    if (mode_ == "snapshot") {
      return {"a snapshot does not run " + name, "budget a navigation or a timespan", false};
    }
    if (row != nullptr && row->short_name == "inp" && mode_ == "navigation") {
      return {"only a timespan step of a user flow runs " + name, "budget a timespan", false};
    }
    if (!only_audits_.empty() && !contains(only_audits_, id)) {
      return left_out(name, "onlyAudits");
    }
    if (!only_categories_.empty()) {
      return left_out(name, "onlyCategories");
    }
    if (mode_ == "timespan") {
      return {"a timespan does not run " + name, "budget a navigation", false};
    }
    return {"the result lacks " + name, "run Lighthouse with it", true};
  }

  Reason removed(const AuditRow& row) const {
    std::string reason = "Lighthouse " + version_ + " has no audit '" + std::string(row.id) + "' (gone since version " +
                         std::to_string(row.last + 1);
    std::string hint =
        row.instead.empty() ? "take the budget out" : "budget '" + std::string(row.instead) + "' instead";
    if (row.successor.empty()) {
      return {reason + ")", hint, false};
    }
    reason += ", replaced by '" + std::string(row.successor) + "'";
    const AuditRow* successor = find_known_audit(row.successor);
    if (successor != nullptr && successor->number && successor->exists_in(major_)) {
      return {reason + ")", "budget '" + audit_metric(row.successor) + "'", false};
    }
    return {reason + ", which has no number)", hint, false};
  }

  Reason not_yet(const AuditRow& row) const {
    const AuditRow* predecessor = numeric_predecessor(row.id, major_);
    return {"Lighthouse " + version_ + " has no number for the audit '" + std::string(row.id) + "' yet (version " +
                std::to_string(row.first) + " has)",
            predecessor != nullptr ? "budget '" + audit_metric(predecessor->id) + "'"
                                   : "measure with Lighthouse " + std::to_string(row.first) + " or newer",
            false};
  }

  const json::Value& lhr_;
  const UserTimings& timings_;
  const LighthousePlace& place_;
  Facts& facts_;
  LighthouseOutcome outcome_;
  std::string version_;  ///< printable
  int major_ = 0;
  std::string_view mode_;
  std::vector<std::string> only_audits_;
  std::vector<std::string> skip_audits_;
  std::vector<std::string> only_categories_;
  std::map<std::string_view, const json::Value*> audits_;
  Labels labels_;
  std::string source_;
  std::set<std::string> answered_;  ///< metrics that have a sample or a reason
  std::vector<std::string> failed_audits_;
};

}  // namespace

void select_lighthouse_result(json::Selector& wanted, const std::string& prefix, UserTimings& timings) {
  for (const std::string_view path : {"lighthouseVersion",
                                      "requestedUrl",
                                      "finalDisplayedUrl",
                                      "finalUrl",
                                      "gatherMode",
                                      "runWarnings/*",
                                      "runtimeError/code",
                                      "runtimeError/message",
                                      "environment/benchmarkIndex",
                                      "configSettings/formFactor",
                                      "configSettings/throttlingMethod",
                                      "configSettings/throttling/*",
                                      "configSettings/onlyCategories/*",
                                      "configSettings/onlyAudits/*",
                                      "configSettings/skipAudits/*",
                                      "categories/*/score",
                                      "categories/*/auditRefs/*/id",
                                      "categories/*/auditRefs/*/weight",
                                      "audits/resource-summary/details/items/*/resourceType",
                                      "audits/resource-summary/details/items/*/transferSize",
                                      "audits/resource-summary/details/items/*/size",
                                      "audits/resource-summary/details/items/*/requestCount"}) {
    wanted.keep(prefix + std::string(path));
  }
  // A key that is spelled hides the star, so the two audits whose details are wanted are named for all the rest too.
  for (const std::string_view audit : {"*", "resource-summary", "user-timings"}) {
    for (const std::string_view key : {"scoreDisplayMode", "numericValue", "numericUnit", "errorMessage"}) {
      wanted.keep(prefix + "audits/" + std::string(audit) + "/" + std::string(key));
    }
  }
  const std::string timing = prefix + "audits/user-timings/details/items/*";
  for (const std::string_view key : {"name", "timingType", "startTime", "duration"}) {
    wanted.keep(timing + "/" + std::string(key));
  }
  wanted.each(timing, [&timings](std::string_view /*key*/, json::Value&& item) {
    timings.add(item);
    return true;
  });
}

LighthouseOutcome collect_lighthouse_result(const json::Value& lhr, const UserTimings& timings,
                                            const LighthousePlace& place, Facts& facts) {
  return ResultCollector(lhr, timings, place, facts).run();
}

}  // namespace budgetcheck
