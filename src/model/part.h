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
  std::string kind;    ///< "package", "module", bundled_kind() of them, "asset", "field", "query", "request"
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
  /// The smaller side was summed up with others: the real difference is this or more.
  bool at_least = false;
};

std::string_view to_string(Cause::Change change);

/// The kind of packages or modules whose bytes are those in the files written and not of source, which no one may
/// compare with each other: "bundled package", "bundled module".
std::string bundled_kind(std::string_view kind);
/// Of either kind.
bool is_package_kind(std::string_view kind);
bool is_module_kind(std::string_view kind);

/// The name of the part that sums up what was too small to be kept: "other modules". Its size is theirs together.
std::string rest_name(std::string_view kind);
bool is_rest(const Part& part);

/// Puts parts of one metric, place and kind into order, the biggest first (then by name), and sums up all but the
/// first `most` into one part named rest_name(kind) at the end. One that is there already is part of it.
void keep_biggest(std::vector<Part>& parts, std::size_t most);

/// What goes into a record that is stored for every commit: of each metric, place and kind the biggest ones (packages
/// kRecordPackages, others kRecordOthers), the rest summed up; fewer where there are many places, so that a record
/// holds some kRecordParts. Sizes are whole and totals stay true. Importers are left out: those of the newer side are
/// told. In an order that compresses well.
std::vector<Part> parts_for_record(const std::vector<Part>& parts);
inline constexpr std::size_t kRecordPackages = 300;
inline constexpr std::size_t kRecordOthers = 60;
inline constexpr std::size_t kRecordParts = 2000;

/// Joins parts that several inputs report for the same thing. They must not be added up: the biggest stays.
void merge_parts(std::vector<Part>& parts);

}  // namespace budgetcheck
