#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/location.h"
#include "collect/query_log/execution.h"
#include "collect/query_log/fields/query_fields.h"
#include "collect/query_log/statement_reader.h"
#include "model/route.h"
#include "query/sql/params.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {

/// What a record says, once its statement, its request and its parameters are understood. All that is needed of it
/// from then on: the log's text is not, apart from the views.
struct QueryEvent {
  enum class Kind : std::uint8_t {
    kStatement,
    kControl,  ///< COMMIT and the like
    kBegin,    ///< of a request
    kEnd,
  };
  Kind kind = Kind::kStatement;
  Control control = Control::kOther;
  bool has_id = false;       ///< its request is known
  bool traced = false;       ///< by a trace's id
  std::uint64_t key = 0;     ///< of the request; without one, of the stream
  std::string_view id = {};  ///< the request's, as logged; escaped as in JSON
  std::string_view form = {};
  ParamHashes params = {};
  double ms = -1;         ///< negative: unknown
  double rows_read = -1;  ///< likewise
  double at_ms = -1;      ///< likewise
  /// The route as logged; escaped as in JSON unless `plain`.
  std::string_view route = {};
  std::string_view source = {};  ///< the program's line, likewise
  bool plain = false;
};

/// Understands who asked.
class QueryEventReader {
 public:
  /// The statement must not be kNotSql. Views point where the record's do, or live until the next call.
  QueryEvent read(const ReadRecord& read);
  /// The log says that the request of this record, which is not a statement, began or ended. False: nobody can say
  /// which request that is.
  static bool read_bound(const LogRecord& record, QueryEvent::Kind kind, QueryEvent& event);

 private:
  SqlComment comment_;  ///< of the present statement
};

namespace query_log {

/// The route that is logged as this, without what is private in it.
struct NamedRoute {
  std::string name;
  bool inferred = false;
};
NamedRoute name_route(std::string_view logged, const RouteTable* routes);

/// "src/orders.ts:42:7" as a place; empty when it is not a file with a line, or lies in a package.
Location source_line(std::string_view text);

/// A request's id, escaped as in JSON, as findings may show it.
std::string shown_id(std::string_view id);

}  // namespace query_log

}  // namespace budgetcheck
