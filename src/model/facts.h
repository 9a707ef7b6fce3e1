#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/distribution.h"
#include "base/location.h"
#include "model/database.h"
#include "model/environment.h"
#include "model/history.h"
#include "model/part.h"
#include "model/sample.h"

namespace budgetcheck {

/// How far an input could be used.
enum class InputState {
  kRead,        ///< wholly understood
  kIncomplete,  ///< understood, but it lacks something that a verdict may need
  kUnreadable,  ///< missing, broken, or of no known format
};

/// One input file and what became of it.
struct Input {
  std::string path;    ///< as the user would write it
  std::string format;  ///< "lighthouse", "webpack", …; empty when not recognised
  std::uint64_t bytes = 0;
  InputState state = InputState::kRead;
  /// Why it is not wholly read, or a remark on one that is ("3 of 900 lines are no JSON"); may be empty.
  std::string message;
  std::string hint;
  /// Metric families that this input would have supplied ("bundle."); empty with kUnreadable: any.
  std::vector<std::string> families;
};

/// One HTTP request and its response, from a capture. Unknown sizes and times are negative.
struct Exchange {
  std::string method;
  std::string path;  ///< of the URL: no scheme, no query string, no fragment
  std::string host;
  std::string route;            ///< "GET /api/users/:id": method and template
  bool route_inferred = false;  ///< the template was guessed from the path, not given by the budgets file
  std::string page;             ///< path of the page that caused it; empty when the capture has no pages
  std::string type;             ///< document, script, stylesheet, image, font, media, fetch, other
  int status = 0;               ///< 0 or negative: failed or blocked, nothing arrived
  double transfer_bytes = -1;   ///< headers and body on the wire
  double body_bytes = -1;       ///< body on the wire
  double decoded_bytes = -1;    ///< body after decompression
  double time_ms = -1;
  std::string content_encoding;  ///< lower case; empty for none
  std::string mime_type;         ///< lower case, without parameters
  bool from_cache = false;
  double start_ms = -1;           ///< when it was sent, since the first request of its page or capture
  std::uint64_t request_key = 0;  ///< hash of method, whole URL and request body; 0: not known
  std::string cache_control;      ///< of the response, lower case; empty for none or unknown
  bool has_validator = false;     ///< the response carries an ETag or a Last-Modified
  bool headers_known = true;      ///< false: the capture holds no response headers, so their absence says nothing
  std::uint32_t visit = 0;        ///< page loads of one input are numbered; what belongs to none has 0
  bool prefetch = false;          ///< the browser fetched it ahead, for a page that may come next
  Location location;              ///< pointer names the entry
};

/// What the elements of one list in the JSON answers of a route hold, over all answers of the capture. Names only.
struct ListFields {
  struct Field {
    std::string name;         ///< as seen from the element: "owner.id"
    double bytes = 0;         ///< in all elements together
    bool everywhere = false;  ///< every element has it
    bool constant = false;    ///< a text, number or word that is the same in every element
  };
  std::string route;  ///< "GET /api/users"
  std::string list;   ///< "users[]"
  std::uint64_t answers = 0;
  std::uint64_t elements = 0;
  double bytes = 0;  ///< of all answers
  std::vector<Field> fields;
  Location location;  ///< of the largest answer
};

/// One package that a bundle holds in more than one copy.
struct PackageCopies {
  struct Copy {
    std::string folder;    ///< "node_modules/a/node_modules/lodash"
    std::string version;   ///< empty when the path does not tell
    double bytes = 0;      ///< of source, before minification
    std::string importer;  ///< a module that asks for this copy; may be empty
  };
  std::string package;
  std::vector<Copy> copies;  ///< biggest first
  Location location;
};

/// A package whose modules are in a bundle (for rules on what may be bundled).
struct BundledPackage {
  std::string name;
  double bytes = 0;  ///< of source
  std::string importer;
  Location location;
};

/// A build that reported errors and still wrote its stats.
struct FailedBuild {
  std::uint64_t errors = 0;
  std::string first_error;  ///< printable, one line, shortened
  Location location;
};

/// A metric of the main branch that grew over many changes, none of which shows it.
struct CreptMetric {
  std::string budget;
  std::string metric;
  Labels where;
  Unit unit = Unit::kNone;
  Creep creep;
  Location location;  ///< of the budget
};

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
  Location source = {};    ///< the program's line that asked first; empty: the log does not tell
  bool unlimited = false;  ///< its LIMIT was given a value that limits nothing (-1) in every execution
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
  double total_ms = 0;
  std::uint64_t requests = 0;  ///< requests of this route in which the shape repeats at least this pattern's way
  Location first;              ///< the first execution's line

  static constexpr std::uint32_t kNoShape = 0xFFFFFFFF;
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
  std::vector<CapturedPlan> plans;   ///< the most telling ones of each shape
  std::uint32_t schema = kNoSchema;  ///< index into Facts::schemas

  static constexpr std::uint32_t kNoSchema = 0xFFFFFFFF;
};

/// Everything that the inputs say, before any judgement.
struct Facts {
  std::vector<Input> inputs;
  std::vector<Sample> samples;
  std::vector<Unmeasured> unmeasured;
  std::vector<Exchange> exchanges;
  std::vector<ListFields> list_fields;
  std::vector<QueryLog> query_logs;
  std::vector<DatabaseSchema> schemas;
  std::vector<TableSize> table_sizes;
  std::vector<PackageCopies> duplicate_packages;
  std::vector<BundledPackage> packages;
  std::vector<FailedBuild> failed_builds;
  std::vector<CreptMetric> crept;  ///< from the stored records of the main branch
  std::vector<Part> parts;         ///< what samples are made of, for "why it grew"
  Environment env;                 ///< of the machine and tools that measured
  /// Remarks for the reader of the report that change no verdict ("routes were inferred: …").
  std::vector<std::string> notes;
};

}  // namespace budgetcheck
