#pragma once

#include <cstdint>
#include <string_view>

#include "query/sql/shape.h"

namespace budgetcheck {

/// Parameters of one execution as hashes; the values themselves are kept nowhere.
struct ParamHashes {
  bool known = false;  ///< false: none given, cut off, or blacked out by a logger
  std::uint64_t all = 0;
  std::uint64_t unpaged = 0;    ///< without LIMIT, OFFSET and cursors
  std::uint64_t rest = 0;       ///< and without lists of keys and rows
  std::uint64_t keys = 0;       ///< of the values that say which rows are meant (Shape::keys); without any, all
  std::uint64_t list_size = 0;  ///< keys or rows that this execution carries; 0: none
  bool unlimited = false;       ///< the value of LIMIT limits nothing: -1, or the highest number
  bool single = false;          ///< the value of LIMIT is 1
};

/// A number of rows that limits nothing, as SQLite (-1) and MySQL (2^64 - 1) write it, perhaps in quotes.
bool limits_nothing(std::string_view number);

/// `params` is a list as Prisma writes it: [1,"a",[2,3]]. It is cut at its commas and not checked any more,
/// because older versions do not write JSON. Literals of the statement count like parameters.
ParamHashes hash_params(const Shape& shape, std::string_view params);

}  // namespace budgetcheck
