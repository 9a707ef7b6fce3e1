#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "budget/sections/loading.h"

// The sections of the budgets file: its top-level keys.
//
// A section is one place. A new one, say `slos`, is
//   slos.cpp          its loader: load_slos(Loading&, const json::Value&), declared in loading.h
//   slos.schema.json  what it may hold, a draft-04 schema with its own definitions. It may refer to those of
//                     shared.schema.json (level, date, stat, limit, where).
//   one row in sections.cpp: its key, type, needs and loader.
// In declarations/ if it says how the platform is meant to be, which rules check against and files are made from.
// Then `python3 src/budget/sections/compose.py` writes schemas/budgets.v1.json, which is the published schema, is
// compiled in, and is never edited by hand. A test says when it is not up to date.

namespace budgetcheck {

struct Section {
  std::string_view key;
  json::Value::Type type;               ///< the loader sees no other: the schema's error about it is in the list
  std::vector<std::string_view> needs;  ///< sections that are loaded first, if the file has them
  void (*load)(Loading& loading, const json::Value& value);
  /// Of a file that was in force once, its limits need this section: an error in it leaves nothing of the file.
  bool is_of_limits = false;
  std::optional<json::Value::Type> other_type = {};  ///< the loader sees this one too

  bool takes(const json::Value& value) const { return value.type() == type || value.type() == other_type; }
};

/// One row per section, in the order of the schema's properties.
const std::vector<Section>& sections();

/// The rows, each behind what it needs. An unknown need or a circle is an InternalError.
std::vector<const Section*> in_order_of_needs(const std::vector<Section>& rows);

}  // namespace budgetcheck
