#include "detect/query/repeated_query.h"

#include <fmt/format.h>

#include "detect/query/loop_relation.h"
#include "detect/query/repeat_finding.h"

namespace budgetcheck {

void detect_repeated_query(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const double min_repeats = rule.param("min_repeats");
  std::vector<WorstRepeat> repeats =
      worst_repeats(facts, rule, [&](const QueryLog& log, const Repeat& repeat) -> std::uint64_t {
        const QueryShape& shape = log.shapes[repeat.shape];
        const bool touches = shape.verb != Verb::kOther && !shape.table.empty();
        const bool enough = static_cast<double>(repeat.count) >= min_repeats || has_long_turns(repeat);
        return !repeat.params_known && !repeat.batched && !repeat.paging && touches && enough &&
                       !goes_with_writes(repeat)
                   ? repeat.count
                   : 0;
      });
  drop_few_unclear(repeats, min_repeats);
  drop_parts_of_calls(repeats);
  for (const WorstRepeat& worst : repeats) {
    const LoopRelation relation = loop_relation(facts, worst);
    Finding finding = repeat_finding(rule, worst);
    finding.message = fmt::format(
        "{} statements of one shape on '{}' {}: a loop or the same query again, which the log does not show because it "
        "has no parameters",
        worst.count, model_of(relation, worst.shape()), where_of(worst));
    finding.fix.text = "Look for a loop over this statement";
    if (relation.parent != nullptr && !relation.field.empty()) {
      finding.fix.text += fmt::format(" ({}.findMany with include: {{ {}: true }} would read all at once)",
                                      delegate_of(*relation.parent), relation.field);
      finding.evidence.parent_sql = relation.source->text;
    }
    finding.fix.text += ", or for a value that is read in several places; log the parameters to find out which it is.";
    finding.fix.model = relation.child != nullptr ? relation.child->model : std::string();
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
