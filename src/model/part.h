#pragma once

#include <string>
#include <vector>

#include "base/units.h"
#include "model/labels.h"

namespace budgetcheck {

/// A piece of what a sample sums up, named so that two runs can be compared piece by piece: a package or module of a
/// bundle, a field of a payload, a statement of a route. Never a captured value: names and shapes only.
struct Part {
  std::string metric;  ///< what it is a piece of: an id, or a family that ends in '.' ("bundle.")
  Labels where;        ///< of the samples that hold it, as far as known: {entry: main}
  std::string kind;    ///< "package", "module", "asset", "field", "query"
  std::string name;    ///< unique within metric, where and kind
  Unit unit = Unit::kNone;
  double size = 0;                     ///< in the base unit of `unit`
  std::vector<std::string> importers;  ///< who asks for it, the most telling first; may be empty

  bool operator==(const Part&) const = default;
};

/// How one part differs between base and head.
struct Cause {
  enum class Change { kNew, kGone, kBigger, kSmaller };
  Change change = Change::kNew;
  std::string kind;
  std::string name;
  Unit unit = Unit::kNone;
  double base = 0;
  double now = 0;
  std::string importer;  ///< may be empty
};

std::string_view to_string(Cause::Change change);

}  // namespace budgetcheck
