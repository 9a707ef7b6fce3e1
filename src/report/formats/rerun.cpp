#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "json/writer.h"
#include "report/format.h"
#include "results/write.h"

namespace budgetcheck {
namespace {

constexpr int kRuns = 10;

/// More runs can answer it: its question is one of noise, and it was measured run by run. A sum of which a part is
/// missing stays unknown however often it is measured, and a share or a percentile of values needs load, not runs.
bool runs_can_answer(const Verdict& verdict, const Report& report) {
  static constexpr std::array<std::string_view, 5> kCodes{"RERUN", "LIMIT_STRADDLED", "TOO_FEW_RUNS", "STALE_BASE",
                                                          "ENV_MISMATCH"};
  if (verdict.status != Status::kInconclusive ||
      std::find(kCodes.begin(), kCodes.end(), verdict.code) == kCodes.end()) {
    return false;
  }
  return std::any_of(report.samples.begin(), report.samples.end(), [&](const Sample& sample) {
    const bool is_it = sample.metric == verdict.metric && sample.where == verdict.where;
    const bool has_runs = std::holds_alternative<Runs>(sample.value) || std::holds_alternative<Single>(sample.value) ||
                          std::holds_alternative<QuantileRuns>(sample.value);
    return is_it && has_runs && !sample.lower_bound;
  });
}

/// "ABBAABBA…": base and head take turns, and neither is always first.
std::string turns() {
  std::string out;
  for (int i = 0; i < kRuns; ++i) {
    out += i % 2 == 0 ? "AB" : "BA";
  }
  return out;
}

}  // namespace

std::string render_rerun(const Report& report, const Rendering& /*rendering*/) {
  json::Writer w;
  w.begin_object();
  w.member("version", 1);
  w.member("base_commit", report.base.commit).member("head_commit", report.commit);
  w.key("reruns").begin_array();
  for (const Verdict& verdict : report.verdicts) {
    if (!runs_can_answer(verdict, report)) {
      continue;
    }
    w.begin_object();
    w.member("budget", verdict.budget).member("metric", verdict.metric);
    write_where(w, verdict.where);
    w.member("code", verdict.code).member("runs", kRuns).member("order", turns());
    w.end_object();
  }
  w.end_array();
  w.end_object();
  return w.take();
}

}  // namespace budgetcheck
