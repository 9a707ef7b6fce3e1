#include "collect/merge_samples.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// How often a route was called adds up over inputs, as the distributions of what it answered do.
bool counts_requests_of_route(const Sample& sample) {
  return sample.metric == "payload.requests" && sample.where.find("route") != nullptr &&
         sample.where.find("page") == nullptr;
}

/// Appends `from` to `into`; false when both are single values (or rates) that contradict each other.
bool join(Sample& into, const Sample& from) {
  into.lower_bound = into.lower_bound || from.lower_bound;
  if (into.lower_bound_reason.empty()) {
    into.lower_bound_reason = from.lower_bound_reason;
  }
  if (from.failures_within) {
    Rate sum = into.failures_within.value_or(Rate{});
    sum.events += from.failures_within->events;
    sum.n += from.failures_within->n;
    into.failures_within = sum;
  }
  if (auto* runs = std::get_if<Runs>(&into.value)) {
    if (const auto* more = std::get_if<Runs>(&from.value)) {
      runs->insert(runs->end(), more->begin(), more->end());
      return true;
    }
  }
  if (auto* distribution = std::get_if<Distribution>(&into.value)) {
    if (const auto* more = std::get_if<Distribution>(&from.value)) {
      distribution->merge(*more);
      return true;
    }
  }
  if (auto* runs = std::get_if<QuantileRuns>(&into.value)) {
    if (const auto* more = std::get_if<QuantileRuns>(&from.value)) {
      runs->insert(runs->end(), more->begin(), more->end());
      return told_stat(into, Stat::kMedian).has_value();  // runs that tell nothing in common are not runs of one thing
    }
  }
  if (auto* rate = std::get_if<Rate>(&into.value)) {
    if (const auto* more = std::get_if<Rate>(&from.value)) {
      rate->events += more->events;
      rate->n += more->n;
      return true;
    }
  }
  auto* a = std::get_if<Single>(&into.value);
  const auto* b = std::get_if<Single>(&from.value);
  if (a != nullptr && b != nullptr && counts_requests_of_route(into)) {
    *a += *b;
    return true;
  }
  return a != nullptr && b != nullptr && *a == *b;
}

/// A page that several captures hold was visited several times: its sums are runs, in whichever form they came.
void count_as_visit(Sample& sample) {
  const auto* single = std::get_if<Single>(&sample.value);
  if (single != nullptr && sample.metric.starts_with("payload.") && sample.where.find("page") != nullptr) {
    sample.value = Runs{*single};
  }
}

void blame(Facts& facts, const Sample& first, const Sample& second, const std::string& what) {
  for (Input& input : facts.inputs) {
    if (input.path == second.location.file && input.state == InputState::kRead) {
      input.state = InputState::kIncomplete;
      const std::string labels = to_string(second.where);
      const std::string where = labels.empty() ? "" : fmt::format(" ({})", printable(labels));
      input.message =
          fmt::format("measures {}{} like '{}', but {}", second.metric, where, printable(first.location.file), what);
      input.hint = "pass one of the two, or check each with an --app of its own";
    }
  }
}

}  // namespace

void merge_samples(Facts& facts) {
  std::map<std::pair<std::string, Labels>, std::size_t> seen;
  std::vector<Sample> merged;
  for (Sample& sample : facts.samples) {
    const auto [at, is_new] = seen.try_emplace({sample.metric, sample.where}, merged.size());
    if (is_new) {
      merged.push_back(std::move(sample));
      continue;
    }
    Sample& first = merged[at->second];
    count_as_visit(first);
    count_as_visit(sample);
    if (first.source != sample.source) {
      blame(facts, first, sample, "of another origin, throttling or tool version");
    } else if (!join(first, sample)) {
      blame(facts, first, sample, "with another value");
    }
  }
  facts.samples = std::move(merged);
}

}  // namespace budgetcheck
