#pragma once

#include <string>
#include <vector>

#include "cli/command_line/option.h"

namespace budgetcheck {

/// Which results that the main branch stored: whose, and where they are.
struct StoreChoice {
  std::string app;        ///< empty: the file's project
  std::string remote;     ///< empty: origin
  bool no_fetch = false;  ///< nothing is fetched: only what the checkout holds
};

// Options that several commands take. Each keeps a reference to `to`, which outlives it.

Option budgets_option(std::string& to);
Option app_option(std::string& to);
Option today_option(std::string& to);
Option paired_option(bool& to);
/// The schema.prisma of query logs.
Option schema_option(std::string& to);
/// Says where the time went, on standard error.
Option timings_option(bool& to);
/// --app, --remote and --no-fetch.
std::vector<Option> store_options(StoreChoice& to);

}  // namespace budgetcheck
