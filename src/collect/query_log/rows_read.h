#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/distribution.h"
#include "model/facts.h"

namespace budgetcheck {

/// How many rows the database read for each execution of a statement: the samples of queries.rows_read, by table and
/// operation, and by route as well where statements name theirs.
class RowsRead {
 public:
  static constexpr std::size_t kMaxGroups = 5'000;

  /// `route` empty: not known; `rows` negative: not known.
  void add(std::string_view route, const QueryShape& shape, double rows);
  /// Nothing when no execution's rows are known: that is another thing than 0.
  void add_samples(const std::string& path, bool too_many_shapes, Facts& facts) const;

  bool any() const { return any_; }
  bool too_many() const { return too_many_; }

 private:
  struct Rows {
    Distribution values;
    std::uint64_t unknown = 0;
  };
  void add_to(std::string_view route, const QueryShape& shape, double rows);

  /// By route (empty: over all of them), table and operation.
  std::map<std::tuple<std::string, std::string, std::string_view>, Rows> groups_;
  bool any_ = false;
  bool too_many_ = false;
};

}  // namespace budgetcheck
