#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/location.h"
#include "model/database.h"

namespace budgetcheck {

enum class Verb { kSelect, kInsert, kUpdate, kDelete, kOther };

/// One statement with everything that varies taken out.
struct QueryShape {
  std::string text;  ///< display form: literals and placeholders are '?', lists collapsed, comments gone
  Verb verb = Verb::kOther;
  std::string table;  ///< the first table it reads or writes, without quotes and schema; empty when unknown
  std::uint64_t executions = 0;
  double total_ms = 0;
  Location first;          ///< where it was seen first
  std::string key = {};    ///< the same for one shape in every log and version: for keys that are stored
  std::string route = {};  ///< the first that it was seen on; empty: none is known
  Location source = {};    ///< the program's line that asked first; empty: the log does not say
  bool unlimited = false;  ///< its LIMIT was given a value that limits nothing (-1) in every execution
};

/// What a log without request ids shows of a sequence of statements that repeats: whether it is one loop, or the same
/// requests again and again.
struct TurnEvidence {
  std::uint64_t turns = 0;        ///< how often the first statement of the sequence ran; 0: nothing is known
  std::uint64_t present = 0;      ///< turns in which the repeat's own statement ran
  std::uint64_t statements = 0;   ///< all that ran from the first turn to the last
  std::uint64_t foreign = 0;      ///< of these, what belongs to no turn
  std::uint64_t elsewhere = 0;    ///< executions of the repeat's statement outside of such sequences, for each of them
  std::uint32_t reads = 0;        ///< different reads in a turn
  std::uint32_t writes = 0;       ///< different writes in a turn
  bool first = false;             ///< the repeat's own statement begins the turn
  bool same_first = false;        ///< the statement that begins the turn asks for the same each time
  bool timed = false;             ///< the log says when statements ran
  bool tight = false;             ///< the turns follow one another as quickly as a program asks
  bool paused = false;            ///< between most turns, or in them, nothing ran for long
  bool in_transaction = false;    ///< one transaction holds all turns
  bool overlaps = false;          ///< turns begin while statements of others still run
  bool own_transactions = false;  ///< each turn has a transaction of its own
  bool claims = false;            ///< each turn takes rows that nobody else holds
  bool whole = false;             ///< no turn gives up its statements to another, as those that run at the same time do
  bool differ = false;            ///< a statement of the turns means another row nearly each time
  bool batches = false;           ///< a statement of most turns carries several keys or rows
  bool window = false;            ///< the repeat's statement writes what lies between two bounds
};

/// One shape that ran more than once inside one request.
struct Repeat {
  std::uint32_t shape = 0;            ///< index into QueryLog::shapes
  std::uint32_t parent = kNoShape;    ///< the shape that ran last before the first of these; kNoShape: none
  std::vector<std::uint32_t> before;  ///< reads that ran earlier in the request and less often, the last first
  std::string route;                  ///< empty when the log has none
  std::string scope;                  ///< the request's id as logged (printable); empty: the log has no ids
  std::uint64_t count = 0;
  std::uint64_t distinct_params = 0;  ///< how many different parameter lists (exact up to 65,536)
  bool params_known = false;
  bool paging = false;   ///< the executions walk through pages: only LIMIT, OFFSET or a cursor differs
  bool batched = false;  ///< each execution carries a list of keys or rows, and only these differ
  /// The parameters change from one execution to the next, and neither pages nor lists explain it. False too when
  /// all but one execution ask for the same.
  bool loop = false;
  /// Of the reads, those that are part of writes: looked up for one, or read back after it.
  std::uint64_t beside_writes = 0;
  /// Executions of the commonest parameter list, with no write to what it reads in between.
  std::uint64_t most_repeated = 0;
  bool waits = false;  ///< most executions came after a pause in which the database was not asked for anything
  /// The statements that run in one turn of the loop, in their order, this one among them; empty: it runs alone.
  std::vector<std::uint32_t> turn;
  /// Other shapes of the same loop, whose executions count here: they read the same table by the same column.
  std::vector<std::uint32_t> variants;
  /// The shape whose call of a client runs this one too (the rows of a relation, read by a statement of their own).
  std::uint32_t call = kNoShape;
  bool same_row = false;  ///< each execution means the row that the first did, though it does not write the same
  bool claims = false;    ///< each execution is in a transaction of its own, which first claims a row
  TurnEvidence evidence;  ///< of logs without request ids
  double total_ms = 0;
  std::uint64_t requests = 0;        ///< requests of this route in which the shape repeats at least this pattern's way
  std::uint64_t recurring = 0;       ///< of these, in how many it ran at least 3 times
  std::uint64_t route_requests = 0;  ///< all of the route; 0: not known
  Location first;                    ///< the first execution's line

  static constexpr std::uint32_t kNoShape = 0xFFFFFFFF;
  /// Found among statements whose request nobody names.
  bool loose() const { return evidence.turns > 0; }
};

/// What a query log says, aggregated while it streams past: shapes, repeats per request and route. Only the worst
/// request of each (route, shape) is kept, with the number of requests that repeat it.
struct QueryLog {
  std::string input;     ///< path of the log
  std::string form;      ///< "prisma-event", "pino", "winston"
  bool has_ids = false;  ///< at least one record names its request
  std::uint64_t statements = 0;
  std::uint64_t requests = 0;
  std::uint64_t statements_without_id = 0;
  std::vector<QueryShape> shapes;
  std::vector<Repeat> repeats;
  /// When something was logged first and last, since 1970; negative: unknown.
  struct Span {
    double first_ms = -1;
    double last_ms = -1;
  };
  /// A request that may go on in another input, or have begun in one.
  struct OpenRequest {
    std::uint64_t key = 0;  ///< of its id, process, host and service
    Span span;
    bool ended = false;  ///< the log says so
  };
  Span span;                               ///< of all statements
  std::vector<OpenRequest> open_requests;  ///< of those without a trace's id, the last ones
  std::vector<OpenRequest> past_requests;  ///< all of them, or those at both ends of the log, in their order
  bool past_dropped = false;               ///< of others nothing is known any more
  std::vector<CapturedPlan> plans;         ///< the most telling ones of each shape
  std::uint32_t schema = kNoSchema;        ///< index into QueryFacts::schemas

  static constexpr std::uint32_t kNoSchema = 0xFFFFFFFF;
};

/// What query logs and databases say beyond samples.
struct QueryFacts {
  std::vector<QueryLog> logs;
  std::vector<DatabaseSchema> schemas;
  std::vector<TableSize> table_sizes;

  /// `QueryLog::schema` of the other's logs must already index into this object's schemas.
  void append(QueryFacts&& other);
};

}  // namespace budgetcheck
