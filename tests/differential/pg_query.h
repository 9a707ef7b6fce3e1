#pragma once

#include <set>
#include <string>

// PostgreSQL's own parser, as libpg_query gives it.
namespace budgetcheck::oracle {

struct Parsed {
  std::string error;           ///< empty: it parses
  std::string fingerprint;     ///< equal for statements that differ in constants only
  std::set<std::string> read;  ///< tables that it reads: no targets of INSERT, no common tables
};

Parsed parse(const std::string& sql);

}  // namespace budgetcheck::oracle
