#include "report/compare/compare_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kSubjectWidth = 120;

std::string value_words(double value, bool at_least, const SampleChange& change, const std::optional<double>& against) {
  return (at_least ? "at least " : "") +
         (against ? format_quantity(value, change.unit, *against) : format_quantity(value, change.unit));
}

bool same_causes(const std::vector<Cause>& a, const std::vector<Cause>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Cause& x, const Cause& y) { return cause_words(x) == cause_words(y); });
}

}  // namespace

std::string change_subject(const SampleChange& change) {
  std::string out = name_text(change.metric, kSubjectWidth);
  const std::string where = to_string(change.where);
  out += where.empty() ? "" : ", " + name_text(where, kSubjectWidth);
  if (change.base_runs > 1 || change.head_runs > 1) {
    const bool differ = change.base && change.head && change.base_runs != change.head_runs;
    out += fmt::format(" ({} of {})", to_string(change.stat),
                       differ ? fmt::format("{} and {}", change.base_runs, change.head_runs)
                              : fmt::to_string(change.head ? change.head_runs : change.base_runs));
  }
  return out;
}

std::string change_values(const SampleChange& change) {
  const std::string base = change.base ? value_words(*change.base, change.base_at_least, change, change.head) : "";
  const std::string head = change.head ? value_words(*change.head, change.head_at_least, change, change.base) : "";
  return base.empty() ? head : head.empty() ? base : base + " → " + head;
}

std::string change_delta(const SampleChange& change) {
  if (!change.base || !change.head) {
    return {};
  }
  Verdict both;
  both.unit = change.unit;
  both.value = change.head;
  both.base = change.base;
  both.delta = *change.head - *change.base;
  return numbers(both).delta;
}

std::string parts_subject(const PartsChange& change) {
  const std::string_view kind = change.causes.empty() ? std::string_view() : change.causes.front().kind;
  std::string out = is_package_kind(kind) || is_module_kind(kind) ? "packages and modules"
                    : kind == "asset"                             ? "files"
                    : kind == "field"                             ? "fields"
                    : kind == "query"                             ? "statements"
                    : kind == "request"                           ? "requests"
                                                                  : "parts";
  const std::string where = to_string(change.where);
  return fmt::format("{} of {}", out, where.empty() ? "the whole build" : name_text(where, kSubjectWidth));
}

std::string finding_line(const Finding& finding) {
  const std::string place = name_text(to_string(finding.location), kSubjectWidth);
  std::string out = name_text(finding.rule, 60) + (place.empty() ? "" : " at " + place);
  const std::string message = finding.message.empty() ? name_text(finding.subject) : message_words(finding);
  return out + (message.empty() ? "" : ": " + message);
}

std::string side_words(const ComparedSide& side) {
  constexpr std::size_t kShortCommit = 7;
  std::vector<std::string> known;
  if (!side.commit.empty()) {
    known.push_back(name_text(side.commit.substr(0, kShortCommit)));
  }
  if (!side.measured_at.empty()) {
    known.push_back(fmt::format("measured {}", name_text(side.measured_at)));
  }
  return known.empty() ? name_text(side.label) : fmt::format("{} ({})", name_text(side.label), join(known, ", "));
}

std::vector<const PartsChange*> distinct_parts(const ResultsComparison& comparison) {
  std::vector<const PartsChange*> distinct;
  for (const PartsChange& change : comparison.parts) {
    const bool known = std::any_of(distinct.begin(), distinct.end(), [&](const PartsChange* other) {
      return other->metric == change.metric && same_causes(other->causes, change.causes);
    });
    if (!known) {
      distinct.push_back(&change);
    }
  }
  return distinct;
}

}  // namespace budgetcheck
