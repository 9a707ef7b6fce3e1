#include "collect/lab/webpagetest.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/http/page_identity.h"
#include "collect/http/page_label.h"
#include "collect/http/redirect.h"
#include "collect/lab/lab_run.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kFamily = "wpt.";
constexpr std::size_t kMaxNotes = 4;
constexpr std::size_t kMaxName = 100;
constexpr std::string_view kTestAgain = "test the page again, and read the result when the test has ended";
constexpr std::string_view kNotCaptured =
    "test with a browser and with settings that measure it (video for what is seen)";
constexpr int kFirstError = 400;
constexpr int kNotModified = 304;

/// Names as WebPageTest's documentation of page-level metrics has them.
const std::vector<LabMetric>& metrics() {
  static const std::vector<LabMetric> kMetrics{
      {"wpt.ttfb", {"TTFB"}},
      {"wpt.start-render", {"render"}},
      {"wpt.fcp", {"firstContentfulPaint", "chromeUserTiming.firstContentfulPaint"}},
      {"wpt.lcp", {"chromeUserTiming.LargestContentfulPaint"}},
      {"wpt.cls", {"chromeUserTiming.CumulativeLayoutShift"}, Unit::kNone, false},
      {"wpt.tbt", {"TotalBlockingTime"}, Unit::kMilliseconds, false},
      {"wpt.si", {"SpeedIndex"}},
      {"wpt.visually-complete", {"visualComplete"}},
      {"wpt.load", {"loadTime"}},
      {"wpt.fully-loaded", {"fullyLoaded"}},
      {"wpt.bytes", {"bytesIn"}, Unit::kBytes},
      {"wpt.requests", {"requestsFull"}, Unit::kCount},
  };
  return kMetrics;
}

constexpr std::array<std::string_view, 2> kViews{"firstView", "repeatView"};

void select_view(json::Selector& wanted, const std::string& prefix) {
  for (const LabMetric& metric : metrics()) {
    for (const std::string_view path : metric.paths) {
      wanted.keep(prefix + std::string(path));
    }
  }
  for (const std::string_view path : {"result", "URL", "final_url", "eventName", "browser_name", "browser_version",
                                      "userTimes/*", "requests/*/responseCode"}) {
    wanted.keep(prefix + std::string(path));
  }
}

/// Numbers stand as texts too.
int integer_of(const json::Value* value) {
  if (value == nullptr) {
    return 0;
  }
  std::optional<double> number;
  if (value->number() != nullptr) {
    number = *value->number();
  } else if (value->string() != nullptr) {
    number = parse_number(*value->string());
  }
  constexpr double kMost = 1e6;
  return number && *number >= 0 && *number < kMost ? static_cast<int>(*number) : 0;
}

/// The status of the page's document: the first request that is no redirect.
int document_status(const json::Value& view) {
  const json::Value* requests = view.find("requests");
  if (const json::Array* list = requests == nullptr ? nullptr : requests->array()) {
    for (const json::Value& request : *list) {
      const int status = integer_of(request.find("responseCode"));
      if (status < 300 || status >= kFirstError || status == kNotModified) {
        return status;
      }
    }
  }
  return 0;
}

/// A name of the file, safe to show.
std::string shown(std::string_view name) { return shorten(printable(without_query_strings(name)), kMaxName); }

class ResultCollector {
 public:
  ResultCollector(const std::string& file, Account& account, Facts& facts)
      : file_(file), account_(account), facts_(facts) {}

  void collect(const json::Value& data, const std::string& pointer) {
    asked_ = data.string_or("testUrl", data.string_or("url", ""));
    const json::Value* runs = data.find("runs");
    const json::Object* by_number = runs == nullptr ? nullptr : runs->object();
    if (by_number == nullptr || by_number->empty()) {
      account_.incomplete("the result has no runs", kTestAgain, kFamily, {file_, 0, 0, pointer}, facts_);
      return;
    }
    common_ = common_labels(data);
    source_ = fmt::format("WebPageTest {} {}", url_origin(asked_), data.string_or("location", ""));
    for (const json::Member& run : *by_number) {
      for (const std::string_view name : kViews) {
        const json::Value* view = run.value.find(name);
        if (view != nullptr && view->is_object()) {
          add_view(*view, name, fmt::format("{}/runs/{}/{}", pointer, shown(run.key), name));
        }
      }
    }
    if (facts_.samples.empty() && account_.input().state == InputState::kRead) {
      account_.incomplete("no run has a number", kTestAgain, kFamily, {file_, 0, 0, pointer}, facts_);
    }
  }

 private:
  static Labels common_labels(const json::Value& data) {
    Labels labels;
    const json::Value* mobile = data.find("mobile");
    if (mobile != nullptr) {
      labels.set("device", integer_of(mobile) != 0 ? "mobile" : "desktop");
    }
    const std::string_view connectivity = data.string_or("connectivity", "");
    if (!connectivity.empty()) {
      labels.set("connectivity", shown(connectivity));
    }
    return labels;
  }

  void add_view(const json::Value& view, std::string_view name, const std::string& pointer) {
    Labels where = common_;
    where.set("view", name == kViews[0] ? "first" : "repeat");
    const json::Value* steps = view.find("steps");
    const json::Array* list = steps == nullptr ? nullptr : steps->array();
    if (list == nullptr || list->empty()) {
      add_load(view, where, pointer, asked_);
      return;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
      const json::Value& step = (*list)[i];
      Labels of_step = where;
      if (list->size() > 1) {
        const std::string_view given = step.string_or("eventName", "");
        of_step.set("step", given.empty() ? fmt::format("step {}", i + 1) : shown(given));
      }
      // A later step goes where the script leads; only the first one was asked for by the test's URL.
      const std::string asked = list->size() > 1 ? std::string(step.string_or("URL", "")) : asked_;
      add_load(step, of_step, fmt::format("{}/steps/{}", pointer, i), asked);
    }
  }

  /// One load of one page.
  void add_load(const json::Value& load, Labels where, const std::string& pointer, const std::string& asked) {
    const std::string url = asked.empty() ? std::string(load.string_or("URL", "")) : asked;
    if (!url.empty()) {
      set_page(where, url);
    }
    const LabRun run{file_, pointer, source_, where};
    const std::string fault = fault_of(load, url);
    if (!fault.empty()) {
      account_.incomplete(fmt::format("'{}' {}", pointer, fault), kTestAgain);
      leave_lab_run_open(kFamily, fmt::format("a run {}", fault), kTestAgain, run, facts_);
      return;
    }
    add_lab_metrics(metrics(), load, run, kNotCaptured, facts_);
    const json::Value* times = load.find("userTimes");
    if (const json::Object* marks = times == nullptr ? nullptr : times->object()) {
      for (const json::Member& mark : *marks) {
        const double* ms = mark.value.number();
        if (ms != nullptr && std::isfinite(*ms) && *ms >= 0) {
          add_lab_sample("wpt.user-timing." + shown(mark.key), Unit::kMilliseconds, *ms, run, facts_);
        }
      }
    }
  }

  /// Why the load's numbers are not those of the page; empty: they are.
  static std::string fault_of(const json::Value& load, const std::string& asked) {
    constexpr int kFailedParts = 99999;  // the page is whole, and something in it was not found
    const int result = integer_of(load.find("result"));
    if (result != 0 && result != kFailedParts) {
      return fmt::format("ended with the error {} of WebPageTest", result);
    }
    if (const int status = document_status(load); status >= kFirstError) {
      return fmt::format("answered with {}, so what was measured is an error page", status);
    }
    const std::string_view reached = load.string_or("final_url", "");
    if (!asked.empty() && !reached.empty() && is_other_page(asked, reached)) {
      return fmt::format("led to '{}', and that page was measured", page_label(reached));
    }
    return {};
  }

  const std::string& file_;
  Account& account_;
  Facts& facts_;
  std::string asked_;
  std::string source_;
  Labels common_;
};

bool recognises(const Sniff& sniff) {
  const bool is_answer = sniff.has("data") && sniff.has("statusCode") && sniff.has("statusText");
  return sniff.is_object && (is_answer || (sniff.has("testUrl") && sniff.has("runs")));
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  json::Selector wanted;
  wanted.keep("statusCode").keep("statusText");
  for (const std::string_view prefix : {"", "data/"}) {
    for (const std::string_view path : {"testUrl", "url", "location", "connectivity", "mobile"}) {
      wanted.keep(std::string(prefix) + std::string(path));
    }
    for (const std::string_view view : kViews) {
      const std::string at = fmt::format("{}runs/*/{}/", prefix, view);
      select_view(wanted, at);
      select_view(wanted, at + "steps/*/");
    }
  }
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  Account account(input, kMaxNotes);
  const json::Value* data = document->find("data");
  constexpr int kComplete = 200;
  const json::Value* status = document->find("statusCode");
  if (status != nullptr && integer_of(status) != kComplete) {
    account.incomplete(fmt::format("WebPageTest has no result: '{}'", shown(document->string_or("statusText", ""))),
                       kTestAgain, kFamily, Location::of(source.path), facts);
    return {};
  }
  ResultCollector(source.path, account, facts)
      .collect(data == nullptr ? *document : *data, data == nullptr ? "" : "/data");
  return {};
}

}  // namespace

Format webpagetest_format() {
  Format format{"webpagetest", {"wpt."}, recognises, collect};
  format.is_given_as = "WebPageTest (JSON)";
  format.looks_like = {"\"testUrl\"", "\"firstView\"", "\"repeatView\"", "\"SpeedIndex\""};
  format.page =
      "WebPageTest's result as JSON: `https://www.webpagetest.org/jsonResult.php?test=ID`, or `webpagetest results "
      "ID`. "
      "First and repeat views are apart (label `view`), and each run counts as a run.";
  format.copy_is_same_run = true;
  format.finish = [](Facts& facts) { settle_pages(facts, kFamily); };
  return format;
}

}  // namespace budgetcheck
