#include "detect/query/unjudged_reads.h"

#include <algorithm>

#include "base/text.h"
#include "detect/query/table_reads.h"

namespace budgetcheck {
namespace {

std::string names_of(const std::vector<std::string>& all) {
  constexpr std::size_t kShown = 8;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(kShown, all.size()); ++i) {
    shown.push_back("'" + all[i] + "'");
  }
  return join(shown, ", ") + (all.size() > kShown ? " and " + std::to_string(all.size() - kShown) + " more" : "");
}

}  // namespace

void remark_unjudged_reads(const Facts& facts, const Rule& rule, std::vector<std::string>& notes) {
  const double min_rows = rule.param("min_rows");
  const TableReads reads = table_reads(facts, min_rows);
  if (!reads.unknown_tables.empty()) {
    notes.push_back("The schema does not have " + names_of(reads.unknown_tables) + ", so statements on " +
                    (reads.unknown_tables.size() == 1 ? "it" : "them") +
                    " were not judged for full scans: check that --schema belongs to this log");
  }
  if (!reads.reference_tables.empty()) {
    notes.push_back("All rows are read of " + names_of(reads.reference_tables) +
                    (reads.reference_tables.size() == 1 ? ", which looks" : ", which look") +
                    " like small reference data, so nothing is said of it: --table-rows FILE with the tables' sizes "
                    "makes that certain");
  }
  if (reads.tiny_statistics) {
    notes.push_back("The table sizes given are those of a test database (no table has " +
                    std::to_string(static_cast<std::uint64_t>(min_rows)) +
                    " rows), so they were not used: export them from a database with real data");
  }
  if (reads.not_understood > 0) {
    notes.push_back(counted(static_cast<std::size_t>(reads.not_understood), "statement") +
                    " could not be read to the end and " + (reads.not_understood == 1 ? "was" : "were") +
                    " not judged for full scans, the first at " + printable(to_string(reads.first_not_understood)));
  }
  const bool unreadable = std::any_of(facts.inputs.begin(), facts.inputs.end(), [](const Input& input) {
    return input.format == "prisma-schema" && input.state == InputState::kUnreadable;
  });
  if (reads.without_schema > 0 && !unreadable) {
    notes.push_back(counted(static_cast<std::size_t>(reads.without_schema), "statement") +
                    (reads.without_schema == 1 ? " was" : " were") +
                    " not judged for full scans: name the schema with --schema prisma/schema.prisma");
  }
}

}  // namespace budgetcheck
