#include "detect/query/repeat_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/glob.h"
#include "base/units.h"

namespace budgetcheck {

const QueryShape* WorstRepeat::parent() const {
  return repeat->parent < log->shapes.size() ? &log->shapes[repeat->parent] : nullptr;
}

std::vector<WorstRepeat> worst_repeats(const Facts& facts, const Rule& rule, const CountRepeat& counts) {
  std::vector<WorstRepeat> all;
  std::map<std::pair<std::string, std::string>, std::size_t> known;
  for (const QueryLog& log : facts.queries.logs) {
    for (const Repeat& repeat : log.repeats) {
      const std::uint64_t count = counts(log, repeat);
      if (count == 0) {
        continue;
      }
      const QueryShape& shape = log.shapes[repeat.shape];
      const bool ignored = std::any_of(rule.ignore.begin(), rule.ignore.end(), [&](const std::string& glob) {
        return label_glob_matches(glob, shape.table) || label_glob_matches(glob, repeat.route);
      });
      if (ignored) {
        continue;
      }
      const auto [at, added] = known.emplace(std::pair(repeat.route, shape.key), all.size());
      if (added) {
        all.push_back({&log, &repeat, count, repeat.requests});
        continue;
      }
      WorstRepeat& worst = all[at->second];
      worst.requests += repeat.requests;
      // What is known of a request says more than what is only hinted at.
      if (std::pair(log.has_ids, count) > std::pair(worst.log->has_ids, worst.count)) {
        worst.log = &log;
        worst.repeat = &repeat;
        worst.count = count;
      }
    }
  }
  return all;
}

bool goes_with_writes(const Repeat& repeat) {
  constexpr std::uint64_t kOfTen = 8;  // the first or the last may stand alone
  return repeat.beside_writes * 10 >= repeat.count * kOfTen;
}

std::string where_of(const WorstRepeat& worst) {
  const Repeat& repeat = *worst.repeat;
  if (repeat.scope.empty()) {
    return fmt::format("back to back{}, perhaps in one request (the log names none)",
                       repeat.route.empty() ? "" : " (" + repeat.route + ")");
  }
  return fmt::format("in one request ({}{})", repeat.route.empty() ? "" : repeat.route + ", ", repeat.scope);
}

Finding repeat_finding(const Rule& rule, const WorstRepeat& worst) {
  const Repeat& repeat = *worst.repeat;
  const QueryShape& shape = worst.shape();
  Finding finding;
  finding.rule = rule.id;
  finding.level = worst.log->has_ids ? rule.level : std::min(rule.level, Level::kNote);
  finding.subject = repeat.route.empty() ? shape.table : repeat.route;
  finding.location = shape.source.file.empty() ? repeat.first : shape.source;
  finding.evidence.sql = shape.text;
  finding.evidence.count = worst.count;
  finding.evidence.distinct_params = repeat.distinct_params;
  finding.evidence.scope = repeat.scope;
  finding.evidence.route = repeat.route;
  finding.evidence.parent_sql = worst.parent() == nullptr ? "" : worst.parent()->text;
  finding.evidence.input = worst.log->input;
  finding.evidence.line = repeat.first.line;
  if (worst.log->has_ids) {
    finding.evidence.details.emplace_back("requests affected", std::to_string(worst.requests));
  } else {
    finding.evidence.details.emplace_back("confidence", "low: the log has no request ids");
  }
  if (repeat.total_ms > 0) {
    finding.evidence.details.emplace_back("database time", format_quantity(repeat.total_ms, Unit::kMilliseconds));
  }
  finding.magnitude = static_cast<double>(worst.count);
  finding.key = finding_key(rule.id, {repeat.route, shape.key});
  return finding;
}

}  // namespace budgetcheck
