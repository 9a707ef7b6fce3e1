#include "cli/init/init_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/glob.h"
#include "base/number.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "detect/detect.h"
#include "judge/noise/noise.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

/// A metric that is worth a budget, by these labels.
struct Pick {
  std::string_view metric;
  std::vector<std::string_view> labels;
};

const std::vector<Pick>& picks() {
  static const std::vector<Pick> kPicks{
      {"lighthouse.lcp", {"page", "device"}},
      {"lighthouse.tbt", {"page", "device"}},
      {"lighthouse.cls", {"page", "device"}},
      {"lighthouse.inp", {"page", "device"}},
      {"lighthouse.score.performance", {"page", "device"}},
      {"lighthouse.resource.script.bytes", {"page", "device"}},
      {"lighthouse.resource.total.bytes", {"page", "device"}},
      {"bundle.gzip", {"entry", "type"}},
      {"bundle.gzip", {"route", "type"}},
      {"bundle.gzip", {"asset", "type"}},
      {"bundle.gzip", {"type"}},
      {"bundle.raw", {"entry", "type"}},
      {"bundle.raw", {"route", "type"}},
      {"bundle.raw", {"type"}},
      {"bundle.duplicates", {}},
      {"payload.transfer", {"page"}},
      {"payload.requests", {"page"}},
      {"payload.decoded", {"route"}},
      {"queries.count", {"route"}},
      {"trace.http_calls", {"service", "route"}},
      {"load.duration", {"test"}},
      {"load.errors", {"test"}},
      {"queue.failures", {"queue"}},
  };
  return kPicks;
}

/// Labels of circumstances: a budget that leaves them out holds in all of them.
bool is_circumstance(std::string_view label) { return label == "throttling" || label == "mode" || label == "step"; }

/// Only with exactly these labels (and circumstances, and the app) is a sample the total of its place.
bool fits(const Labels& labels, const Pick& pick) {
  std::size_t matched = 0;
  for (const auto& [name, value] : labels) {
    const bool picked = std::find(pick.labels.begin(), pick.labels.end(), name) != pick.labels.end();
    matched += picked ? 1U : 0U;
    const bool is_of_successes = name == "status" && value == "success";  // what a budget without it judges
    if (!picked && !is_circumstance(name) && name != "app" && !is_of_successes) {
      return false;
    }
  }
  return matched == pick.labels.size();
}

using Where = std::vector<std::pair<std::string, std::string>>;

struct Place {
  double value = 0;
  Runs runs;
  bool is_partial = false;
};

class LimitMaker {
 public:
  LimitMaker(const Facts& facts, const std::set<std::string>& libraries) : facts_(facts), libraries_(libraries) {}

  Limits run() {
    for (const Pick& pick : picks()) {
      if (pick.metric != "bundle.raw" || !has_gzip_) {
        add(pick);
      }
    }
    leave_out_repeated();
    add_rules();
    return std::move(limits_);
  }

 private:
  /// Of a build with one entry whose numbers are those of the whole, the whole's budgets say all: they also count what
  /// a second entry would bring.
  void leave_out_repeated() {
    std::map<std::pair<std::string, Where>, double> wholes;  // by metric and the labels without the entry
    std::map<std::string, std::set<std::string>> entries;    // by app
    const auto split = [&](const DraftBudget& budget) {
      std::pair<std::string, Where> parts;
      for (const auto& label : budget.where) {
        if (label.first == "entry" || label.first == "route") {
          parts.first = label.first + " " + label.second;
        } else {
          parts.second.push_back(label);
        }
      }
      return parts;
    };
    const auto app_of = [](const Where& where) {
      return where.empty() || where.front().first != "app" ? std::string() : where.front().second;
    };
    for (std::size_t i = 0; i < limits_.budgets.size(); ++i) {
      const DraftBudget& budget = limits_.budgets[i];
      if (budget.metric != "bundle.gzip" && budget.metric != "bundle.raw") {
        continue;
      }
      auto [entry, rest] = split(budget);
      if (entry.empty()) {
        wholes[{budget.metric, std::move(rest)}] = values_[i];
      } else {
        entries[app_of(rest)].insert(std::move(entry));
      }
    }
    std::vector<DraftBudget> kept;
    for (std::size_t i = 0; i < limits_.budgets.size(); ++i) {
      const auto [entry, rest] = split(limits_.budgets[i]);
      const auto whole = wholes.find({limits_.budgets[i].metric, rest});
      const bool is_repeated =
          !entry.empty() && entries[app_of(rest)].size() == 1 && whole != wholes.end() && whole->second == values_[i];
      if (!is_repeated) {
        kept.push_back(std::move(limits_.budgets[i]));
      }
    }
    limits_.budgets = std::move(kept);
  }

  void add(const Pick& pick) {
    const auto metric = shipped_metrics().find(pick.metric);
    if (!metric) {
      throw InternalError(fmt::format("init knows a metric that the catalogue does not: {}", pick.metric));
    }
    std::map<Where, Place> places;
    for (const Sample& sample : facts_.samples) {
      if (sample.metric != pick.metric || !fits(sample.where, pick)) {
        continue;
      }
      if (sample.where.find("asset") != nullptr && !is_of_library(sample.where)) {
        continue;
      }
      const std::string* type = sample.where.find("type");
      if (type != nullptr && *type != "js" && *type != "css") {
        continue;
      }
      note(*metric, sample, places[where_of(sample.where, pick)]);
    }
    if (pick.metric == "trace.http_calls") {
      std::erase_if(places, [](const auto& place) { return place.second.value == 0; });  // most routes call nobody
    }
    add_places(*metric, places);
  }

  bool is_of_library(const Labels& labels) const {
    const std::string* app = labels.find("app");
    return libraries_.contains(app == nullptr ? std::string() : *app);
  }

  static Where where_of(const Labels& labels, const Pick& pick) {
    Where where;
    if (const std::string* app = labels.find("app")) {
      where.emplace_back("app", escaped_glob(*app));
    }
    for (const std::string_view name : pick.labels) {
      where.emplace_back(name, escaped_glob(*labels.find(name)));
    }
    return where;
  }

  /// The worst of what one budget would judge.
  static void note(const Metric& metric, const Sample& sample, Place& place) {
    if (!tells(sample, metric.stat)) {
      return;
    }
    const double value = aggregate(sample, metric.stat);
    const bool is_first = place.runs.empty();
    const bool is_worse = metric.direction == Direction::kLowerIsBetter ? value > place.value : value < place.value;
    if (is_first || is_worse) {
      place.value = value;
      place.runs = runs_of(sample);
    }
    place.is_partial = place.is_partial || sample.lower_bound;
  }

  void add_places(const Metric& metric, const std::map<Where, Place>& places) {
    constexpr std::size_t kMostPlaces = 15;
    std::vector<std::pair<Where, Place>> worst(places.begin(), places.end());
    if (worst.size() > kMostPlaces) {
      std::stable_sort(worst.begin(), worst.end(), [&](const auto& a, const auto& b) {
        return metric.direction == Direction::kLowerIsBetter ? a.second.value > b.second.value
                                                             : a.second.value < b.second.value;
      });
      limits_.remarks.push_back(
          fmt::format("{}: of {} places the {} with the worst values have a budget; a glob in where: covers the rest",
                      metric.id, worst.size(), kMostPlaces));
      worst.resize(kMostPlaces);
      std::sort(worst.begin(), worst.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    }
    for (const auto& [where, place] : worst) {
      add_budget(metric, where, place);
    }
  }

  void add_budget(const Metric& metric, const Where& where, const Place& place) {
    DraftBudget budget;
    budget.metric = metric.id;
    budget.where = where;
    if (place.is_partial) {
      limits_.remarks.push_back(fmt::format("{}: only partly known, so it has no budget", summary_of(budget)));
      return;
    }
    if (!std::isfinite(place.value)) {
      return;
    }
    if (metric.metric_class == MetricClass::kRate) {
      add_rate(metric, std::move(budget), place.value);
      return;
    }
    const double limit = limit_for(metric, place.value, place.runs);
    if (metric.direction == Direction::kHigherIsBetter) {
      constexpr double kLeastScore = 2;  // 1 and less would be taken for a share
      if (limit < kLeastScore) {
        return;
      }
      budget.min = limit_text(limit, Unit::kPoints);
    } else {
      budget.max = limit_text(limit, metric.unit);
    }
    std::string today = fmt::format("today: {}", format_quantity(place.value, metric.unit));
    if (is_noisy(metric.metric_class)) {
      today += fmt::format(" ({} of {}{})", to_string(metric.stat), counted(place.runs.size(), "run"),
                           place.runs.size() < 5 ? "; measure at least five" : "");
    }
    if (metric.metric_class == MetricClass::kPercentile) {
      today += fmt::format(" ({})", to_string(metric.stat));
    }
    budget.comments.push_back(std::move(today));
    has_gzip_ = has_gzip_ || metric.id == "bundle.gzip";
    limits_.budgets.push_back(std::move(budget));
    values_.push_back(place.value);
  }

  /// A round share, which few trials can prove. Where so many fail that none is left, the first thing is to mend that.
  void add_rate(const Metric& metric, DraftBudget budget, double value) {
    constexpr std::array<double, 4> kShares{0.01, 0.02, 0.05, 0.1};
    constexpr double kRoom = 2;
    const auto share = std::find_if(kShares.begin(), kShares.end(), [&](double one) { return one >= value * kRoom; });
    if (share == kShares.end()) {
      limits_.remarks.push_back(fmt::format("{}: {} is too much to be a limit, so it has no budget", summary_of(budget),
                                            format_quantity(value, metric.unit)));
      return;
    }
    budget.max = fmt::format("{}%", format_rounded(*share * 100, 0));
    budget.comments.push_back(fmt::format("today: {}", format_quantity(value, metric.unit)));
    limits_.budgets.push_back(std::move(budget));
    values_.push_back(value);
  }

  /// A rule that fails today would make the first check red for what no change did.
  void add_rules() {
    std::map<std::string, std::size_t> failing;
    for (const Finding& finding : detect(facts_, shipped_rules()).all) {
      failing[finding.rule] += finding.level == Level::kError ? 1U : 0U;
    }
    for (const auto& [rule, count] : failing) {
      if (count == 0) {
        continue;
      }
      limits_.rules.push_back(
          {rule,
           "warning",
           {fmt::format("finds {} today; make it an error once they are fixed (budgetcheck explain {})",
                        counted(count, "place"), rule)}});
      limits_.remarks.push_back(
          fmt::format("the rule {} finds {} today, so it is a warning for now", rule, counted(count, "place")));
    }
  }

  const Facts& facts_;
  const std::set<std::string>& libraries_;
  Limits limits_;
  std::vector<double> values_;  ///< today's, one for each budget
  bool has_gzip_ = false;
};

}  // namespace

double readable_above(double value) {
  if (!(value > 0)) {
    return 0;
  }
  double step = std::pow(10, std::floor(std::log10(value)) - 1);
  constexpr double kMiddle = 50;
  constexpr double kSlack = 1e-9;  // of a division that should have been exact
  step *= value / step < kMiddle ? 0.5 : 1;
  return std::ceil(value / step - kSlack) * step;
}

std::string limit_text(double value, Unit unit) {
  constexpr double kThousand = 1e3;
  constexpr double kMillion = 1e6;
  constexpr int kDigits = 4;
  if (unit == Unit::kBytes) {
    return value >= kMillion    ? format_rounded(value / kMillion, kDigits) + " MB"
           : value >= kThousand ? format_rounded(value / kThousand, kDigits) + " kB"
                                : format_rounded(value, kDigits) + " B";
  }
  if (unit == Unit::kMilliseconds) {
    return value >= kThousand ? format_rounded(value / kThousand, kDigits) + " s"
                              : format_rounded(value, kDigits) + " ms";
  }
  return format_rounded(value, kDigits);
}

Limits limits_of(const Facts& facts, const std::set<std::string>& libraries) {
  return LimitMaker(facts, libraries).run();
}

double limit_for(const Metric& metric, double value, const Runs& runs) {
  constexpr double kRoomForBytes = 1.05;
  constexpr double kRoomForCounts = 1.1;
  constexpr double kOneSided999 = 3.09;  // what median_margin is in standard errors
  constexpr double kStandardErrors = 4;
  if (metric.metric_class == MetricClass::kBytes) {
    // A build's bytes are exact, so that much room would only hide what a change added.
    constexpr double kMostRoomForBuilds = 25e3;
    const bool is_build = metric.id.starts_with("bundle.");
    const double room =
        is_build ? std::min(value * (kRoomForBytes - 1), kMostRoomForBuilds) : value * (kRoomForBytes - 1);
    const double limit = value + std::max(room, metric.floor_absolute);
    constexpr double kStep = 1e4;
    return is_build && room == kMostRoomForBuilds ? std::ceil(limit / kStep) * kStep : readable_above(limit);
  }
  if (metric.metric_class == MetricClass::kCount) {
    // Counts are exact: a small one needs no room. Copies of packages should go, not come.
    return metric.id == "bundle.duplicates" ? value : std::max(value, std::floor(value * kRoomForCounts + 1e-9));
  }
  const Transform transform(metric);
  const double error =
      median_margin(noise_of(metric, runs, nullptr, nullptr), std::max<std::size_t>(runs.size(), 1)) / kOneSided999;
  if (metric.direction == Direction::kHigherIsBetter) {
    constexpr double kRoomForScores = 0.05;
    return std::max(0.0, std::floor(transform.worsened(value, std::max(kRoomForScores, kStandardErrors * error))));
  }
  // A load test is run on one machine today and on another tomorrow.
  const double room = metric.metric_class == MetricClass::kPercentile ? 1.25 : 1.1;
  const double shift = std::max(std::log(room), kStandardErrors * error);
  const double limit = std::max(transform.worsened(value, shift), value + metric.floor_absolute);
  constexpr double kHundredth = 0.01;
  return metric.unit == Unit::kNone ? std::ceil(limit / kHundredth - 1e-9) * kHundredth : readable_above(limit);
}

}  // namespace budgetcheck
