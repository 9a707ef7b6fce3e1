#include "results/trim.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "json/document.h"
#include "json/stream/select.h"
#include "json/writer.h"
#include "results/environment.h"
#include "results/write.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRuns = 64;
constexpr double kThousandths = 1000;
constexpr int kDigits = 6;

/// A thousandth of a millisecond or of a byte is smaller than any noise; whole numbers stay exact.
double rounded(double value) {
  if (!std::isfinite(value) || value == std::floor(value)) {
    return value;
  }
  if (std::abs(value) >= 1) {
    return std::round(value * kThousandths) / kThousandths;
  }
  const double scale = std::pow(10.0, kDigits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
  return std::isfinite(scale) ? std::round(value * scale) / scale : 0;
}

/// At most kMaxRuns, spread evenly over the job, so that a drift within it stays visible.
Runs kept_runs(const Runs& runs) {
  Runs out;
  const std::size_t count = std::min(runs.size(), kMaxRuns);
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(rounded(runs[i * runs.size() / count]));
  }
  return out;
}

Sample trimmed(const Sample& sample) {
  Sample out = sample;
  out.location = {};
  out.lower_bound_reason.clear();
  out.base_runs.clear();
  out.base_quantiles.clear();
  if (const auto* single = std::get_if<Single>(&sample.value)) {
    out.value = rounded(*single);
  } else if (const auto* runs = std::get_if<Runs>(&sample.value)) {
    out.value = kept_runs(*runs);
  }
  if (out.history) {
    for (std::optional<double>* number : {&out.history->s_run, &out.history->s_diff, &out.history->max}) {
      if (*number) {
        *number = rounded(**number);
      }
    }
    std::transform(out.history->last.begin(), out.history->last.end(), out.history->last.begin(), rounded);
  }
  return out;
}

/// The last values only of what has a budget: otherwise they are half of a record, and earlier records have them too.
void write_samples(json::Writer& w, const std::vector<Sample>& samples, const std::vector<StoredVerdict>& verdicts) {
  std::set<std::pair<std::string, Labels>> judged;
  for (const StoredVerdict& verdict : verdicts) {
    judged.emplace(verdict.metric, verdict.where);
  }
  w.key("samples").begin_array();
  for (const Sample& sample : samples) {
    if (is_writable(sample)) {
      Sample kept = trimmed(sample);
      if (kept.history && !judged.contains({sample.metric, sample.where})) {
        kept.history->last.clear();
      }
      write_sample(w, kept);
    }
  }
  w.end_array();
}

void write_findings(json::Writer& w, const std::vector<Finding>& findings) {
  if (findings.empty()) {
    return;
  }
  w.key("findings").begin_array();
  for (const Finding& finding : findings) {
    w.begin_object();
    w.member("rule", finding.rule).member("level", to_string(finding.level)).member("key", finding.key);
    if (std::isfinite(finding.magnitude)) {
      w.member("magnitude", rounded(finding.magnitude));
    }
    write_location(w, "location", finding.location);
    w.end_object();
  }
  w.end_array();
}

void write_parts(json::Writer& w, const std::vector<Part>& parts) {
  if (parts.empty()) {
    return;
  }
  w.key("parts").begin_array();
  for (const Part& part : parts_for_record(parts)) {
    write_part(w, part);
  }
  w.end_array();
}

void write_verdicts(json::Writer& w, const std::vector<StoredVerdict>& verdicts) {
  if (verdicts.empty()) {
    return;
  }
  w.key("verdicts").begin_array();
  for (const StoredVerdict& verdict : verdicts) {
    w.begin_object();
    w.member("budget", verdict.budget).member("metric", verdict.metric);
    write_where(w, verdict.where);
    w.member("status", verdict.status).member("code", verdict.code);
    w.end_object();
  }
  w.end_array();
}

}  // namespace

json::Value trim_results(const Results& results, const std::string& outcome,
                         const std::vector<StoredVerdict>& verdicts) {
  json::Writer w;
  w.begin_object();
  w.member("version", 1);
  if (!outcome.empty()) {
    w.member("outcome", outcome);
  }
  if (!results.measured_at.empty()) {
    w.member("measured_at", results.measured_at);
  }
  if (!results.env.empty()) {
    w.key("env");
    write_environment(w, results.env);
  }
  write_samples(w, results.samples, verdicts);
  write_findings(w, results.findings);
  write_parts(w, results.parts);
  write_verdicts(w, verdicts);
  if (!results.budgets.is_null()) {
    w.key("budgets").value(results.budgets);
  }
  w.end_object();
  json::Selector everything;
  everything.keep("*");
  Expected<json::Value> value = json::select_text("results", w.take(), everything);
  if (!value) {
    throw InternalError(fmt::format("trimmed results cannot be read back: {}", value.error().message));
  }
  return std::move(*value);
}

}  // namespace budgetcheck
