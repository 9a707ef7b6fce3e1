#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collect/account.h"
#include "collect/format.h"
#include "collect/query_log/fields/query_fields.h"
#include "collect/query_log/log_form.h"
#include "collect/query_log/log_schema.h"
#include "collect/query_log/plan_keeper.h"
#include "collect/query_log/query_event.h"
#include "collect/query_log/rows_read.h"
#include "collect/query_log/statement_reader.h"
#include "collect/query_log/tracker.h"
#include "collect/text/line_counts.h"
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

  /// The log is a database's own: whose SQL it is needs no guess, and the rows that statements read are counted.
  void written_by(Dialect dialect);
  /// One record. Gives the statement's number among the shapes; kNoStatement when it is not a statement, or one too
  /// many to be kept apart.
  std::uint32_t add(const LogRecord& record, std::uint32_t line);
  /// The same of a record that another thread's reader understood.
  std::uint32_t add(const ReadRecord& read, std::uint32_t line);
  /// The same of what was understood elsewhere: the statement of a kStatement, and the route's number.
  std::uint32_t add(const QueryEvent& event, KnownStatement* statement, std::uint32_t route, std::uint32_t line);
  /// The number of a route; Execution::kNoRoute when it is one too many.
  std::uint32_t route_number(const query_log::NamedRoute& named);
  /// The log says that the request of this record, which is not a statement, began or ended.
  void begin_request(const LogRecord& record);
  void end_request(const LogRecord& record);
  /// Counters of a statement that ran `executions` times in `total_ms` (negative: unknown), by nobody knows whom. Gives
  /// the same number as `add`.
  std::uint32_t add_totals(std::string_view sql, std::uint32_t line, std::uint64_t executions, double total_ms);
  /// What a planner did for a statement that `add` numbered. Of each statement only the most informative plans are
  /// kept.
  void add_plan(CapturedPlan plan);
  /// Ends the reading, and says of the input what `lines` and the limits of memory make incomplete. Whoever reads the
  /// form may add what else it knows before `report`.
  void describe(const LogForm& form, const LineCounts& lines, Account& account);
  /// Says what the log does not say of requests, and appends what was found. After `describe`.
  void report(const LogForm& form, Account& account, Facts& facts);

  /// The database that the log is of.
  const LogSchema& schema() const { return schema_; }
  bool has_statements() const { return log_.statements > 0; }

 private:
  void follow(const QueryEvent& event, Execution& execution);
  void follow(const QueryEvent& event);
  std::uint32_t number_of(KnownStatement& known);
  std::uint32_t part_number(const KnownStatement& known);
  std::uint32_t shape_number(Shape& shape, std::string table);
  std::uint32_t route_of(std::string_view raw, bool plain);

  void add_samples(Facts& facts);
  void name_models(std::size_t first_sample, std::size_t first_unmeasured, Facts& facts) const;
  void add_unmeasured(const LogForm& form, std::string_view hint_of_input, Facts& facts) const;
  void describe_lines(const LogForm& form, const LineCounts& lines, Account& account) const;
  void describe_limits(Account& account) const;
  void describe_requests(const LogForm& form, Account& account) const;
  void add_repeats();
  void add_repeats(const std::vector<QueryTracker::Found>& all_found);

  const Source& source_;
  const CollectContext& context_;
  const LogSchema schema_;
  QueryLog log_;
  QueryTracker tracker_;
  StatementReader reader_;
  QueryEventReader events_;
  struct Part {
    std::string table;
    std::uint64_t table_hash = 0;
    Verb verb = Verb::kOther;
  };
  std::vector<Part> parts_;
  std::vector<std::uint64_t> loose_;  ///< executions of each shape whose request is not known
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
