#include "collect/lab/browsertime.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "collect/account.h"
#include "collect/http/page_identity.h"
#include "collect/http/page_label.h"
#include "collect/http/redirect.h"
#include "collect/lab/lab_run.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kFamily = "browsertime.";
constexpr std::size_t kMaxNotes = 4;
constexpr std::size_t kMaxName = 100;
constexpr std::size_t kMaxResults = 10'000;
constexpr std::string_view kMeasureAgain = "look at the errors in Browsertime's log, and measure again";
constexpr std::string_view kNotCaptured =
    "measure with a browser and with settings that have it (--visualMetrics for what is seen)";

/// The lists of a result that hold an element for each iteration, and what is read of it.
struct PerIteration {
  std::string_view list;
  std::vector<std::string_view> paths;
};
const std::vector<PerIteration>& lists() {
  static const std::vector<PerIteration> kLists{
      {"googleWebVitals",
       {"ttfb", "firstContentfulPaint", "largestContentfulPaint", "cumulativeLayoutShift", "totalBlockingTime",
        "interactionToNextPaint"}},
      {"browserScripts",
       {"browser/userAgent", "pageinfo/url", "pageinfo/cumulativeLayoutShift", "timings/ttfb",
        "timings/paintTiming/first-contentful-paint", "timings/largestContentfulPaint/renderTime",
        "timings/largestContentfulPaint/loadTime", "timings/interactionToNextPaint",
        "timings/pageTimings/domContentLoadedTime", "timings/pageTimings/pageLoadTime",
        "timings/userTimings/marks/*/name", "timings/userTimings/marks/*/startTime",
        "timings/userTimings/measures/*/name", "timings/userTimings/measures/*/duration"}},
      {"visualMetrics", {"SpeedIndex", "FirstVisualChange", "LastVisualChange", "VisualComplete85"}},
      {"cpu", {"longTasks/totalBlockingTime"}},
      {"fullyLoaded", {""}},
      {"errors", {"*"}},
  };
  return kLists;
}

/// Paths begin with the list that the element of this iteration stands in.
const std::vector<LabMetric>& metrics() {
  static const std::vector<LabMetric> kMetrics{
      {"browsertime.ttfb", {"googleWebVitals/ttfb", "browserScripts/timings/ttfb"}},
      {"browsertime.fcp",
       {"googleWebVitals/firstContentfulPaint", "browserScripts/timings/paintTiming/first-contentful-paint"}},
      {"browsertime.lcp",
       {"googleWebVitals/largestContentfulPaint", "browserScripts/timings/largestContentfulPaint/renderTime",
        "browserScripts/timings/largestContentfulPaint/loadTime"}},
      {"browsertime.cls",
       {"googleWebVitals/cumulativeLayoutShift", "browserScripts/pageinfo/cumulativeLayoutShift"},
       Unit::kNone,
       false},
      {"browsertime.tbt",
       {"googleWebVitals/totalBlockingTime", "cpu/longTasks/totalBlockingTime"},
       Unit::kMilliseconds,
       false},
      {"browsertime.inp", {"googleWebVitals/interactionToNextPaint", "browserScripts/timings/interactionToNextPaint"}},
      {"browsertime.si", {"visualMetrics/SpeedIndex"}},
      {"browsertime.first-visual-change", {"visualMetrics/FirstVisualChange"}},
      {"browsertime.last-visual-change", {"visualMetrics/LastVisualChange"}},
      {"browsertime.visual-complete-85", {"visualMetrics/VisualComplete85"}},
      {"browsertime.dom-content-loaded", {"browserScripts/timings/pageTimings/domContentLoadedTime"}},
      {"browsertime.load", {"browserScripts/timings/pageTimings/pageLoadTime"}},
      {"browsertime.fully-loaded", {"fullyLoaded"}},
  };
  return kMetrics;
}

void select_result(json::Selector& wanted, const std::string& prefix) {
  for (const std::string_view path : {"info/url", "info/alias", "info/browser/name", "info/browser/userAgent",
                                      "info/connectivity/profile", "markedAsFailure", "failureMessages/*"}) {
    wanted.keep(prefix + std::string(path));
  }
  for (const PerIteration& list : lists()) {
    for (const std::string_view path : list.paths) {
      wanted.keep(fmt::format("{}{}/*{}{}", prefix, list.list, path.empty() ? "" : "/", path));
    }
  }
}

/// A name or a sentence of the file, safe to show.
std::string shown(std::string_view text) { return shorten(printable(without_query_strings(text)), kMaxName); }

class ResultCollector {
 public:
  ResultCollector(const std::string& file, Account& account, Facts& facts)
      : file_(file), account_(account), facts_(facts) {}

  void add(const json::Value& result, const std::string& pointer) {
    ++results_;
    const json::Value* info = result.find("info");
    asked_ = info == nullptr ? std::string() : std::string(info->string_or("url", ""));
    run_ = {file_, pointer, fmt::format("Browsertime {}", url_origin(asked_)), labels_of(result, info)};
    const json::Value* failed = result.find("markedAsFailure");
    const bool is_failed = failed != nullptr && failed->number() != nullptr && *failed->number() != 0;
    if (asked_.empty()) {
      give_up(is_failed ? "Browsertime marked the test as failed" : "a result names no page");
      return;
    }
    const std::size_t before = facts_.samples.size();
    const std::size_t iterations = iterations_of(result);
    for (std::size_t i = 0; i < iterations; ++i) {
      add_iteration(result, i, pointer);
    }
    if (is_failed && account_.input().state == InputState::kRead) {
      account_.incomplete("Browsertime marked the test as failed", kMeasureAgain);
    }
    if (facts_.samples.size() == before && account_.input().state == InputState::kRead) {
      give_up(fmt::format("no iteration of '{}' has a number", page_label(asked_)));
    }
  }

  std::size_t results() const { return results_; }

 private:
  void give_up(const std::string& why) {
    account_.incomplete(why, kMeasureAgain);
    leave_lab_run_open(kFamily, why, kMeasureAgain, run_, facts_);
  }

  Labels labels_of(const json::Value& result, const json::Value* info) const {
    Labels labels;
    if (!asked_.empty()) {
      set_page(labels, asked_);
    }
    const auto set = [&](std::string_view name, const json::Value* value) {
      if (value != nullptr && value->string() != nullptr && !value->string()->empty()) {
        labels.set(name, shown(*value->string()));
      }
    };
    if (info != nullptr) {
      set("step", info->find("alias"));
      set("browser", info->at({"browser", "name"}));
      set("connectivity", info->at({"connectivity", "profile"}));
      const json::Value* agent = info->at({"browser", "userAgent"});
      const json::Value* scripts = element(result, "browserScripts", 0);
      const bool is_said = agent != nullptr && agent->string() != nullptr && !agent->string()->empty();
      agent = is_said || scripts == nullptr ? agent : scripts->at({"browser", "userAgent"});
      const std::string device =
          agent == nullptr || agent->string() == nullptr ? std::string() : device_of_agent(*agent->string());
      if (!device.empty()) {
        labels.set("device", device);
      }
    }
    return labels;
  }

  static const json::Value* element(const json::Value& result, std::string_view list, std::size_t index) {
    const json::Value* found = result.find(list);
    const json::Array* elements = found == nullptr ? nullptr : found->array();
    return elements == nullptr || index >= elements->size() ? nullptr : &(*elements)[index];
  }

  static std::size_t iterations_of(const json::Value& result) {
    std::size_t most = 0;
    for (const PerIteration& list : lists()) {
      const json::Value* found = result.find(list.list);
      const json::Array* elements = found == nullptr ? nullptr : found->array();
      most = std::max(most, elements == nullptr ? 0 : elements->size());
    }
    return most;
  }

  void add_iteration(const json::Value& result, std::size_t index, const std::string& pointer) {
    json::Object members;
    for (const PerIteration& list : lists()) {
      if (const json::Value* value = element(result, list.list, index)) {
        members.push_back({std::string(list.list), *value});
      }
    }
    const json::Value values(std::move(members));
    LabRun run = run_;
    run.pointer = fmt::format("{}/browserScripts/{}", pointer, index);
    const std::string fault = fault_of(values);
    if (!fault.empty()) {
      account_.incomplete(fmt::format("iteration {} of '{}' {}", index + 1, page_label(asked_), fault), kMeasureAgain);
      leave_lab_run_open(kFamily, fmt::format("an iteration {}", fault), kMeasureAgain, run, facts_);
      return;
    }
    add_lab_metrics(metrics(), values, run, kNotCaptured, facts_);
    add_timings(values, "marks", "startTime", run);
    add_timings(values, "measures", "duration", run);
  }

  void add_timings(const json::Value& values, std::string_view kind, std::string_view member, const LabRun& run) {
    const json::Value* list = values.at({"browserScripts", "timings", "userTimings", kind});
    if (const json::Array* timings = list == nullptr ? nullptr : list->array()) {
      for (const json::Value& timing : *timings) {
        const json::Value* value = timing.find(member);
        const double* ms = value == nullptr ? nullptr : value->number();
        const std::string name = shown(timing.string_or("name", ""));
        if (!name.empty() && ms != nullptr && std::isfinite(*ms) && *ms >= 0) {
          add_lab_sample("browsertime.user-timing." + name, Unit::kMilliseconds, *ms, run, facts_);
        }
      }
    }
  }

  /// Why the numbers of the iteration are not those of the page; empty: they are.
  std::string fault_of(const json::Value& values) const {
    const json::Value* errors = values.find("errors");
    const json::Array* list = errors == nullptr ? nullptr : errors->array();
    if (list != nullptr && !list->empty()) {
      const std::string* text = list->front().string();
      return text == nullptr ? std::string("failed") : fmt::format("failed: '{}'", shown(*text));
    }
    const json::Value* reached = values.at({"browserScripts", "pageinfo", "url"});
    if (reached != nullptr && reached->string() != nullptr && is_other_page(asked_, *reached->string())) {
      return fmt::format("led to '{}', and that page was measured", page_label(*reached->string()));
    }
    return {};
  }

  const std::string& file_;
  Account& account_;
  Facts& facts_;
  std::string asked_;
  LabRun run_;
  std::size_t results_ = 0;
};

bool recognises(const Sniff& sniff) {
  const bool is_named = sniff.head.find("\"browsertime\"") != std::string_view::npos &&
                        sniff.head.find("\"info\"") != std::string_view::npos;
  const bool is_result = sniff.has("info") && (sniff.has("browserScripts") || sniff.has("statistics"));
  return is_named && (sniff.is_array || is_result);
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  Account account(input, kMaxNotes);
  ResultCollector results(source.path, account, facts);
  const bool is_list = sniff(source.path, *source.content, false).is_array;
  json::Selector wanted;
  select_result(wanted, is_list ? "*/" : "");
  if (is_list) {
    wanted.each("*", [&results](std::string_view index, json::Value&& result) {
      results.add(result, fmt::format("/{}", index));
      return results.results() < kMaxResults;
    });
  }
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  if (!is_list) {
    results.add(*document, "");
  }
  if (results.results() >= kMaxResults) {
    account.incomplete(fmt::format("only the first {} were read", counted(kMaxResults, "page")),
                       "measure in several parts", kFamily, Location::of(source.path), facts);
  }
  return {};
}

}  // namespace

Format browsertime_format() {
  Format format{"browsertime", {"browsertime."}, recognises, collect};
  format.is_given_as = "Browsertime or sitespeed.io (browsertime.json)";
  format.looks_like = {"\"browserScripts\"", "\"googleWebVitals\"", "\"visualMetrics\"", "\"browsertime\""};
  format.page =
      "`browsertime.json` of Browsertime (`browsertime URL -n 5 --resultDir out`), and the results that sitespeed.io "
      "stores. Each iteration is a run.";
  format.copy_is_same_run = true;
  format.finish = [](Facts& facts) { settle_pages(facts, kFamily); };
  return format;
}

}  // namespace budgetcheck
