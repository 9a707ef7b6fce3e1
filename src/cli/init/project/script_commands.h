#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/value.h"

namespace budgetcheck {

/// One command of package.json's scripts, as far as words tell: `cross-env NODE_ENV=production npx vite build` is the
/// script's name and the words vite, build.
struct ScriptCommand {
  std::string script;
  std::vector<std::string> variables;  ///< "BUILD_PATH=www"
  std::vector<std::string> words;

  /// Whether it begins with these words, options in between aside: "vite build" of `vite --debug build`.
  bool runs(std::string_view command) const;
  /// What follows one of the options: www of `--outDir www`, `--outDir=www` and `-o www`. Empty: none does.
  std::string option(const std::vector<std::string_view>& names) const;
  bool has_word(std::string_view word) const;
  /// The words in one line.
  std::string line() const;
};

/// Every command of every script, that of the script 'build' first. At most kMostCommands.
std::vector<ScriptCommand> script_commands(const json::Value& package);

}  // namespace budgetcheck
