#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/pattern.h"
#include "json/value.h"

// What a schema is compiled into; for src/json/schema/ only.
namespace budgetcheck::json {

constexpr std::size_t kUnset = SIZE_MAX;

using SchemaNodeId = std::size_t;

struct SchemaPatternProperty {
  Pattern pattern;
  SchemaNodeId node = kUnset;
};

/// One compiled (sub)schema.
struct SchemaNode {
  std::string title;
  std::vector<std::string> types;
  std::vector<std::pair<std::string, SchemaNodeId>> properties;
  std::vector<SchemaPatternProperty> pattern_properties;
  bool additional = true;
  SchemaNodeId additional_node = kUnset;
  std::vector<std::string> required;
  std::vector<std::string> allowed;  ///< enum
  SchemaNodeId items = kUnset;
  std::size_t min_items = 0;
  std::size_t max_items = SIZE_MAX;
  std::size_t min_length = 0;
  std::optional<Pattern> pattern;
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::vector<SchemaNodeId> one_of;
  std::vector<SchemaNodeId> any_of;
};

/// Appends the nodes of `schema` and returns the root's id. A keyword that is not known, or a wrong value of one, is a
/// bug of the schema's author (InternalError that names `name` and the place).
SchemaNodeId compile_schema(const std::string& name, const Value& schema, std::vector<SchemaNode>& nodes);

}  // namespace budgetcheck::json
