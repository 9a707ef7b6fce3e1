#include "collect/lab/lab_run.h"

#include <fmt/format.h>

#include <cmath>

#include "collect/http/page_identity.h"
#include "collect/http/page_label.h"

namespace budgetcheck {
namespace {

/// The first number among the paths of the metric; null: none of them is one.
const double* number_of(const LabMetric& metric, const json::Value& values) {
  for (const std::string_view path : metric.paths) {
    const json::Value* found = lab_value(values, path);
    const double* number = found == nullptr ? nullptr : found->number();
    if (number != nullptr && std::isfinite(*number) && *number >= 0 && (*number > 0 || !metric.zero_is_none)) {
      return number;
    }
  }
  return nullptr;
}

}  // namespace

const json::Value* lab_value(const json::Value& run, std::string_view path) {
  const json::Value* at = &run;
  while (at != nullptr && !path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    at = at->find(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return at;
}

void add_lab_metrics(std::span<const LabMetric> metrics, const json::Value& values, const LabRun& run,
                     std::string_view hint, Facts& facts) {
  for (const LabMetric& metric : metrics) {
    if (const double* number = number_of(metric, values)) {
      add_lab_sample(std::string(metric.metric), metric.unit, *number, run, facts);
    } else {
      facts.unmeasured.push_back({std::string(metric.metric),
                                  run.where,
                                  fmt::format("a run has no '{}'", metric.paths.front()),
                                  std::string(hint),
                                  {run.file, 0, 0, run.pointer},
                                  true});
    }
  }
}

void add_lab_sample(const std::string& metric, Unit unit, double value, const LabRun& run, Facts& facts) {
  Sample sample;
  sample.metric = metric;
  sample.where = run.where;
  sample.unit = unit;
  sample.value = Runs{value};
  sample.location = {run.file, 0, 0, run.pointer};
  sample.source = run.source;
  facts.samples.push_back(std::move(sample));
}

void leave_lab_run_open(std::string_view family, const std::string& reason, std::string_view hint, const LabRun& run,
                        Facts& facts) {
  facts.unmeasured.push_back(
      {std::string(family), run.where, reason, std::string(hint), {run.file, 0, 0, run.pointer}, true});
}

void set_page(Labels& labels, std::string_view url) {
  labels.set("page", page_label(url));
  if (std::string host = host_label_of(url); !host.empty()) {
    labels.set("host", std::move(host));
  }
}

std::string device_of_agent(std::string_view user_agent) {
  if (user_agent.empty()) {
    return {};
  }
  return user_agent.find("Mobile") != std::string_view::npos ? "mobile" : "desktop";
}

}  // namespace budgetcheck
