#pragma once

#include <string>
#include <vector>

#include "collect/query_log/costs.h"
#include "model/facts.h"
#include "model/part.h"

namespace budgetcheck {

/// The statement's name as a part: its shape, without the list of columns that it reads, on one line and not longer
/// than some 200 characters. Where that leaves something out, the beginning of the shape's key in brackets keeps names
/// apart, the same in every log.
std::string statement_name(const QueryShape& shape);

/// What requests of each route run: of each shape the most executions in one request, as queries.count counts the most
/// of all shapes. At most kMaxStatementsOfRoute for each route, the rest summed up.
void append_query_parts(const std::vector<QueryCosts::MostExecuted>& uses, const std::vector<QueryShape>& shapes,
                        const std::vector<std::string>& routes, std::vector<Part>& parts);

inline constexpr std::size_t kMaxStatementsOfRoute = 200;

}  // namespace budgetcheck
