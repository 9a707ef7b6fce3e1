#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "collect/query_log/fields/query_fields.h"
#include "query/sql/lexer.h"
#include "query/sql/params.h"
#include "query/sql/shape.h"

namespace budgetcheck {

/// What a statement means, the same for all its executions.
struct KnownStatement {
  static constexpr std::uint32_t kNotNumbered = 0xFFFFFFFE;

  Shape shape;  ///< without text and key once it has a number
  std::string table;
  std::uint64_t table_hash = 0;         ///< 0: no table
  bool pages = false;                   ///< has LIMIT, OFFSET or a cursor among what differs
  bool calls = false;                   ///< a SELECT without FROM
  bool open = false;                    ///< a read with one value, which is compared for no equality
  std::uint32_t number = kNotNumbered;  ///< set by the log's builder alone
  std::uint32_t part = 0xFFFFFFFF;      ///< likewise: of the table and the verb together
};

/// A record whose statement and parameters are understood.
struct ReadRecord {
  LogRecord record;
  KnownStatement* statement = nullptr;  ///< lives as long as the reader's memory of that time
  ParamHashes params;
  bool commented = false;  ///< comments stand around the statement
};

/// Understands statements, and remembers them by their text as logged. One for each thread.
class StatementReader {
 public:
  using Memory = std::unordered_map<std::uint64_t, KnownStatement>;

  explicit StatementReader(Dialect dialect) : dialect_(dialect) {}

  ReadRecord read(const LogRecord& record);
  KnownStatement& statement(std::string_view raw, bool plain);
  /// What `statement` of the records read since the memory was last full points into.
  const std::shared_ptr<Memory>& memory() const { return memory_; }

 private:
  KnownStatement understand(std::string_view raw, bool plain);

  Dialect dialect_;
  std::shared_ptr<Memory> memory_ = std::make_shared<Memory>();
  std::string buffer_;
};

}  // namespace budgetcheck
