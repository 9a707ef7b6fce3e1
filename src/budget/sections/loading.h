#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/file_system.h"
#include "base/units.h"
#include "json/value.h"
#include "model/budget.h"

// What the loaders of sections share (see sections.h), and the loaders themselves.
//
// The schema has been checked before, and its errors are in the list. So a loader passes over a value of a wrong type
// without a word, and it reports nothing that only follows from an error which is in the list already: a budget on a
// metric whose declaration is wrong, a waiver for a budget whose id cannot be read.

namespace budgetcheck {

/// The places that the schema has complained about.
class Faults {
 public:
  Faults() = default;
  explicit Faults(const Errors& errors);

  bool none() const { return places_.empty(); }
  /// At `value` or anywhere inside it.
  bool within(const json::Value& value) const;
  /// At the key itself: it is unknown.
  bool at(const json::Member& member) const;

 private:
  std::set<std::pair<std::uint32_t, std::uint32_t>> places_;  ///< line and column
};

/// Names whose declaration has an error: they exist for their author, so using one is not a second error.
struct Doubtful {
  std::set<std::string, std::less<>> names;
  bool any = false;  ///< an entry does not even show which name it declares

  bool contains(std::string_view name) const { return any || names.contains(name); }
};

/// What the loaders share while one budgets file is read.
struct Loading {
  const FileSystem& files;
  BudgetsFile& file;
  Errors& errors;
  Faults faults = {};
  std::set<std::string_view> unread = {};  ///< sections that the file has, but misspelt or of a wrong type
  Doubtful metrics = {};
  Doubtful budgets = {};
  Doubtful rules = {};
  bool derived_ids_are_doubtful = false;  ///< a budget derives its id from a metric or labels that have an error
  bool passed_over = false;               ///< something was not reported because it follows from another error
  std::optional<Error> newer = {};        ///< the file is of a newer version: nothing else can be said of it

  void error(Location where, std::string message, std::string hint = {}) {
    errors.push_back({ErrorKind::kUsage, std::move(message), std::move(where), std::move(hint)});
  }
  /// Reading may stop: the file is refused anyway, and more errors help no one.
  bool has_enough_errors() const { return errors.size() >= 1000; }
  Location at(const json::Value& value) const { return json::location_of(file.path, value); }
  Location at(const json::Member& member) const { return json::location_of(file.path, member); }

  /// Whether the file means what `entry` says, or does not say, under these keys: the schema has no complaint about
  /// their values, and none of the missing ones is there misspelt.
  bool is_certain(const json::Value& entry, std::initializer_list<std::string_view> keys) const;
  /// Whether an unknown metric of this name may be one of the file's own, whose declaration has an error.
  bool is_doubtful_metric(std::string_view id) const;
};

// The loaders, one per section. Each gets the section's value, of the type that its row says.

/// Sets Loading::newer when the file is of a version that this program does not know.
void load_version(Loading& loading, const json::Value& version);
void load_project(Loading& loading, const json::Value& project);
void load_inputs(Loading& loading, const json::Value& inputs);
/// A mapping of names to folders, or a glob of folders. Takes those that can be used, and reports the others.
void load_apps(Loading& loading, const json::Value& apps);
void load_table_rows(Loading& loading, const json::Value& table_rows);
void load_routes(Loading& loading, const json::Value& routes);
/// What traces and logs have to carry, and how they are kept.
void load_telemetry(Loading& loading, const json::Value& telemetry);
/// Who answers for what.
void load_tiers(Loading& loading, const json::Value& tiers);
/// Limits of queues, each of a tier that exists.
void load_queues(Loading& loading, const json::Value& queues);
/// `budgets:`
void load_budget_list(Loading& loading, const json::Value& budgets);
/// Rate limits by plan, and what proves that they fit.
void load_limits(Loading& loading, const json::Value& limits);
/// Files that are written from this one.
void load_generate(Loading& loading, const json::Value& generate);
/// Applies levels and parameters to rules, shipped and own.
void load_rules(Loading& loading, const json::Value& rules);
/// Adds a team's own rules, one file each.
void load_rules_dir(Loading& loading, const json::Value& rules_dir);
void load_waivers(Loading& loading, const json::Value& waivers);
void load_removed(Loading& loading, const json::Value& removed);
/// Checks that each entry names a setting that can be loosened.
void load_loosened(Loading& loading, const json::Value& loosened);
/// Adds a team's own metrics to the catalogue.
void load_metrics(Loading& loading, const json::Value& metrics);

// Parts that several sections have.

/// Whether `key`, which is unknown, is `name` misspelt.
bool is_misspelt(std::string_view key, std::string_view name);
/// The text of a member; empty when it is missing or not a string.
std::string text_of(const json::Value& object, std::string_view key);
/// The labels of a `where:`; numbers and true or false are labels too (`status: 404`). Reports more labels than any
/// measurement could have.
Labels labels_of(Loading& loading, const json::Value* where);
/// Reports labels that `metric` does not have.
void check_labels(Loading& loading, const Metric& metric, const json::Value* where);
/// The member `key` as a day; reports one that does not exist; empty when it is missing.
std::string date_of(Loading& loading, const json::Value& object, std::string_view key);
/// The member `key` as a share from 0 to 1: "99%", or 0.99. Reports and gives nothing when it is wrong; nothing too
/// when it is missing.
std::optional<double> share_of(Loading& loading, const json::Value& object, std::string_view key);
/// A quantity in the base unit of `unit`, from a text with its unit or a number. Reports and gives nothing when it
/// is wrong. `extra_hint` follows the units that fit.
std::optional<double> quantity_of(Loading& loading, std::string_view key, const json::Value& value, Unit unit,
                                  std::string_view extra_hint = {});

}  // namespace budgetcheck
