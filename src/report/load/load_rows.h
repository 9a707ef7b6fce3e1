#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/sample.h"
#include "report/words/page.h"

namespace budgetcheck {

/// One quantile of a load test, and what the base has for it. Milliseconds.
struct LoadQuantile {
  std::string_view name;  ///< "p95"
  double value = 0;
  std::optional<double> base;
};

/// What the samples load.* say of a whole test or one of its routes or stages; nothing: it was not measured.
struct LoadRow {
  std::string test;
  std::string route;  ///< or "stage 2"; empty: the whole test
  std::optional<double> requests;
  std::optional<double> throughput;
  std::optional<double> base_throughput;
  std::optional<Rate> errors;
  std::vector<LoadQuantile> quantiles;  ///< those of p50, p75, p90, p95, p99 and max that are told
  bool of_successes = false;            ///< the quantiles are of these alone
};

/// Test by test, the whole first, then its routes, the slowest first.
std::vector<LoadRow> load_rows(const std::vector<Sample>& samples, const std::vector<Sample>& base);

/// "checkout GET /events".
std::string load_name(const LoadRow& row);
/// Of one row, in this order: requests, successes a second, failed share, p50, p95, p99. "-" where it was not measured.
std::vector<std::string> load_cells(const LoadRow& row);
const std::vector<std::string_view>& load_heads();

/// The rows as lines of text.
void write_loads(Page& page, const std::vector<LoadRow>& rows, std::size_t most);

}  // namespace budgetcheck
