#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/units.h"
#include "model/metric.h"

namespace budgetcheck {

/// How much a broken rule or budget counts. kOff: not looked for.
enum class Level { kOff, kNote, kWarning, kError };

std::string_view to_string(Level level);
/// Reads off, note (or info), warning (or warn), error; false for anything else.
bool parse_level(std::string_view name, Level& level);

enum class RuleKind {
  kCoded,      ///< one file in src/detect
  kThreshold,  ///< a metric and a limit, all data
  kPattern,    ///< a regular expression on names, all data
};

/// A number that a rule can be set to in the budgets file.
struct RuleParam {
  std::string name;
  Unit unit = Unit::kCount;
  double value = 0;  ///< the default, or what the budgets file sets
  double min = 0;
  double max = 1e18;
  std::string text;              ///< what it means
  bool higher_is_looser = true;  ///< a higher value finds less
};

/// One file of rules/: text, level and parameters. The text lives here once and becomes explain, SARIF and docs.
struct Rule {
  std::string id;
  std::string title;
  std::string short_text;  ///< one sentence: what the finding says
  std::string why;         ///< what it costs
  std::string help;        ///< how to fix it; Markdown
  std::string limits;      ///< when it is wrong, and what to do then
  Level level = Level::kWarning;
  bool asked = false;  ///< the budgets file sets the level, or the rule is the team's own: it is meant to look
  RuleKind kind = RuleKind::kCoded;
  std::vector<RuleParam> params;
  std::vector<std::string> ignore;  ///< globs of names that the budgets file exempts
  std::vector<std::string> tags;
  /// Metrics that what the rule finds drives up, as ids or families that end in '.': a report tells a budget on one of
  /// them that is broken at the same place, and the finding, as one problem.
  std::vector<std::string> explains;
  std::string since;

  // kPattern
  std::string on;       ///< what the pattern is matched against: package, asset, route or query
  std::string pattern;  ///< RE2, unanchored
  // kThreshold
  std::string metric;
  std::map<std::string, std::string> where;         ///< globs
  std::optional<double> limit;                      ///< worse than this breaks the rule, in the metric's base unit
  Unit unit = Unit::kNone;                          ///< of the metric
  Stat stat = Stat::kMedian;                        ///< of the metric: how runs become one number
  Direction direction = Direction::kLowerIsBetter;  ///< of the metric

  /// The value of parameter `name`; asking for one that the rule has not is a bug (InternalError).
  double param(std::string_view name) const;
};

/// The rules in force, by id: shipped ones and a team's own, with the budgets file's settings applied.
class RuleSet {
 public:
  RuleSet() = default;
  explicit RuleSet(std::vector<Rule> rules) : rules_(std::move(rules)) {}
  const Rule* find(std::string_view id) const;
  Rule* find(std::string_view id);
  void add(Rule rule) { rules_.push_back(std::move(rule)); }
  const std::vector<Rule>& all() const { return rules_; }

 private:
  std::vector<Rule> rules_;
};

/// A verdict code or another word that `explain` knows: its sentence lives once.
struct CodeText {
  std::string_view code;
  std::string_view sentence;  ///< what it means and what to do
};
const std::vector<CodeText>& verdict_codes();

}  // namespace budgetcheck
