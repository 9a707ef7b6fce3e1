#pragma once

#include <cstdint>
#include <string_view>

namespace budgetcheck {

/// Who wrote a query log decides what can be expected of it, and what to do about what is missing.
enum class LogWriter : std::uint8_t {
  kApplication,
  kDatabase,  ///< knows plans and rows, but requests only from comments in the SQL
  kTotals,    ///< counters for each statement: no executions and no requests
};

/// One form of query log, and the words for it.
struct LogForm {
  std::string_view name;
  LogWriter writer = LogWriter::kApplication;
  std::string_view broken_is = "not a complete JSON object";
  std::string_view noun = "line";  ///< what is counted
  /// What to do when it holds no statement; empty: the form reports that itself.
  std::string_view when_empty =
      "write Prisma's query events to it: log: [{ emit: 'event', level: 'query' }] and "
      "prisma.$on('query', e => logger.info(e))";
};

}  // namespace budgetcheck
