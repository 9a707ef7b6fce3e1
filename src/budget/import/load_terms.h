#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "budget/import/importer.h"

// What the importers of load tools' and rollouts' configurations share.

namespace budgetcheck {

/// "p(95) < 500", "result[0] >= 0.95": what is compared, how, and with which number. Nothing: another expression.
struct LoadComparison {
  std::string left;
  std::string op;  ///< "<", "<=", ">", ">=", "=="
  double right = 0;

  bool is_at_most() const { return op == "<" || op == "<="; }
  bool is_at_least() const { return op == ">" || op == ">="; }
  /// The number itself breaks the limit there, and keeps it here.
  bool is_strict() const { return op == "<" || op == ">"; }
};
std::optional<LoadComparison> parse_load_comparison(std::string_view text);

/// The stat of "p95", "p(95)", "95", "median", "avg"; empty: there is none here.
std::string stat_of_load(std::string_view name);

/// "500 ms", "1%": limits in the words of the file.
std::string ms_limit(double ms);
std::string share_limit(double share);
std::string count_limit(double count);

/// Text as a glob of a label that matches nothing but it.
std::string exact_glob(std::string_view text);

/// What is said of a limit that the number itself breaks in the other tool.
std::string strict_note(std::string_view tool, const LoadComparison& comparison);

/// Throughput counts successes only; most tools count every answer.
inline constexpr std::string_view kRateCountsAll = "counts failed requests too there; here only successes count";

}  // namespace budgetcheck
