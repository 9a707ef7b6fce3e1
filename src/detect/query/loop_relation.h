#pragma once

#include <string>
#include <string_view>

#include "detect/query/repeat_finding.h"
#include "model/facts.h"

namespace budgetcheck {

/// How the schema ties the rows that a loop reads to those that it walks over.
struct LoopRelation {
  const Table* child = nullptr;        ///< what the loop reads or writes; null: not in the schema
  const Table* parent = nullptr;       ///< what it walks over; null: not known
  const QueryShape* source = nullptr;  ///< the statement that read the parents; null: not known
  std::string field;                   ///< of the parent's model: include: { field: true }; empty: none
  std::string key;                     ///< the child's field that the loop compares; empty: not one
  bool several_keys = false;           ///< it compares more than one
  std::string walked;                  ///< the last rarer read before: its model, else its table; empty: none
  /// The loop writes rows between two models: both, and the field of the first that leads to the second.
  const Table* link = nullptr;
  std::string link_field;
  std::string link_to;
  bool described = false;  ///< the schema has the relation
  bool tied = false;  ///< what it reads or writes belongs to rows that were read before, as far as the schema tells
  bool turn_tied = false;   ///< that holds for another statement of its turn
  bool first_tied = false;  ///< and for the one that begins the turn
  bool again = false;       ///< which reads the rows once more that were read before, each by what identifies it
};

LoopRelation loop_relation(const Facts& facts, const WorstRepeat& worst);

/// "prisma.jobAttempt" of JobAttempt.
std::string delegate_of(const Table& table);
/// The model of a table, else the table's name as the log has it.
std::string model_of(const Facts& facts, const QueryLog& log, const QueryShape& shape);
/// The model's name, else the table's as the log has it.
std::string model_of(const LoopRelation& relation, const QueryShape& shape);

}  // namespace budgetcheck
