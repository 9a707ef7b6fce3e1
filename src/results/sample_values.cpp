#include "results/sample_values.h"

#include <cmath>

#include "results/fields.h"

namespace budgetcheck {
namespace {

std::optional<KnownQuantiles> known_quantiles_of(const json::Value& told, double scale) {
  if (told.object() == nullptr) {
    return std::nullopt;
  }
  KnownQuantiles run;
  for (const json::Member& member : *told.object()) {
    if (member.key == "n") {
      const std::optional<std::uint64_t> count = count_of(&member.value);
      if (!count) {
        return std::nullopt;
      }
      run.n = *count;
      continue;
    }
    const std::optional<double> number = number_in(&member.value);
    if (!number || !std::isfinite(*number * scale)) {
      return std::nullopt;
    }
    const double value = *number * scale;
    if (member.key == "mean") {
      run.mean = value;
    } else if (member.key == "min") {
      run.min = value;
    } else if (member.key == "max") {
      run.max = value;
    } else if (const std::optional<double> q = parse_quantile_name(member.key)) {
      run.add(*q, value);
    } else {
      return std::nullopt;
    }
  }
  return run.empty() ? std::nullopt : std::optional<KnownQuantiles>(run);
}

}  // namespace

std::optional<double> number_in(const json::Value* value) {
  return value != nullptr && value->number() != nullptr ? std::optional<double>(*value->number()) : std::nullopt;
}

std::optional<Rate> rate_of(const json::Value& object) {
  const std::optional<std::uint64_t> events = count_of(object.find("events"));
  const std::optional<std::uint64_t> n = count_of(object.find("n"));
  return events && n && *events <= *n ? std::optional<Rate>(Rate{*events, *n}) : std::nullopt;
}

std::optional<QuantileRuns> quantile_runs_of(const json::Value& told, double scale) {
  QuantileRuns runs;
  const json::Array one{told};
  for (const json::Value& each : told.array() != nullptr ? *told.array() : one) {
    std::optional<KnownQuantiles> run = known_quantiles_of(each, scale);
    if (!run) {
      return std::nullopt;
    }
    runs.push_back(std::move(*run));
  }
  return runs.empty() ? std::nullopt : std::optional<QuantileRuns>(std::move(runs));
}

}  // namespace budgetcheck
