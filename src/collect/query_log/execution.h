#pragma once

#include <cstdint>
#include <string_view>

#include "collect/query_log/costs.h"
#include "model/query_facts.h"
#include "query/sql/params.h"

namespace budgetcheck {

/// One statement that ran.
struct Execution {
  std::uint32_t shape = 0;  ///< kNoShape: one that is not told apart (too many shapes)
  Verb verb = Verb::kOther;
  bool joins = false;
  bool has_table = false;
  bool calls = false;       ///< a SELECT without FROM: calls a function, such as set_config, or asks for a constant
  std::uint64_t table = 0;  ///< hash of the table's name
  bool pages = false;       ///< has LIMIT, OFFSET, a cursor or a window among its parameters
  bool walks = false;       ///< changes by nothing but these, as its form says
  bool probe = false;       ///< asks for nothing but whether a row exists, or for its key
  bool single = false;      ///< reads one row at most
  bool ordered = false;     ///< the first of several, in some order
  bool claims = false;      ///< takes rows that nobody else holds
  bool swaps = false;       ///< sets a column that it compares: an optimistic lock
  bool open = false;        ///< one value, which is compared for no equality: "what is new since then"
  std::uint64_t key_column = 0;  ///< hash of the column by which it looks for rows; 0: none
  ParamHashes params;
  double ms = -1;  ///< negative: unknown
  std::uint32_t line = 0;
  std::uint32_t route = 0;                 ///< kNoRoute: the record names none
  std::uint32_t part = QueryCosts::kNone;  ///< number of the table and the verb together; kNone: no table
  double at_ms = -1;                       ///< when it was logged, since 1970; negative: unknown
  bool traced = false;                     ///< its request is known by a trace's id, which several programs may log
  std::uint64_t stream = 0;                ///< of its process, host and service: what they log interleaves

  static constexpr std::uint32_t kNoRoute = 0xFFFFFFFF;
};

inline bool is_write(Verb verb) { return verb == Verb::kInsert || verb == Verb::kUpdate || verb == Verb::kDelete; }

/// What a statement that says nothing about data does to the transaction.
enum class Control { kOther, kBegin, kCommit, kRollback };

/// `sql` as logged, with the comments that some drivers log in its place ('-- Implicit "COMMIT" query …').
Control control_of(std::string_view sql);

/// How long nobody asked the database anything before `next`; negative: not known. Logs tell when a statement began or
/// when it ended: the longer of the two is taken off, so it is never too much.
double idle_between(double last_at_ms, double last_ms, const Execution& next);
/// The two surely ran at the same time, whether the log tells when statements began or when they ended. Times must be
/// finer than seconds.
bool surely_overlap(double last_at_ms, double last_ms, const Execution& next);
/// Somebody waited for something outside of the database that long, or for the next message: far longer than a program
/// takes between two statements on a busy machine, and far longer than the statements themselves.
bool is_pause(double idle_ms, double last_ms, const Execution& next);

}  // namespace budgetcheck
