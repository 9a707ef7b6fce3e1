#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/queue/queue_names.h"
#include "model/input_spec.h"
#include "model/load/queue_facts.h"

namespace budgetcheck {

/// One value of a row: its name, the object that it stands in (empty: the row itself), and its text.
struct PolledValue {
  std::string name;
  std::string parent;
  std::string text;
};
using PolledRow = std::vector<PolledValue>;

/// Which values of a row mean what: by the usual names, and what the input maps.
class PolledFields {
 public:
  explicit PolledFields(const InputSettings& settings);

  const std::string* time(const PolledRow& row) const;
  const std::string* queue(const PolledRow& row) const;
  const std::string* state(const PolledRow& row) const;
  const std::string* count(const PolledRow& row) const;
  /// Who polled; null: it is not said.
  const std::string* source(const PolledRow& row) const;
  /// What this value counts.
  std::optional<QueueRole> role(const PolledValue& value) const;

  /// A row of one job: when it was added, taken and finished; null: it is none.
  struct Job {
    const std::string* added = nullptr;
    const std::string* taken = nullptr;
    const std::string* ended = nullptr;
    const std::string* delay = nullptr;  ///< milliseconds that it was to wait
    bool failed = false;
  };
  std::optional<Job> job(const PolledRow& row) const;

  /// Whether rows with these values are counts or jobs of queues.
  bool reads(const PolledRow& row) const;

 private:
  const std::string* mapped_or(const PolledRow& row, const std::string& mapped,
                               const std::vector<std::string_view>& usual) const;

  std::string queue_;
  std::string time_;
  std::string state_;
  std::string count_;
  std::vector<MappedCount> roles_;
};

}  // namespace budgetcheck
