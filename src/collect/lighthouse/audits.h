#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/units.h"

namespace budgetcheck {

inline constexpr int kOldestLighthouse = 10;
inline constexpr int kNewestLighthouse = 13;

/// One audit of Lighthouse 10 to 13 that a budget may ask for: those with a number, and those that a budget written
/// for an older version is likely to name. With it a budget on an audit that is not in a result gets a reason.
struct AuditRow {
  std::string_view id;
  std::string_view short_name;  ///< the metric's name in place of the id: "lcp"; empty: the id itself
  Unit unit = Unit::kNone;      ///< where the result does not name one
  bool number = true;           ///< it has a numericValue
  int first = 0;                ///< the major version that brought it; 0: older than the oldest supported
  int last = 0;                 ///< the last major version that has it; 0: the newest supported still has it
  std::string_view successor;   ///< the audit that replaced it; empty: none
  std::string_view instead;     ///< the metric to budget when there is no number; may be empty

  bool exists_in(int major) const { return major >= first && (last == 0 || major <= last); }
};

std::span<const AuditRow> known_audits();
/// Null for an audit that is not listed.
const AuditRow* find_known_audit(std::string_view id);
/// The audit that `id` replaced, when that one has a number in `major`; else null.
const AuditRow* numeric_predecessor(std::string_view id, int major);

/// "lighthouse.lcp" for "largest-contentful-paint", "lighthouse.<id>" for others. Printable.
std::string audit_metric(std::string_view id);

struct CategoryRow {
  std::string_view id;
  int first = 0;
  int last = 0;

  bool exists_in(int major) const { return major >= first && (last == 0 || major <= last); }
};

std::span<const CategoryRow> known_categories();

}  // namespace budgetcheck
