#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/number.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/read_metrics.h"
#include "budget/sections/loading.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxBudgets = 10'000;
/// Names that get a suggestion: each costs a comparison with the whole catalogue.
constexpr std::size_t kMaxSuggestions = 50;

/// The catalogue's ids as candidates for `id`: the `*` of a row takes the word that `id` has in its place.
std::vector<std::string> candidates_for(const MetricCatalogue& catalogue, std::string_view id) {
  std::vector<std::string> candidates;
  const std::vector<std::string_view> words = split(id, '.');
  for (const Metric& metric : catalogue.all()) {
    const std::vector<std::string_view> row = split(metric.id, '.');
    const auto star = std::find(row.begin(), row.end(), "*");
    const auto at = static_cast<std::size_t>(star - row.begin());
    if (star == row.end()) {
      candidates.push_back(metric.id);
    } else if (words.size() == row.size() && !words[at].empty()) {
      std::vector<std::string> filled(row.begin(), row.end());
      filled[at] = words[at];
      candidates.push_back(join(filled, "."));
    }
  }
  return candidates;
}

class BudgetsLoader {
 public:
  explicit BudgetsLoader(Loading& loading) : loading_(loading) {}

  void load(const json::Array& budgets) {
    for (const json::Value& value : budgets) {
      if (loading_.has_enough_errors()) {
        loading_.budgets.any = true;
        break;
      }
      if (loading_.file.budgets.size() >= kMaxBudgets) {
        loading_.error(loading_.at(value), fmt::format("the file has more than {} budgets", kMaxBudgets),
                       "use globs in 'where' to cover many places with one budget");
        loading_.budgets.any = true;
        break;
      }
      if (!text_of(value, "metric").empty()) {
        load_one(value);
      } else if (const std::string id = text_of(value, "id"); !id.empty()) {
        loading_.budgets.names.insert(id);
      } else {
        loading_.budgets.any = true;
      }
    }
    name_the_nameless();
  }

 private:
  void load_one(const json::Value& value) {
    Budget budget;
    budget.location = loading_.at(value);
    budget.id = text_of(value, "id");
    budget.metric_id = text_of(value, "metric");
    budget.where = labels_of(loading_, value.find("where"));
    budget.owner = text_of(value, "owner");
    budget.why = text_of(value, "why");
    budget.enforce_from = date_of(loading_, value, "enforce_from");
    parse_level(text_of(value, "level"), budget.level);
    read_raised(value, budget);
    budget.metric = loading_.file.catalogue.find(budget.metric_id);
    if (is_misspelt_short_name(budget.metric_id)) {
      budget.metric.reset();
    }
    if (budget.metric) {
      budget.metric_id = budget.metric->id;  // samples carry the short name, whichever name the file uses
      budget.stat = budget.metric->stat;
    }
    parse_stat(text_of(value, "stat"), budget.stat);
    if (budget.metric && budget.stat != budget.metric->stat && has_one_stat(budget.metric_id)) {
      const std::string_view only = to_string(budget.metric->stat);
      loading_.error(loading_.at(*value.find("stat")),
                     fmt::format("'{}' is published as its {} only", budget.metric_id, only),
                     fmt::format("remove 'stat', or write '{}'", only));
    }
    if (budget.metric) {
      check_labels(loading_, *budget.metric, value.find("where"));
      read_limits(value, budget);
    } else {
      suggest(budget);
    }
    const bool has_limit =
        value.find("min") != nullptr || value.find("max") != nullptr || value.find("max_increase") != nullptr;
    if (!has_limit && loading_.is_certain(value, {"min", "max", "max_increase"})) {
      loading_.error(budget.location, fmt::format("the budget on '{}' has no limit", printable(budget.metric_id)),
                     "add 'max', 'min' or 'max_increase'");
    }
    const bool has_certain_place = loading_.is_certain(value, {"metric", "where", "stat"});
    if (!loading_.is_certain(value, {"id"})) {
      loading_.budgets.any = true;
    } else if (budget.id.empty() && (!budget.metric || !has_certain_place)) {
      loading_.derived_ids_are_doubtful = true;
    }
    if (is_written_twice(budget, has_certain_place)) {
      loading_.error(budget.location, fmt::format("the budget '{}' is written twice", printable(budget.id)),
                     fmt::format("the first is in line {}; delete one of the two", ids_.at(budget.id)));
    } else {
      check_unique_id(value, budget);
      if (has_certain_place) {
        check_unique_place(budget);
      }
    }
    loading_.file.budgets.push_back(std::move(budget));
  }

  void read_raised(const json::Value& value, Budget& budget) {
    const json::Value* raised = value.find("raised");
    if (raised != nullptr && raised->is_object()) {
      budget.raised = {text_of(*raised, "reason"), text_of(*raised, "owner"), date_of(loading_, *raised, "expires")};
    }
  }

  void read_limits(const json::Value& value, Budget& budget) {
    const Metric& metric = *budget.metric;
    if (const json::Value* min = value.find("min")) {
      budget.min = limit("min", *min, metric);
    }
    if (const json::Value* max = value.find("max")) {
      budget.max = limit("max", *max, metric);
    }
    if (const json::Value* increase = value.find("max_increase")) {
      budget.max_increase = read_increase(*increase, metric.unit);
    }
    if (budget.min && budget.max && *budget.min > *budget.max) {
      loading_.error(loading_.at(*value.find("min")),
                     fmt::format("'min' is {}, above 'max' {}: no value can keep both",
                                 format_quantity(*budget.min, metric.unit, *budget.max),
                                 format_quantity(*budget.max, metric.unit, *budget.min)),
                     "swap them, or keep one");
    }
  }

  /// A limit in the metric's range: scores and rates have a scale that is easily mistaken.
  std::optional<double> limit(std::string_view key, const json::Value& value, const Metric& metric) {
    const std::optional<double> number = quantity_of(loading_, key, value, metric.unit);
    if (!number) {
      return std::nullopt;
    }
    if (metric.unit == Unit::kPoints) {
      constexpr double kMaxPoints = 100;
      if (*number > kMaxPoints) {
        loading_.error(loading_.at(value),
                       fmt::format("'{}' is {}, but scores go from 0 to 100 points", key, format_number(*number)));
        return std::nullopt;
      }
      if (*number > 0 && *number <= 1) {
        loading_.error(loading_.at(value),
                       fmt::format("'{}' is {}, but scores here are points from 0 to 100, not from 0 to 1", key,
                                   format_number(*number)),
                       fmt::format("write {}", format_rounded(*number * kMaxPoints, 2)));
        return std::nullopt;
      }
    }
    if (metric.metric_class == MetricClass::kRate && metric.unit == Unit::kRatio && *number > 1) {
      loading_.error(
          loading_.at(value),
          fmt::format("'{}' is {}, but a rate is 100% at most", key, format_quantity(*number, metric.unit)),
          value.is_number() ? fmt::format("a share is written as a percentage: {}%", format_number(*number)) : "");
      return std::nullopt;
    }
    return number;
  }

  std::optional<Increase> read_increase(const json::Value& value, Unit unit) {
    if (!value.is_object()) {
      const std::string* text = value.string();
      if (text != nullptr && trim(*text).ends_with('%')) {
        const std::optional<double> share = quantity_of(loading_, "max_increase", value, Unit::kRatio);
        return share ? std::optional<Increase>({share, std::nullopt}) : std::nullopt;
      }
      const std::optional<double> growth = quantity_of(loading_, "max_increase", value, unit, "; or a percentage: 10%");
      return growth ? std::optional<Increase>({std::nullopt, growth}) : std::nullopt;
    }
    const json::Value* percent = value.find("percent");
    const json::Value* absolute = value.find("absolute");
    if (percent == nullptr && absolute == nullptr) {
      if (!loading_.is_certain(value, {"percent", "absolute"})) {
        return std::nullopt;
      }
      loading_.error(loading_.at(value), "'max_increase' names neither 'percent' nor 'absolute'",
                     "write { percent: 5 }, { absolute: 1 kB } or both");
      return std::nullopt;
    }
    Increase increase;
    if (percent != nullptr) {
      const bool has_sign = percent->is_string() && trim(*percent->string()).ends_with('%');
      increase.relative = quantity_of(loading_, "percent", *percent, has_sign ? Unit::kRatio : Unit::kNone);
      if (increase.relative && !has_sign) {
        *increase.relative /= 100;
      }
    }
    if (absolute != nullptr) {
      increase.absolute = quantity_of(loading_, "absolute", *absolute, unit);
    }
    return increase;
  }

  /// "lighthouse.lpc": any word may be an audit's name, but one as short as this is not, and lcp is near.
  bool is_misspelt_short_name(const std::string& id) const {
    constexpr std::string_view kPrefix = "lighthouse.";
    constexpr std::size_t kLongestShortName = 5;
    const auto& all = loading_.file.catalogue.all();
    const bool listed = std::any_of(all.begin(), all.end(), [&](const Metric& metric) { return metric.id == id; });
    if (listed || !id.starts_with(kPrefix) || id.size() > kPrefix.size() + kLongestShortName) {
      return false;
    }
    std::vector<std::string> names;
    for (const Metric& metric : all) {
      if (metric.id.starts_with(kPrefix)) {
        names.push_back(metric.id.substr(kPrefix.size()));
      }
    }
    return !nearest(id.substr(kPrefix.size()), names).empty();
  }

  void suggest(Budget& budget) {
    auto known = suggestions_.find(budget.metric_id);
    if (known == suggestions_.end() && suggestions_.size() < kMaxSuggestions) {
      const std::string near = nearest(budget.metric_id, candidates_for(loading_.file.catalogue, budget.metric_id));
      known = suggestions_.emplace(budget.metric_id, near).first;
    }
    if (known != suggestions_.end()) {
      budget.metric_suggestion = known->second;
    }
    if (!budget.metric_suggestion.empty()) {
      budget.metric_hint = did_you_mean(budget.metric_id, budget.metric_suggestion);
      return;
    }
    const std::string prefix = budget.metric_id.substr(0, budget.metric_id.find('.') + 1);
    constexpr std::size_t kMaxNames = 12;
    std::vector<std::string> family;
    for (const Metric& metric : loading_.file.catalogue.all()) {
      if (!prefix.empty() && metric.id.starts_with(prefix) && family.size() < kMaxNames) {
        family.push_back(metric.id);
      }
    }
    budget.metric_hint = family.empty() ? "declare a metric of your own under 'metrics', with unit, direction and class"
                                        : fmt::format("metrics of this family are {}", join(family, ", "));
  }

  void check_unique_id(const json::Value& value, const Budget& budget) {
    if (budget.id.empty()) {
      return;
    }
    const Location at = loading_.at(*value.find("id"));
    if (budget.id == "*") {
      loading_.error(at, "'id' cannot be '*', which stands for the whole file", "choose a name");
    }
    const auto [first, is_new] = ids_.emplace(budget.id, budget.location.line);
    if (!is_new) {
      loading_.error(at, fmt::format("another budget has the id '{}' already", printable(budget.id)),
                     fmt::format("it is in line {}; rename one of the two", first->second));
    }
  }

  /// An earlier budget has the same id and the same place: one mistake.
  bool is_written_twice(const Budget& budget, bool has_certain_place) const {
    const auto id = ids_.find(budget.id);
    const auto place = places_.find(Place{budget.metric_id, budget.where, budget.stat});
    return has_certain_place && !budget.id.empty() && id != ids_.end() && place != places_.end() &&
           id->second == place->second;
  }

  void check_unique_place(const Budget& budget) {
    const Place place{budget.metric_id, budget.where, budget.stat};
    const auto [first, is_new] = places_.emplace(place, budget.location.line);
    if (!is_new) {
      loading_.error(budget.location,
                     fmt::format("a second budget on '{}' with the same 'where' and stat", printable(budget.metric_id)),
                     fmt::format("the first is in line {}; merge the two", first->second));
    }
  }

  /// Ids that are written come first, so that none of them is ever taken by a derived one.
  void name_the_nameless() {
    std::map<std::string, std::size_t> next;  // for each derived text, the number to try next
    for (Budget& budget : loading_.file.budgets) {
      if (!budget.id.empty()) {
        continue;
      }
      const std::string labels = printable(replace_all(to_string(budget.where), ", ", ","));
      const std::string base = printable(budget.metric_id) + (labels.empty() ? "" : "{" + labels + "}");
      budget.id = base;
      if (ids_.contains(budget.id)) {
        budget.id = base + "@" + std::string(to_string(budget.stat));
      }
      std::size_t& number = next.emplace(base, 2).first->second;
      while (ids_.contains(budget.id)) {
        budget.id = base + "#" + std::to_string(number++);
      }
      ids_.emplace(budget.id, budget.location.line);
    }
  }

  struct Place {
    std::string metric;
    Labels where;
    Stat stat;
    auto operator<=>(const Place&) const = default;
  };

  Loading& loading_;
  std::map<std::string, std::uint32_t> ids_;  ///< and the line of each
  std::map<Place, std::uint32_t> places_;
  std::map<std::string, std::string> suggestions_;
};

}  // namespace

void load_budget_list(Loading& loading, const json::Value& budgets) { BudgetsLoader(loading).load(*budgets.array()); }

}  // namespace budgetcheck
