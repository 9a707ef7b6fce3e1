#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collect/format.h"
#include "collect/query_log/log_schema.h"
#include "collect/query_log/plan_keeper.h"
#include "collect/query_log/query_fields.h"
#include "collect/query_log/rows_read.h"
#include "collect/query_log/statement_reader.h"
#include "collect/query_log/tracker.h"
#include "query/sql/lexer.h"
#include "query/sql/shape.h"

namespace budgetcheck {

/// Turns the records of one query log, whatever form it has, into facts: shapes, repeats per request, samples per
/// route, and what could not be measured. Records stream through; memory is bounded.
class QueryLogBuilder {
 public:
  QueryLogBuilder(const Source& source, const CollectContext& context);

  static constexpr std::uint32_t kNoStatement = 0xFFFFFFFF;
  static constexpr std::size_t kMaxRoutes = 2'000;

  /// Something that the input lacks, and what to do about it.
  struct Gap {
    std::string message;
    std::string hint;
  };

  /// What was read beside the statements: a form tells it, for the remarks on the input.
  struct Lines {
    std::uint64_t read = 0;    ///< lines that hold something
    std::uint64_t broken = 0;  ///< of these, those that cannot be understood
    std::uint32_t first_broken = 0;
    std::string_view should_be = "no whole JSON object";  ///< what the broken ones are
    std::string_view noun = "line";                       ///< what is counted here
    Gap none;               ///< what to say when there is no statement at all; empty: the usual
    std::vector<Gap> gaps;  ///< each makes the input incomplete

    /// Who wrote it decides what may be expected of it, and what to do about what is missing.
    enum class Writer {
      kApplication,
      kDatabase,  ///< knows plans and rows, but requests only from comments in the SQL
      kTotals,    ///< counters for each statement: no executions and no requests
    };
    Writer writer = Writer::kApplication;
    /// What to do when it holds no statement; empty: log Prisma's events.
    std::string_view when_empty;
    struct Remark {
      std::string text;
      std::string_view hint;
      bool incomplete = false;
    };
    std::vector<Remark> remarks;

    /// The last of the broken ones is what the file breaks off in: a remark says that better.
    void forget_last_broken() {
      broken -= broken > 0 ? 1U : 0U;
      first_broken = broken == 0 ? 0 : first_broken;
    }
  };

  /// The log is a database's own: whose SQL it is needs no guess, and the rows that statements read are counted.
  void written_by(Dialect dialect);
  /// One record. Gives the statement's number among the shapes; kNoStatement when it is none, or is not told apart.
  std::uint32_t add(const LogRecord& record, std::uint32_t line);
  /// The same of a record that another thread's reader understood.
  std::uint32_t add(const ReadRecord& read, std::uint32_t line);
  /// Counters of a statement that ran `executions` times in `total_ms` (negative: unknown), by nobody knows whom. Gives
  /// the same number as `add`.
  std::uint32_t add_totals(std::string_view sql, std::uint32_t line, std::uint64_t executions, double total_ms);
  /// What a planner did for a statement that `add` numbered. Of each statement only the most telling plans are kept.
  void add_plan(CapturedPlan plan);
  /// Ends the reading and appends what was found. `form` names the log's form where the records do not.
  void report(std::string_view form, const Lines& lines, Input& input, Facts& facts);

  /// The database that the log is of.
  const LogSchema& schema() const { return schema_; }
  bool has_statements() const { return log_.statements > 0; }

 private:
  void follow(const LogRecord& record, bool commented, Execution& execution);
  std::uint32_t number_of(KnownStatement& known);
  std::uint32_t part_number(const KnownStatement& known);
  std::uint32_t shape_number(Shape& shape, std::string table);
  std::uint32_t route_of(std::string_view raw, bool plain);
  std::string template_of(std::string_view logged);
  std::uint32_t route_number(const std::string& route);

  void add_samples(Facts& facts);
  void name_models(std::size_t first_sample, std::size_t first_unmeasured, Facts& facts) const;
  void add_unmeasured(const Lines& lines, std::string_view hint_of_input, Facts& facts) const;
  void describe_requests(const Lines& lines, std::vector<std::string>& remarks, Input& input) const;
  void add_repeats();
  void describe(const Lines& lines, Input& input) const;

  const Source& source_;
  const CollectContext& context_;
  const LogSchema schema_;
  QueryLog log_;
  QueryTracker tracker_;
  StatementReader reader_;
  struct Part {
    std::string table;
    std::uint64_t table_hash = 0;
    Verb verb = Verb::kOther;
  };
  std::vector<Part> parts_;
  PlanKeeper plans_;
  RowsRead rows_;
  std::unordered_map<std::string, std::uint32_t> shape_numbers_;
  std::size_t shape_bytes_ = 0;
  std::vector<std::string> routes_;
  std::unordered_map<std::string, std::uint32_t> route_numbers_;
  std::unordered_map<std::uint64_t, std::uint32_t> route_spellings_;
  std::uint32_t line_ = 0;
  bool counts_rows_ = false;
  std::uint64_t controls_ = 0;
  std::uint64_t without_params_ = 0;
  std::uint64_t without_duration_ = 0;
  bool too_many_shapes_ = false;
  bool too_many_routes_ = false;
  bool routes_inferred_ = false;
};

}  // namespace budgetcheck
