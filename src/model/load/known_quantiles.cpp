#include "model/load/known_quantiles.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"

namespace budgetcheck {
namespace {

/// 0.95 and 95 / 100.0 are one quantile.
constexpr double kSame = 1e-9;

bool is_before(const KnownQuantiles::Point& point, double q) { return point.q < q - kSame; }

}  // namespace

void KnownQuantiles::add(double q, double value) {
  const auto at = std::lower_bound(points.begin(), points.end(), q, is_before);
  if (at == points.end() || at->q > q + kSame) {
    points.insert(at, {q, value});
  }
}

std::optional<double> KnownQuantiles::at(double q) const {
  const auto found = std::lower_bound(points.begin(), points.end(), q, is_before);
  return found == points.end() || found->q > q + kSame ? std::nullopt : std::optional<double>(found->value);
}

std::string quantile_name(double q) {
  constexpr int kDigits = 7;
  return "p" + format_rounded(q * 100, kDigits);
}

std::optional<double> parse_quantile_name(std::string_view name) {
  if (name.size() < 2 || name.front() != 'p') {
    return std::nullopt;
  }
  const std::optional<double> percent = parse_number(name.substr(1));
  return percent && *percent > 0 && *percent < 100 ? std::optional<double>(*percent / 100) : std::nullopt;
}

std::string told_quantiles(const QuantileRuns& runs) {
  std::vector<std::string> names;
  if (runs.empty()) {
    return "none";
  }
  const auto all = [&](const auto& tells) { return std::all_of(runs.begin(), runs.end(), tells); };
  for (const KnownQuantiles::Point& point : runs.front().points) {
    if (all([&](const KnownQuantiles& run) { return run.at(point.q).has_value(); })) {
      names.push_back(quantile_name(point.q));
    }
  }
  if (all([](const KnownQuantiles& run) { return run.mean.has_value(); })) {
    names.emplace_back("mean");
  }
  if (all([](const KnownQuantiles& run) { return run.min.has_value(); })) {
    names.emplace_back("min");
  }
  if (all([](const KnownQuantiles& run) { return run.max.has_value(); })) {
    names.emplace_back("max");
  }
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  }
  return out.empty() ? "none" : out;
}

}  // namespace budgetcheck
