#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/location.h"
#include "json/value.h"
#include "model/input_spec.h"
#include "model/labels.h"
#include "model/load/queue_declaration.h"
#include "model/load/rate_limits.h"
#include "model/load/tier.h"
#include "model/metric.h"
#include "model/rule.h"
#include "model/telemetry.h"

namespace budgetcheck {

/// How much growth against the base is allowed; when both are given, both must be exceeded to fail.
struct Increase {
  std::optional<double> relative;  ///< 0.05 for 5 %
  std::optional<double> absolute;  ///< in the metric's base unit
};

/// A raised limit's reason.
struct Raised {
  std::string reason;
  std::string owner;
  std::string expires;  ///< YYYY-MM-DD
};

struct Budget {
  std::string id;  ///< given, or derived from metric and where: "bundle.gzip{entry=main}"
  std::string metric_id;
  std::optional<Metric> metric;   ///< nothing: unknown metric (the verdict says so)
  std::string metric_suggestion;  ///< the nearest known name, for an unknown metric; may be empty
  std::string metric_hint;        ///< what to do about an unknown metric, as a whole sentence
  Labels where;                   ///< globs
  Stat stat = Stat::kMedian;
  std::optional<double> min;  ///< in the metric's base unit
  std::optional<double> max;
  std::optional<Increase> max_increase;
  Level level = Level::kError;
  std::string owner;
  std::string why;
  std::optional<Raised> raised;
  std::string enforce_from;  ///< YYYY-MM-DD; before it the level is a warning; empty: always
  Location location;
};

struct Waiver {
  std::string budget;
  Labels where;  ///< globs; empty: every measurement of the budget
  std::string owner;
  std::string reason;
  std::string expires;
  std::optional<double> ceiling;     ///< in the metric's base unit; nothing too when the metric is unknown
  std::vector<std::string> missing;  ///< which of owner, reason and expires are not given: it holds for nothing then
  Location location;
};

/// A budget that is taken away on purpose.
struct Removal {
  std::string budget;  ///< the id that it had
  std::string owner;
  std::string reason;
  Location location;
};

/// A setting of the gate that a change loosens on purpose: a rule, an input, …
struct Loosened {
  std::string setting;  ///< "rules.n-plus-one", "inputs.logs/*.ndjson", "apps.web", "routes", "table_rows", "rules_dir"
  std::string owner;
  std::string reason;
  std::string expires;  ///< YYYY-MM-DD; empty: for good
  Location location;
};

/// An application of a monorepo: a folder with a budgets file of its own, which the file at the root names.
struct App {
  std::string name;             ///< of its results and in reports; has no '/'
  std::string path;             ///< its folder, as seen from the folder of the file that names it
  std::string budgets_path;     ///< its own file, as seen from where the path of the naming file is relative to
  std::string project;          ///< what its own file says; empty: nothing, or that file cannot be read
  bool shares_project = false;  ///< another of them says the same, so stored results of that name may be either's
  Location location;            ///< of the entry
};

/// One line of the section `generate`.
struct GeneratedFile {
  std::string target;  ///< "nginx-limits"
  std::string path;    ///< relative to the budgets file's folder
  Location location;
};

/// A budgets file that was read and checked.
struct BudgetsFile {
  std::string path;    ///< empty: none, the rules run at their defaults
  std::string folder;  ///< globs and roots are relative to it
  std::string project;
  std::vector<InputSpec> inputs;
  std::optional<InputSpec> table_rows;  ///< sizes of the database's tables
  std::vector<std::string> routes;
  std::vector<Budget> budgets;
  std::vector<Waiver> waivers;
  std::vector<Removal> removed;
  std::vector<Loosened> loosened;
  std::vector<App> apps;  ///< those that can be used
  Telemetry telemetry;    ///< empty when the file says nothing of it
  std::vector<Tier> tiers;
  std::vector<QueueDeclaration> queues;
  std::optional<RateLimits> limits;
  std::vector<GeneratedFile> generate;  ///< files that are made from this one
  RuleSet rules;                        ///< shipped and own, settings applied
  MetricCatalogue catalogue;            ///< shipped and declared
  json::Value document;                 ///< as written, for the results record
  /// Of a file of the base: what is wrong with it besides its metrics and budgets, so that this much of it is not
  /// known.
  std::vector<Error> unread;
};

}  // namespace budgetcheck
