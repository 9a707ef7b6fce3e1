#include "budget/sections/loading.h"

namespace budgetcheck {

void load_table_rows(Loading& loading, const json::Value& table_rows) {
  if (table_rows.string()->empty()) {
    return;
  }
  InputSpec input;
  input.path = *table_rows.string();
  input.location = loading.at(table_rows);
  input.settings.set("table_rows", json::Value(true));
  loading.file.table_rows = std::move(input);
}

}  // namespace budgetcheck
