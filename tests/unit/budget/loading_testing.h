#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "budget/load.h"

// Budgets files that are one text.
namespace budgetcheck {

inline ExpectedAll<BudgetsFile> load(const std::string& text, const std::string& path = "budgets.yml") {
  MemoryFileSystem files;
  files.add(path, text);
  return load_budgets(files, path);
}

/// All errors, one per line: "line:column: message (hint)".
inline std::string errors_of(const std::string& text, const std::string& path = "budgets.yml") {
  const auto file = load(text, path);
  std::string out;
  if (!file) {
    for (const Error& error : file.error()) {
      EXPECT_EQ(error.kind, ErrorKind::kUsage);
      const std::string whole = to_string(error);
      out += (whole.starts_with(path + ":") ? whole.substr(path.size() + 1) : whole) + "\n";
    }
  }
  return out;
}

inline bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

#define EXPECT_SAYS(text, part)                  \
  do {                                           \
    const std::string said_ = errors_of(text);   \
    EXPECT_TRUE(contains(said_, part)) << said_; \
  } while (false)

/// A file with one budget, `rest` being its keys.
inline std::string one_budget(const std::string& rest) { return "version: 1\nbudgets:\n  - { " + rest + " }\n"; }

}  // namespace budgetcheck
