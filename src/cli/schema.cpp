#include "cli/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/embedded.h"
#include "base/number.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "cli/terminal/console.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

/// "budgets.v1.json" is version 1 of "budgets"; 0 for a file of another form.
int version_of(std::string_view file, std::string_view name) {
  constexpr std::string_view kEnd = ".json";
  if (!file.starts_with(name) || !file.substr(name.size()).starts_with(".v") || !file.ends_with(kEnd)) {
    return 0;
  }
  file.remove_prefix(name.size() + 2);
  file.remove_suffix(kEnd.size());
  return static_cast<int>(parse_number(file).value_or(0));
}

}  // namespace

int run_schema(const std::string& which, std::ostream& out, std::ostream& err) {
  const std::string name = which.empty() ? "budgets" : which;
  const EmbeddedFile* newest = nullptr;
  int newest_version = 0;
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_schemas()) {
    names.emplace_back(file.name.substr(0, file.name.find('.')));
    const int version = version_of(file.name, name);
    if (version > newest_version) {
      newest = &file;
      newest_version = version;
    }
  }
  if (newest == nullptr) {
    const std::string near = nearest(name, names);
    err << fmt::format("budgetcheck: there is no schema '{}'\n  {}\n", printable(name),
                       near.empty() ? fmt::format("there are {}", join(names, ", ")) : did_you_mean(name, near));
    return kExitUsage;
  }
  out << newest->bytes << (newest->bytes.ends_with('\n') ? "" : "\n");
  return kExitPass;
}

Command schema_command(const std::shared_ptr<SchemaOptions>& options) {
  Command command;
  command.name = "schema";
  command.summary = "print a JSON schema for editors: budgets (default), results or rule";
  command.arguments = one_argument("[NAME]", options->name, true);
  command.arguments.words = [] { return std::vector<std::string>{"budgets", "results", "rule"}; };
  command.examples = {"budgetcheck schema > .budgetcheck/schema.json", "budgetcheck schema results"};
  command.run = [options](const FileSystem&) {
    ConsoleStreams console;
    return run_schema(options->name, console.out, console.err);
  };
  return command;
}

}  // namespace budgetcheck
