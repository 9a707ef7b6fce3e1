#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "json/schema/schema_nodes.h"

namespace budgetcheck::json {
namespace {

Pattern compile_pattern(const std::string& where, const std::string& text) {
  Expected<Pattern> compiled = Pattern::compile(text);
  if (!compiled) {
    throw InternalError(fmt::format("schema {}: {}", where, compiled.error().message));
  }
  return std::move(*compiled);
}

class Compiler {
 public:
  Compiler(std::string name, const Value& root, std::vector<SchemaNode>& nodes)
      : name_(std::move(name)), root_(root), nodes_(nodes) {}

  SchemaNodeId compile(const Value& schema, const std::string& pointer) {
    if (!schema.is_object()) {
      refuse(pointer, "is not an object");
    }
    if (const Value* ref = schema.find("$ref")) {
      for (const Member& member : *schema.object()) {
        if (member.key != "$ref" && member.key != "description" && member.key != "title") {
          refuse(pointer, fmt::format("'{}' beside $ref would be ignored", member.key));
        }
      }
      return reference(text(*ref, pointer), pointer);
    }
    const SchemaNodeId id = nodes_.size();
    nodes_.emplace_back();
    for (const Member& member : *schema.object()) {
      keyword(id, member, pointer + "/" + member.key);
    }
    if (nodes_[id].pattern && nodes_[id].title.empty()) {
      refuse(pointer, "a pattern needs a title that says in words what it wants");
    }
    return id;
  }

 private:
  [[noreturn]] void refuse(const std::string& pointer, const std::string& what) const {
    throw InternalError(fmt::format("schema {} at {}: {}", name_, pointer.empty() ? "/" : pointer, what));
  }

  std::string text(const Value& value, const std::string& pointer) const {
    if (!value.is_string()) {
      refuse(pointer, "is not a string");
    }
    return *value.string();
  }

  std::vector<std::string> texts(const Value& value, const std::string& pointer) const {
    if (!value.is_array() || value.array()->empty()) {
      refuse(pointer, "is not a list with entries");
    }
    std::vector<std::string> out;
    for (const Value& element : *value.array()) {
      out.push_back(text(element, pointer));
    }
    return out;
  }

  double number(const Value& value, const std::string& pointer) const {
    if (!value.is_number()) {
      refuse(pointer, "is not a number");
    }
    return *value.number();
  }

  std::vector<SchemaNodeId> branches(const Value& value, const std::string& pointer) {
    if (!value.is_array() || value.array()->empty()) {
      refuse(pointer, "is not a list with entries");
    }
    std::vector<SchemaNodeId> out;
    for (const Value& element : *value.array()) {
      out.push_back(compile(element, pointer + "/" + std::to_string(out.size())));
    }
    return out;
  }

  const Object& members(const Value& value, const std::string& pointer) const {
    if (!value.is_object()) {
      refuse(pointer, "is not an object");
    }
    return *value.object();
  }

  SchemaNodeId reference(const std::string& target, const std::string& pointer) {
    constexpr std::string_view kPrefix = "#/definitions/";
    const std::string key = target.starts_with(kPrefix) ? target.substr(kPrefix.size()) : "";
    const Value* definition = root_.at({"definitions", key});
    if (definition == nullptr) {
      refuse(pointer, fmt::format("$ref '{}' names nothing in #/definitions", target));
    }
    const auto known = definitions_.find(key);
    if (known != definitions_.end()) {
      return known->second;
    }
    if (definition->find("$ref") != nullptr) {
      refuse(pointer, "$ref to a definition that is itself a $ref");
    }
    // Entered before it is compiled, so that a definition may use itself deeper inside.
    definitions_[key] = nodes_.size();
    return compile(*definition, "/definitions/" + key);
  }

  void keyword(SchemaNodeId id, const Member& member, const std::string& pointer) {
    const std::string& key = member.key;
    const Value& value = member.value;
    if (key == "title") {
      nodes_[id].title = text(value, pointer);
    } else if (key == "type") {
      nodes_[id].types = value.is_string() ? std::vector<std::string>{text(value, pointer)} : texts(value, pointer);
      for (const std::string& type : nodes_[id].types) {
        static const std::set<std::string> kTypes{"null", "boolean", "number", "integer", "string", "array", "object"};
        if (!kTypes.contains(type)) {
          refuse(pointer, fmt::format("unknown type '{}'", type));
        }
      }
    } else if (key == "properties") {
      for (const Member& property : members(value, pointer)) {
        const SchemaNodeId child = compile(property.value, pointer + "/" + property.key);
        nodes_[id].properties.emplace_back(property.key, child);
      }
    } else if (key == "patternProperties") {
      for (const Member& property : members(value, pointer)) {
        const SchemaNodeId child = compile(property.value, pointer + "/" + property.key);
        nodes_[id].pattern_properties.push_back({compile_pattern(name_ + pointer, property.key), child});
      }
    } else if (key == "additionalProperties") {
      if (value.is_bool()) {
        nodes_[id].additional = *value.boolean();
      } else {
        const SchemaNodeId child = compile(value, pointer);
        nodes_[id].additional_node = child;
      }
    } else if (key == "required") {
      nodes_[id].required = texts(value, pointer);
    } else if (key == "enum") {
      nodes_[id].allowed = texts(value, pointer);
    } else if (key == "items") {
      const SchemaNodeId child = compile(value, pointer);
      nodes_[id].items = child;
    } else if (key == "maxItems") {
      nodes_[id].max_items = static_cast<std::size_t>(number(value, pointer));
    } else if (key == "minItems") {
      nodes_[id].min_items = static_cast<std::size_t>(number(value, pointer));
    } else if (key == "minLength") {
      nodes_[id].min_length = static_cast<std::size_t>(number(value, pointer));
    } else if (key == "pattern") {
      nodes_[id].pattern = compile_pattern(name_ + pointer, text(value, pointer));
    } else if (key == "minimum") {
      nodes_[id].minimum = number(value, pointer);
    } else if (key == "maximum") {
      nodes_[id].maximum = number(value, pointer);
    } else if (key == "oneOf") {
      std::vector<SchemaNodeId> children = branches(value, pointer);
      nodes_[id].one_of = std::move(children);
    } else if (key == "anyOf") {
      std::vector<SchemaNodeId> children = branches(value, pointer);
      nodes_[id].any_of = std::move(children);
    } else if (key == "definitions" && pointer == "/definitions") {
      members(value, pointer);
    } else if (key != "description" && key != "default" && key != "id" && key != "$schema") {
      refuse(pointer, "the keyword is not implemented");
    }
  }

  std::string name_;
  const Value& root_;
  std::vector<SchemaNode>& nodes_;
  std::map<std::string, SchemaNodeId> definitions_;
};
}  // namespace

SchemaNodeId compile_schema(const std::string& name, const Value& schema, std::vector<SchemaNode>& nodes) {
  return Compiler(name, schema, nodes).compile(schema, "");
}

}  // namespace budgetcheck::json
