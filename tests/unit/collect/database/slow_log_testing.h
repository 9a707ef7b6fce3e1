#pragma once

#include <gtest/gtest.h>

#include "collect/database/slow_log.h"
#include "query/sql/shape.h"
#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck::slow_log_testing {

using testing::read_text;
using testing::ReadText;

inline const std::string kUser = "# User@Host: root[root] @ localhost [127.0.0.1]\n";
inline const std::string kColumns =
    "# explain: "
    "id\tselect_type\ttable\ttype\tpossible_keys\tkey\tkey_len\tref\trows\tr_rows\tfiltered\tr_filtered\tExtra\n";

inline std::string entry(const std::string& sql, const std::string& explain = "", int examined = 20000) {
  return kUser +
         "# Thread_id: 90  Schema: cms  QC_hit: No\n# Query_time: 0.003120  Lock_time: 0.000065  Rows_sent: 4  "
         "Rows_examined: " +
         std::to_string(examined) + "\n# Full_scan: Yes  Full_join: No\n" +
         (explain.empty() ? "" : "#\n" + kColumns + explain + "#\n") + "SET timestamp=1795416842;\n" + sql + ";\n";
}

inline std::string row(const std::string& table, const std::string& type, const std::string& key,
                       const std::string& extra, const std::string& id = "1\tSIMPLE",
                       const std::string& numbers = "19585\t20000.00\t100.00\t0.02") {
  return "# explain: " + id + "\t" + table + "\t" + type + "\tNULL\t" + key + "\tNULL\tNULL\t" + numbers + "\t" +
         extra + "\n";
}

}  // namespace budgetcheck::slow_log_testing
