#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "json/value.h"

namespace budgetcheck::json {

/// A file that people write: YAML, or JSON with comments and trailing commas, told apart by the file name
/// (.json, .jsonc: JSON; .yml, .yaml: YAML; else by the first character that is neither space nor comment).
/// Every value and key carries its line and column. All errors at once: syntax, duplicate keys, nesting deeper
/// than 64, more than 100,000 values (YAML aliases are expanded, and count), more than one YAML document, merge
/// keys. `bytes` must be followed by a NUL.
ExpectedAll<Value> read_document(const std::string& path, std::string_view bytes);

/// Which of the two it is taken for.
bool is_json_document(const std::string& path, std::string_view bytes);

/// The JSON half of read_document.
ExpectedAll<Value> read_json(const std::string& path, std::string_view bytes);
/// What is done with merge keys ('<<') in YAML.
enum class YamlMerges {
  kRefused,   ///< an error: files of this program are written without them
  kFollowed,  ///< files of other programs: members of the own mapping win, then those of the earlier one
};
/// The YAML half: plain scalars follow YAML 1.2's core schema (yes and no are strings, 012 is twelve).
ExpectedAll<Value> read_yaml(const std::string& path, std::string_view bytes, YamlMerges merges = YamlMerges::kRefused);

}  // namespace budgetcheck::json
