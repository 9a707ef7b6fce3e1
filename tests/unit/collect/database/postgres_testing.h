#pragma once

#include <gtest/gtest.h>

#include "collect/database/postgres_log.h"
#include "query/sql/shape.h"
#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck::postgres_testing {

using testing::read_text;
using testing::ReadText;

inline const std::string kAt = "2026-11-23 06:53:58.972 UTC [31213] ";

inline std::string text_plan(const std::string& sql, const std::string& tree) {
  return kAt + "LOG:  duration: 2.450 ms  plan:\n\tQuery Text: " + sql + "\n" + tree;
}

inline std::string json_plan(const std::string& sql, const std::string& plan) {
  return kAt + "LOG:  duration: 2.450 ms  plan:\n\t{\n\t  \"Query Text\": \"" + sql + "\",\n\t  \"Plan\": " + plan +
         "\n\t}\n";
}

}  // namespace budgetcheck::postgres_testing
