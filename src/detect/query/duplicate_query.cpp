#include "detect/query/duplicate_query.h"

#include <fmt/format.h>

#include "detect/query/loop_relation.h"
#include "detect/query/repeat_finding.h"

namespace budgetcheck {
namespace {

/// From here on a read with changing parameters is a loop, of which n-plus-one speaks (its default): that some of
/// the loop's keys are equal is not worth a second finding.
constexpr std::uint64_t kLoopLength = 5;

std::uint64_t identical_reads(const QueryLog& log, const Repeat& repeat) {
  const QueryShape& shape = log.shapes[repeat.shape];
  if (repeat.loose() || !repeat.params_known || shape.verb != Verb::kSelect || shape.table.empty()) {
    return 0;
  }
  const bool part_of_loop = repeat.loop && (repeat.count >= kLoopLength || recurs(repeat));
  return part_of_loop || repeat.paging || repeat.batched ? 0 : repeat.most_repeated;
}

}  // namespace

void detect_duplicate_query(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const double min_repeats = rule.param("min_repeats");
  const auto repeats = worst_repeats(facts, rule, [&](const QueryLog& log, const Repeat& repeat) {
    const std::uint64_t count = identical_reads(log, repeat);
    return static_cast<double>(count) >= min_repeats ? count : 0;
  });
  for (const WorstRepeat& worst : repeats) {
    const std::string table = "'" + model_of(facts, *worst.log, worst.shape()) + "'";
    Finding finding = repeat_finding(rule, worst);
    finding.message = fmt::format("{} identical reads of {} {}: the same statement with the same parameters",
                                  worst.count, table, where_of(worst));
    finding.fix.text = fmt::format(
        "Read {} once per request and pass the result on, or memoise the function that reads it for the length of a "
        "request: React's cache(), or a DataLoader made per request.",
        table);
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
