#pragma once

#include <string>
#include <string_view>

#include "detect/repeat_finding.h"
#include "model/facts.h"

namespace budgetcheck {

/// How the schema ties the rows that a loop reads to those that it walks over.
struct LoopRelation {
  const Table* child = nullptr;        ///< what the loop reads or writes; null: not in the schema
  const Table* parent = nullptr;       ///< what it walks over; null: not known
  const QueryShape* source = nullptr;  ///< the statement that read the parents; null: not known
  std::string field;                   ///< of the parent's model: include: { field: true }; empty: none
  std::string key;                     ///< the child's field that the loop compares; empty: not one
  bool described = false;              ///< the schema has the relation
};

LoopRelation loop_relation(const Facts& facts, const WorstRepeat& worst);

/// "prisma.jobAttempt" of JobAttempt.
std::string delegate_of(const Table& table);
/// The model's name, else the table's as the log has it.
std::string model_of(const LoopRelation& relation, const QueryShape& shape);

}  // namespace budgetcheck
