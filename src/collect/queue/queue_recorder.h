#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "collect/account.h"
#include "collect/format.h"
#include "model/load/queue_facts.h"

namespace budgetcheck {

/// Gathers what one file tells of queues, in any order of time, in bounded memory: of a long row every second reading
/// is kept, then every fourth, and so on.
class QueueRecorder {
 public:
  QueueRecorder(const Source& source, const CollectContext& context);

  /// One number. `at`: milliseconds since 1970; a negative one: the file tells no time. `source`: who tells it, as far
  /// as the file shows. Several of one kind and moment: those that `adds` are added up, else the last one counts.
  void add(std::string_view queue, std::string_view source, QueueRole role, double at, double value, bool adds,
           std::uint32_t line);

  /// A file that writes no line for what is 0: at each of its moments a queue that it does not name has no job.
  void fill_absent();
  std::size_t queues() const;

  /// Gives everything to the facts, in order, and says through the account what could not be used.
  void finish(Account& account, Facts& facts);

 private:
  struct Row {
    std::vector<double> at;
    std::vector<double> value;
    std::size_t stride = 1;
    std::size_t passed = 0;
    double highest = -1;  ///< stays among what is kept
    std::uint32_t line = 0;
  };
  using Key = std::tuple<std::string, std::string, QueueRole>;  ///< queue, source, role

  void put_in_order(Row& row);

  const Source& source_;
  const CollectContext& context_;
  std::map<Key, Row> rows_;
  bool too_many_ = false;
  std::uint64_t back_ = 0;  ///< readings before an earlier one
  std::uint64_t not_finite_ = 0;
  std::uint64_t negative_ = 0;
};

/// The number at the end of a file's name without its extension ("bullmq-149.prom": 149); 0: it has none.
std::uint32_t number_in_name(std::string_view path);

/// The time of a poll in milliseconds since 1970: RFC 3339, or a number in seconds, milliseconds, microseconds or
/// nanoseconds;
/// negative: it is none.
double queue_time(std::string_view text);

}  // namespace budgetcheck
