#include "detect/query/repeat_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/glob.h"
#include "base/units.h"
#include "detect/query/loop_relation.h"
#include "detect/query/loop_strength.h"

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
      WorstRepeat one;
      one.log = &log;
      one.repeat = &repeat;
      one.count = count;
      one.requests = repeat.requests;
      if (!log.has_ids || repeat.loose() || repeat.waits) {
        const LoopRelation relation = loop_relation(facts, one);
        one.strength = strength_of(log, repeat, relation);
        one.confidence = strength_words(log, one.strength, repeat, relation);
      }
      if (one.strength == LoopStrength::kNone) {
        continue;
      }
      const auto [at, added] = known.emplace(std::pair(repeat.route, shape.key), all.size());
      if (added) {
        all.push_back(std::move(one));
        continue;
      }
      WorstRepeat& worst = all[at->second];
      const std::uint64_t requests = worst.requests + (repeat.loose() ? 0 : one.requests);
      // What is known of a request says more than what is only hinted at.
      const auto rank = [](const WorstRepeat& w) { return std::tuple(!w.repeat->loose(), w.strength, w.count); };
      if (rank(one) > rank(worst)) {
        worst = std::move(one);
      }
      worst.requests = requests;
    }
  }
  return all;
}

bool recurs(const Repeat& repeat) {
  constexpr std::uint64_t kLeastTurns = 3;
  constexpr std::uint64_t kLeastRequests = 3;
  constexpr std::uint64_t kOfTen = 6;
  return repeat.count >= kLeastTurns && repeat.recurring >= kLeastRequests && !repeat.before.empty() &&
         repeat.recurring * 10 >= repeat.route_requests * kOfTen;
}

bool has_long_turns(const Repeat& repeat) {
  constexpr std::uint64_t kLeastTurns = 3;
  const TurnEvidence& e = repeat.evidence;
  return e.turns >= kLeastTurns && repeat.count >= kLeastTurns && e.reads + e.writes >= 2;
}

void drop_few_unclear(std::vector<WorstRepeat>& found, double min_repeats) {
  std::erase_if(found, [&](const WorstRepeat& worst) {
    return worst.repeat->loose() && static_cast<double>(worst.count) < min_repeats &&
           worst.strength < LoopStrength::kClear;
  });
}

void drop_parts_of_calls(std::vector<WorstRepeat>& found) {
  std::vector<WorstRepeat> kept;
  for (const WorstRepeat& part : found) {
    const bool said =
        part.repeat->call != Repeat::kNoShape && std::any_of(found.begin(), found.end(), [&](const WorstRepeat& w) {
          return w.log == part.log && w.repeat->shape == part.repeat->call && w.repeat->route == part.repeat->route &&
                 w.repeat->call != part.repeat->shape;
        });
    if (!said) {
      kept.push_back(part);
    }
  }
  found = std::move(kept);
}

bool goes_with_writes(const Repeat& repeat) {
  constexpr std::uint64_t kOfTen = 8;  // the first or the last may stand alone
  return repeat.beside_writes * 10 >= repeat.count * kOfTen;
}

std::string where_of(const WorstRepeat& worst) {
  const Repeat& repeat = *worst.repeat;
  if (repeat.scope.empty()) {
    const std::string route = repeat.route.empty() ? "" : " (" + repeat.route + ")";
    const std::string_view unnamed = worst.log->has_ids ? "no request is named here" : "the log names no request";
    return worst.strength == LoopStrength::kWeak
               ? fmt::format("one after the other{}, perhaps in one request ({})", route,
                             worst.log->has_ids ? unnamed : "the log names none")
               : fmt::format("in one loop{} ({})", route, unnamed);
  }
  return fmt::format("in one request ({}{})", repeat.route.empty() ? "" : repeat.route + ", ", repeat.scope);
}

Finding repeat_finding(const Rule& rule, const WorstRepeat& worst) {
  const Repeat& repeat = *worst.repeat;
  const QueryShape& shape = worst.shape();
  Finding finding;
  finding.rule = rule.id;
  finding.level = worst.strength == LoopStrength::kCertain ? rule.level
                  : worst.strength == LoopStrength::kClear ? std::min(rule.level, Level::kWarning)
                                                           : std::min(rule.level, Level::kNote);
  finding.subject = repeat.route.empty() ? shape.table : repeat.route;
  finding.location = shape.source.file.empty() ? repeat.first : shape.source;
  finding.evidence.sql = shape.text;
  finding.evidence.count = worst.count;
  finding.evidence.distinct_params = repeat.distinct_params;
  finding.evidence.scope = repeat.scope;
  finding.evidence.route = repeat.route;
  finding.evidence.parent_sql = worst.parent() == nullptr ? "" : worst.parent()->text;
  const bool loop = repeat.loop || !repeat.params_known;
  std::vector<std::uint32_t> shapes = loop ? repeat.turn : std::vector<std::uint32_t>();
  if (!repeat.variants.empty()) {
    shapes = repeat.variants;
    shapes.insert(shapes.begin(), repeat.shape);
  }
  for (const std::uint32_t other : shapes) {
    finding.evidence.statements.push_back(worst.log->shapes[other].text);
  }
  finding.evidence.input = worst.log->input;
  finding.evidence.line = repeat.first.line;
  if (!repeat.loose()) {
    finding.evidence.details.emplace_back("requests affected", std::to_string(worst.requests));
  } else {
    finding.evidence.details.emplace_back("confidence", worst.confidence);
  }
  if (repeat.total_ms > 0) {
    finding.evidence.details.emplace_back("database time", format_quantity(repeat.total_ms, Unit::kMilliseconds));
  }
  finding.magnitude = static_cast<double>(worst.count);
  finding.key = finding_key(rule.id, {repeat.route, shape.key});
  return finding;
}

}  // namespace budgetcheck
