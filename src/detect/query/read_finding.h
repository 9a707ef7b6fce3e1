#pragma once

#include <string>

#include "detect/query/table_reads.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// "20,000".
std::string grouped_digits(double number);

/// "'Post' (20,000 rows)", or only the name.
std::string sized_name(const TableRead& read);

/// Everything of a finding about a table read but message and fix. Where neither a plan nor the table's size is known,
/// the level is at most a warning; of a walk in order that may end early it is too, and a note where a plan shows that
/// it did. A detail says why.
Finding read_finding(const Rule& rule, const TableRead& read);

/// True when the budgets file exempts the table, by the model's name or the database's.
bool is_ignored(const Rule& rule, const TableRead& read);

}  // namespace budgetcheck
