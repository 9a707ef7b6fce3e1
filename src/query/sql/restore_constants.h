#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// pg_stat_statements writes constants as parameters: it numbers them on, behind the statement's own, in order of
/// appearance. `WHERE 1=1` reads `WHERE $2=$3` there and `LIKE ('%' || $1 || '%')` reads `LIKE ($4 || $1 || $5)`. Puts
/// back what belongs to a statement's shape:
/// - a comparison of two parameters with following numbers, standing as a whole condition, is 1=1 (1=0, which Prisma
///   writes for an empty list, cannot be distinguished from it);
/// - of a concatenation behind LIKE or ILIKE, the members that are constants are '%'. A parameter is certainly one when
///   a smaller number is met for the first time behind it, or when a certain one has a smaller number.
/// What is not certain stays as it is. Linear in the statement's length.
std::string restore_constants(std::string_view sql);

}  // namespace budgetcheck
