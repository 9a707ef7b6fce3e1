#pragma once

#include <string>

#include "collect/logs/text/statement_tail.h"
#include "collect/query_log/fields/query_fields.h"

namespace budgetcheck {

/// The strings of a record, in memory of its own and without escapes.
struct OwnedRecord {
  std::string query;
  std::string process;
  std::string host;
  std::string service;
  std::string url;
  std::string source;
  console::Around around;
  double at_ms = -1;
  bool level_is_number = false;
  bool level_is_word = false;

  /// Takes from a record what is not known yet; its statement too.
  void fill_from(const LogRecord& record);
  LogRecord record() const;
};

}  // namespace budgetcheck
