#include "detect/query/unjudged_reads.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "detect/query/table_reads.h"

namespace budgetcheck {
namespace {

std::string names_of(const std::vector<std::string>& all, bool quoted = true) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(kShown, all.size()); ++i) {
    shown.push_back(quoted ? "'" + all[i] + "'" : all[i]);
  }
  return join(shown, ", ") + (all.size() > kShown ? fmt::format(" and {} more", all.size() - kShown) : "");
}

}  // namespace

void note_unjudged_reads(const Facts& facts, const Rule& rule, std::vector<std::string>& notes) {
  const double min_rows = rule.param("min_rows");
  const TableReads reads = table_reads(facts, min_rows);
  if (!reads.unknown_tables.empty()) {
    notes.push_back(fmt::format(
        "The schema does not have {}, so statements on {} were not checked for full scans: check that --schema belongs "
        "to this log",
        names_of(reads.unknown_tables), reads.unknown_tables.size() == 1 ? "it" : "them"));
  }
  if (!reads.reference_tables.empty()) {
    notes.push_back(fmt::format(
        "All rows are read of {}, which {} like small reference data, so this is not reported: --table-rows FILE with "
        "the tables' sizes makes it certain",
        names_of(reads.reference_tables), reads.reference_tables.size() == 1 ? "looks" : "look"));
  }
  if (!reads.depends_on.empty()) {
    notes.push_back(fmt::format(
        "Whether an index serves depends on the values that statements were given, or on a kind of index that is not "
        "known here, so this was not judged: {}; a captured plan shows it",
        names_of(reads.depends_on, false)));
  }
  if (!reads.chosen.empty()) {
    notes.push_back(fmt::format(
        "A captured plan reads every row of {} although an index serves the statement: a large part of the rows was "
        "wanted, so this is the planner's choice and not reported",
        names_of(reads.chosen)));
  }
  if (!reads.forbidding.empty()) {
    notes.push_back(fmt::format("Deletes look through tables without an index for rows that forbid them: {}",
                                names_of(reads.forbidding, false)));
  }
  if (reads.tiny_statistics) {
    notes.push_back(fmt::format(
        "The table sizes are those of a test database (no table has {} rows), so they were not used: export them from "
        "a database with real data",
        static_cast<std::uint64_t>(min_rows)));
  }
  if (reads.not_understood > 0) {
    notes.push_back(fmt::format("{} could not be fully parsed and {} not checked for full scans, the first at {}",
                                counted(static_cast<std::size_t>(reads.not_understood), "statement"),
                                reads.not_understood == 1 ? "was" : "were",
                                printable(to_string(reads.first_not_understood))));
  }
  const bool unreadable = std::any_of(facts.inputs.begin(), facts.inputs.end(), [](const Input& input) {
    return input.format == "prisma-schema" && input.state == InputState::kUnreadable;
  });
  if (reads.without_schema > 0 && !unreadable) {
    notes.push_back(fmt::format("{} {} not checked for full scans: pass the schema with --schema prisma/schema.prisma",
                                counted(static_cast<std::size_t>(reads.without_schema), "statement"),
                                reads.without_schema == 1 ? "was" : "were"));
  }
}

}  // namespace budgetcheck
