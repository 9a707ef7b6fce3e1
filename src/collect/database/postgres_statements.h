#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "collect/query_log/builder.h"

namespace budgetcheck {

/// One message of a PostgreSQL server log, whatever form the log has.
struct PostgresMessage {
  std::string_view text;
  std::string_view detail;
  std::string_view process;  ///< empty: the log does not say
  std::uint32_t line = 0;
  bool ended = true;  ///< false: the file ends with it, without a line end
};

/// Turns messages of a PostgreSQL server into statements and plans: those of log_min_duration_statement, log_statement
/// and auto_explain. With two of these settings one execution is logged twice: its messages are put together.
class PostgresStatements {
 public:
  PostgresStatements(const Source& source, const CollectContext& context);

  void add(const PostgresMessage& message);
  /// A message or line that cannot be understood.
  void broken(std::uint32_t line);
  void count_line() { ++lines_.read; }
  /// `cut` tells that the file ends in the middle of something.
  void report(std::string_view form, bool cut, Input& input, Facts& facts);

 private:
  /// An execution that the next message of its process may add to.
  struct Pending {
    std::string process;
    std::string query;
    std::string parameters;
    double duration_ms = -1;
    bool has_plan = false;
    CapturedPlan plan;
    std::uint32_t line = 0;
  };

  void add_plan(const PostgresMessage& message, std::string_view body, double duration_ms);
  void add_statement(const PostgresMessage& message, std::string_view text, double duration_ms);
  void add_duration(const PostgresMessage& message, double duration_ms);
  void hold(Pending pending);
  void emit(Pending& pending);

  QueryLogBuilder builder_;
  LineCounts lines_;
  std::list<Pending> pending_;  ///< oldest first, one for each process
  std::uint64_t unsupported_ = 0;
  std::uint64_t deep_ = 0;
  std::uint64_t plans_ = 0;
  std::uint32_t last_cut_ = 0;  ///< the last message that breaks off
  std::uint32_t last_line_ = 0;
};

/// Whether a message is one that PostgresStatements reads, or that a server writes on its own behalf.
bool is_postgres_message(std::string_view text);

}  // namespace budgetcheck
