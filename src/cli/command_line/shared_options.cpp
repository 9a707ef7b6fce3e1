#include "cli/command_line/shared_options.h"

namespace budgetcheck {

Option budgets_option(std::string& to) {
  return text_option("budgets", "FILE",
                     "the budgets file (default: budgets.yml, .yaml, .json or .jsonc, here or in a folder above)", to);
}

Option app_option(std::string& to) {
  return text_option("app", "NAME", "the application that these results are of (default: the file's project)", to);
}

Option today_option(std::string& to) {
  return date_option("today", "the date that enforce_from and expiries are compared with", to);
}

Option paired_option(bool& to) {
  return switch_option("paired", "base and head were measured in one job, taking turns", to);
}

Option schema_option(std::string& to) {
  return text_option("schema", "FILE", "the schema.prisma of the query logs among the inputs", to);
}

Option timings_option(bool& to) { return switch_option("timings", "say where the time went, on standard error", to); }

std::vector<Option> store_options(StoreChoice& to) {
  return {
      app_option(to.app),
      text_option("remote", "NAME", "where stored results are fetched from and pushed to (default: origin)", to.remote),
      switch_option("no-fetch", "use only what the checkout holds, fetch nothing", to.no_fetch)};
}

}  // namespace budgetcheck
