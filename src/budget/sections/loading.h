#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "base/units.h"
#include "json/value.h"
#include "model/budget.h"

// The parts of load.cpp, one file each. The schema has been checked before: a value of a wrong type is passed over
// here without a word, because its error is in the list already.

namespace budgetcheck {

/// What the parts share while one budgets file is read.
struct Loading {
  const FileSystem& files;
  BudgetsFile& file;
  Errors& errors;

  void error(Location where, std::string message, std::string hint = {}) {
    errors.push_back({ErrorKind::kUsage, std::move(message), std::move(where), std::move(hint)});
  }
  /// Reading may stop: the file is refused anyway, and more errors help no one.
  bool has_enough_errors() const { return errors.size() >= 1000; }
  Location at(const json::Value& value) const { return json::location_of(file.path, value); }
  Location at(const json::Member& member) const { return json::location_of(file.path, member); }
};

/// `metrics:`: adds a team's own metrics to the catalogue.
void load_metrics(Loading& loading, const json::Value& metrics);
/// `rules_dir:` and `rules:`: adds a team's own rules, then applies the settings.
void load_rules(Loading& loading, const json::Value& document);
/// `inputs:` and `routes:`.
void load_inputs(Loading& loading, const json::Value& document);
/// `budgets:`; needs the catalogue.
void load_budget_list(Loading& loading, const json::Value& budgets);
/// `waivers:`; needs the budgets.
void load_waivers(Loading& loading, const json::Value& waivers);

/// `removed:`; needs the budgets.
void load_removed(Loading& loading, const json::Value& removed);

/// The text of a member; empty when it is missing or no string.
std::string text_of(const json::Value& object, std::string_view key);
/// The labels of a `where:`; numbers and true or false are labels too (`status: 404`). Reports more labels than any
/// measurement could have.
Labels labels_of(Loading& loading, const json::Value* where);
/// Reports labels that `metric` does not have.
void check_labels(Loading& loading, const Metric& metric, const json::Value* where);
/// The member `key` as a day; reports one that does not exist; empty when it is missing.
std::string date_of(Loading& loading, const json::Value& object, std::string_view key);
/// A quantity in the base unit of `unit`, from a text with its unit or a number. Reports and gives nothing when it
/// is wrong. `extra_hint` follows the units that fit.
std::optional<double> quantity_of(Loading& loading, std::string_view key, const json::Value& value, Unit unit,
                                  std::string_view extra_hint = {});

}  // namespace budgetcheck
