#include "model/sample.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "base/error.h"

namespace budgetcheck {
namespace {

struct StatRow {
  Stat stat;
  std::string_view name;
  double q;  ///< the quantile; unused for the mean
};

constexpr std::array<StatRow, 8> kStats{{{Stat::kMedian, "median", 0.5},
                                         {Stat::kMean, "mean", 0},
                                         {Stat::kMin, "min", 0},
                                         {Stat::kMax, "max", 1},
                                         {Stat::kP75, "p75", 0.75},
                                         {Stat::kP90, "p90", 0.9},
                                         {Stat::kP95, "p95", 0.95},
                                         {Stat::kP99, "p99", 0.99}}};

const StatRow& row_of(Stat stat) {
  return *std::find_if(kStats.begin(), kStats.end(), [&](const StatRow& row) { return row.stat == stat; });
}

/// Nothing: it does not tell it.
std::optional<double> told_by(const KnownQuantiles& run, Stat stat) {
  switch (stat) {
    case Stat::kMean:
      return run.mean;
    case Stat::kMin:
      return run.min;
    case Stat::kMax:
      return run.max;
    default:
      return run.at(row_of(stat).q);
  }
}

struct Aggregate {
  Stat stat;

  double operator()(Single value) const { return value; }
  double operator()(const Rate& rate) const {
    return rate.n == 0 ? 0 : static_cast<double>(rate.events) / static_cast<double>(rate.n);
  }
  double operator()(const Runs& runs) const {
    if (runs.empty()) {
      return 0;
    }
    if (stat == Stat::kMean) {
      return std::accumulate(runs.begin(), runs.end(), 0.0) / static_cast<double>(runs.size());
    }
    return quantile(runs, row_of(stat).q);
  }
  double operator()(const Distribution& d) const {
    if (stat == Stat::kMean) {
      return d.count() == 0 ? 0 : d.sum() / static_cast<double>(d.count());
    }
    return d.quantile(row_of(stat).q);
  }
  double operator()(const QuantileRuns& runs) const {
    const Runs values = told_by_each(runs, stat);
    if (values.empty()) {
      throw InternalError("a stat was asked for that known quantiles do not tell");
    }
    constexpr double kMiddle = 0.5;
    return quantile(values, kMiddle);
  }
};

struct Count {
  std::uint64_t operator()(Single /*value*/) const { return 1; }
  std::uint64_t operator()(const Rate& rate) const { return rate.n; }
  std::uint64_t operator()(const Runs& runs) const { return runs.size(); }
  std::uint64_t operator()(const Distribution& d) const { return d.count(); }
  std::uint64_t operator()(const QuantileRuns& runs) const {
    return std::accumulate(runs.begin(), runs.end(), std::uint64_t{0},
                           [](std::uint64_t n, const KnownQuantiles& run) { return n + run.n; });
  }
};

}  // namespace

std::string_view to_string(Stat stat) { return row_of(stat).name; }

bool parse_stat(std::string_view name, Stat& stat) {
  const auto* found = std::find_if(kStats.begin(), kStats.end(), [&](const StatRow& row) { return row.name == name; });
  if (found == kStats.end()) {
    return false;
  }
  stat = found->stat;
  return true;
}

const std::vector<std::string>& stat_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const StatRow& row : kStats) {
      names.emplace_back(row.name);
    }
    return names;
  }();
  return kNames;
}

std::optional<double> quantile_of(Stat stat) {
  const bool is_quantile = stat != Stat::kMean && stat != Stat::kMin && stat != Stat::kMax;
  return is_quantile ? std::optional<double>(row_of(stat).q) : std::nullopt;
}

bool tells(const Sample& sample, Stat stat) {
  const auto* runs = std::get_if<QuantileRuns>(&sample.value);
  return runs == nullptr || (!runs->empty() && std::all_of(runs->begin(), runs->end(), [&](const KnownQuantiles& run) {
           return told_by(run, stat).has_value();
         }));
}

std::optional<Stat> told_stat(const Sample& sample, Stat wanted) {
  if (tells(sample, wanted)) {
    return wanted;
  }
  static constexpr std::array kRising{Stat::kMedian, Stat::kP75, Stat::kP90, Stat::kP95, Stat::kP99};
  std::vector<Stat> order;
  const auto from = std::find(kRising.begin(), kRising.end(), wanted);
  order.insert(order.end(), from, kRising.end());
  order.insert(order.end(), std::make_reverse_iterator(from), kRising.rend());
  order.insert(order.end(), {Stat::kMax, Stat::kMean, Stat::kMin});
  const auto found = std::find_if(order.begin(), order.end(), [&](Stat stat) { return tells(sample, stat); });
  return found == order.end() ? std::nullopt : std::optional<Stat>(*found);
}

Runs told_by_each(const QuantileRuns& runs, Stat stat) {
  Runs values;
  for (const KnownQuantiles& run : runs) {
    if (const std::optional<double> value = told_by(run, stat)) {
      values.push_back(*value);
    }
  }
  return values.size() == runs.size() ? values : Runs();
}

double aggregate(const Sample& sample, Stat stat) { return std::visit(Aggregate{stat}, sample.value); }

std::uint64_t run_count(const Sample& sample) { return std::visit(Count{}, sample.value); }

}  // namespace budgetcheck
