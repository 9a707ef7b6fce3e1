#include "json/schema.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "base/number.h"
#include "base/text.h"
#include "json/document.h"

namespace budgetcheck::json {
namespace {

constexpr std::size_t kUnset = SIZE_MAX;
/// Deeper than any document that the readers accept: only a schema that refers to itself gets there.
constexpr int kMaxRecursion = 512;

using NodeId = std::size_t;

struct PatternProperty {
  std::unique_ptr<re2::RE2> pattern;
  NodeId node = kUnset;
};

/// One compiled (sub)schema.
struct Node {
  std::string title;
  std::vector<std::string> types;
  std::vector<std::pair<std::string, NodeId>> properties;
  std::vector<PatternProperty> pattern_properties;
  bool additional = true;
  NodeId additional_node = kUnset;
  std::vector<std::string> required;
  std::vector<std::string> allowed;  ///< enum
  NodeId items = kUnset;
  std::size_t min_items = 0;
  std::size_t min_length = 0;
  std::unique_ptr<re2::RE2> pattern;
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::vector<NodeId> one_of;
  std::vector<NodeId> any_of;
};

bool is_type(const Value& value, std::string_view type) {
  switch (value.type()) {
    case Value::Type::kNull:
      return type == "null";
    case Value::Type::kBool:
      return type == "boolean";
    case Value::Type::kNumber:
      return type == "number" || (type == "integer" && std::trunc(*value.number()) == *value.number());
    case Value::Type::kString:
      return type == "string";
    case Value::Type::kArray:
      return type == "array";
    case Value::Type::kObject:
      return type == "object";
  }
  return false;
}

std::string phrase_of_type(std::string_view type) {
  static const std::map<std::string_view, std::string_view> kPhrases{
      {"null", "null"},     {"boolean", "true or false"}, {"number", "a number"}, {"integer", "a whole number"},
      {"string", "a text"}, {"array", "a list"},          {"object", "a mapping"}};
  return std::string(kPhrases.at(type));
}

std::unique_ptr<re2::RE2> compile_pattern(const std::string& where, const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_unique<re2::RE2>(pattern, options);
  if (!compiled->ok()) {
    throw InternalError("schema " + where + ": pattern: " + compiled->error());
  }
  return compiled;
}

class Compiler {
 public:
  Compiler(std::string name, const Value& root, std::vector<Node>& nodes)
      : name_(std::move(name)), root_(root), nodes_(nodes) {}

  NodeId compile(const Value& schema, const std::string& pointer) {
    if (!schema.is_object()) {
      refuse(pointer, "is no object");
    }
    if (const Value* ref = schema.find("$ref")) {
      for (const Member& member : *schema.object()) {
        if (member.key != "$ref" && member.key != "description" && member.key != "title") {
          refuse(pointer, "'" + member.key + "' beside $ref would be ignored");
        }
      }
      return reference(text(*ref, pointer), pointer);
    }
    const NodeId id = nodes_.size();
    nodes_.emplace_back();
    for (const Member& member : *schema.object()) {
      keyword(id, member, pointer + "/" + member.key);
    }
    if (nodes_[id].pattern != nullptr && nodes_[id].title.empty()) {
      refuse(pointer, "a pattern needs a title that says in words what it wants");
    }
    return id;
  }

 private:
  [[noreturn]] void refuse(const std::string& pointer, const std::string& what) const {
    throw InternalError("schema " + name_ + " at " + (pointer.empty() ? "/" : pointer) + ": " + what);
  }

  std::string text(const Value& value, const std::string& pointer) const {
    if (!value.is_string()) {
      refuse(pointer, "is no string");
    }
    return *value.string();
  }

  std::vector<std::string> texts(const Value& value, const std::string& pointer) const {
    if (!value.is_array() || value.array()->empty()) {
      refuse(pointer, "is no list with entries");
    }
    std::vector<std::string> out;
    for (const Value& element : *value.array()) {
      out.push_back(text(element, pointer));
    }
    return out;
  }

  double number(const Value& value, const std::string& pointer) const {
    if (!value.is_number()) {
      refuse(pointer, "is no number");
    }
    return *value.number();
  }

  std::vector<NodeId> branches(const Value& value, const std::string& pointer) {
    if (!value.is_array() || value.array()->empty()) {
      refuse(pointer, "is no list with entries");
    }
    std::vector<NodeId> out;
    for (const Value& element : *value.array()) {
      out.push_back(compile(element, pointer + "/" + std::to_string(out.size())));
    }
    return out;
  }

  const Object& members(const Value& value, const std::string& pointer) const {
    if (!value.is_object()) {
      refuse(pointer, "is no object");
    }
    return *value.object();
  }

  NodeId reference(const std::string& target, const std::string& pointer) {
    constexpr std::string_view kPrefix = "#/definitions/";
    const std::string key = target.starts_with(kPrefix) ? target.substr(kPrefix.size()) : "";
    const Value* definition = root_.at({"definitions", key});
    if (definition == nullptr) {
      refuse(pointer, "$ref '" + target + "' names nothing in #/definitions");
    }
    const auto known = definitions_.find(key);
    if (known != definitions_.end()) {
      return known->second;
    }
    if (definition->find("$ref") != nullptr) {
      refuse(pointer, "$ref to a definition that is itself a $ref");
    }
    // Entered before it is compiled, so that a definition may use itself further down.
    definitions_[key] = nodes_.size();
    return compile(*definition, "/definitions/" + key);
  }

  void keyword(NodeId id, const Member& member, const std::string& pointer) {
    const std::string& key = member.key;
    const Value& value = member.value;
    if (key == "title") {
      nodes_[id].title = text(value, pointer);
    } else if (key == "type") {
      nodes_[id].types = value.is_string() ? std::vector<std::string>{text(value, pointer)} : texts(value, pointer);
      for (const std::string& type : nodes_[id].types) {
        static const std::set<std::string> kTypes{"null", "boolean", "number", "integer", "string", "array", "object"};
        if (!kTypes.contains(type)) {
          refuse(pointer, "unknown type '" + type + "'");
        }
      }
    } else if (key == "properties") {
      for (const Member& property : members(value, pointer)) {
        const NodeId child = compile(property.value, pointer + "/" + property.key);
        nodes_[id].properties.emplace_back(property.key, child);
      }
    } else if (key == "patternProperties") {
      for (const Member& property : members(value, pointer)) {
        const NodeId child = compile(property.value, pointer + "/" + property.key);
        nodes_[id].pattern_properties.push_back({compile_pattern(name_ + pointer, property.key), child});
      }
    } else if (key == "additionalProperties") {
      if (value.is_bool()) {
        nodes_[id].additional = *value.boolean();
      } else {
        const NodeId child = compile(value, pointer);
        nodes_[id].additional_node = child;
      }
    } else if (key == "required") {
      nodes_[id].required = texts(value, pointer);
    } else if (key == "enum") {
      nodes_[id].allowed = texts(value, pointer);
    } else if (key == "items") {
      const NodeId child = compile(value, pointer);
      nodes_[id].items = child;
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
      std::vector<NodeId> children = branches(value, pointer);
      nodes_[id].one_of = std::move(children);
    } else if (key == "anyOf") {
      std::vector<NodeId> children = branches(value, pointer);
      nodes_[id].any_of = std::move(children);
    } else if (key == "definitions" && pointer == "/definitions") {
      members(value, pointer);
    } else if (key != "description" && key != "default" && key != "id" && key != "$schema") {
      refuse(pointer, "the keyword is not implemented");
    }
  }

  std::string name_;
  const Value& root_;
  std::vector<Node>& nodes_;
  std::map<std::string, NodeId> definitions_;
};

std::string quoted(std::string_view text) {
  constexpr std::size_t kWidth = 60;
  return "'" + shorten(printable(text), kWidth) + "'";
}

class Checker {
 public:
  Checker(const std::vector<Node>& nodes, const std::string& file) : nodes_(nodes), file_(file) {}

  Errors errors;

  /// `name` is how messages call the value.
  void check(NodeId id, const Value& value, const std::string& name) {
    if (errors.size() >= Schema::kMaxErrors) {
      return;
    }
    if (++depth_ > kMaxRecursion) {
      throw InternalError("a schema refers to itself without end");
    }
    const Node& node = nodes_[id];
    if (accepts_type(node, value)) {
      check_text(node, value, name);
      check_number(node, value, name);
      check_list(node, value, name);
      check_object(node, value, name);
      if (!node.one_of.empty()) {
        check_branches(node, node.one_of, true, value, name);
      }
      if (!node.any_of.empty()) {
        check_branches(node, node.any_of, false, value, name);
      }
    } else {
      wrong_type(node, value, name);
    }
    --depth_;
  }

 private:
  void report(Location where, std::string message, std::string hint = {}) {
    errors.push_back({ErrorKind::kUsage, std::move(message), std::move(where), std::move(hint)});
  }
  Location at(const Value& value) const { return location_of(file_, value); }

  static bool accepts_type(const Node& node, const Value& value) {
    return node.types.empty() || std::any_of(node.types.begin(), node.types.end(),
                                             [&](const std::string& type) { return is_type(value, type); });
  }

  /// What a value must be, in words.
  std::string expectation(const Node& node) const {
    if (!node.title.empty()) {
      return node.title;
    }
    std::vector<std::string> phrases;
    for (const std::string& type : node.types) {
      phrases.push_back(phrase_of_type(type));
    }
    for (const NodeId branch : node.one_of.empty() ? node.any_of : node.one_of) {
      phrases.push_back(expectation(nodes_[branch]));
    }
    return join(phrases, " or ");
  }

  void wrong_type(const Node& node, const Value& value, const std::string& name) {
    std::string is = value.is_string()   ? quoted(*value.string())
                     : value.is_number() ? format_number(*value.number())
                                         : std::string(type_name(value.type()));
    if (value.is_null()) {
      report(at(value), name + " has no value", "write " + expectation(node) + ", or remove the key");
      return;
    }
    const bool wants_text = std::find(node.types.begin(), node.types.end(), "string") != node.types.end();
    report(at(value), name + " is " + is + " but must be " + expectation(node),
           wants_text && (value.is_number() || value.is_bool()) ? "put it in quotes" : "");
  }

  void check_text(const Node& node, const Value& value, const std::string& name) {
    const std::string* text = value.string();
    if (!node.allowed.empty() &&
        (text == nullptr || std::find(node.allowed.begin(), node.allowed.end(), *text) == node.allowed.end())) {
      const std::string is = text == nullptr ? std::string(type_name(value.type())) : quoted(*text);
      report(at(value), name + " is " + is + " but must be one of " + join(node.allowed, ", "),
             text == nullptr ? "" : did_you_mean(*text, node.allowed));
    }
    if (text == nullptr) {
      return;
    }
    if (text->size() < node.min_length) {
      report(at(value),
             text->empty() ? name + " is empty" : name + " is shorter than " + counted(node.min_length, "character"),
             "write " + expectation(node));
    } else if (node.pattern != nullptr && !re2::RE2::PartialMatch(*text, *node.pattern)) {
      report(at(value), name + " is " + quoted(*text) + " but must be " + expectation(node));
    }
  }

  void check_number(const Node& node, const Value& value, const std::string& name) {
    const double* number = value.number();
    if (number == nullptr) {
      return;
    }
    const std::string is = name + " is " + format_number(*number) + " but must be ";
    if (node.minimum && *number < *node.minimum) {
      report(at(value), is + format_number(*node.minimum) + " or more");
    }
    if (node.maximum && *number > *node.maximum) {
      report(at(value), is + format_number(*node.maximum) + " or less");
    }
  }

  void check_list(const Node& node, const Value& value, const std::string& name) {
    const Array* elements = value.array();
    if (elements == nullptr) {
      return;
    }
    if (elements->size() < node.min_items) {
      report(at(value), name + " has " + counted(elements->size(), "entry", "entries") + " but needs " +
                            std::to_string(node.min_items));
    }
    if (node.items == kUnset) {
      return;
    }
    for (const Value& element : *elements) {
      check(node.items, element, "an entry of " + name);
    }
  }

  void check_object(const Node& node, const Value& value, const std::string& name) {
    const Object* members = value.object();
    if (members == nullptr) {
      return;
    }
    std::vector<std::string> known;
    for (const auto& [key, child] : node.properties) {
      known.push_back(key);
    }
    const std::string what = node.title.empty() ? name : node.title;
    std::set<std::string> meant;  // keys that are there, but misspelt
    for (const Member& member : *members) {
      const auto property = std::find_if(node.properties.begin(), node.properties.end(),
                                         [&](const auto& candidate) { return candidate.first == member.key; });
      const std::string key = quoted(member.key);
      bool matched = property != node.properties.end();
      if (matched) {
        check(property->second, member.value, key);
      }
      for (const PatternProperty& pattern : node.pattern_properties) {
        if (re2::RE2::PartialMatch(member.key, *pattern.pattern)) {
          matched = true;
          check(pattern.node, member.value, key);
        }
      }
      if (matched) {
        continue;
      }
      if (!node.additional) {
        unknown_key(member, what, known);
        meant.insert(nearest(member.key, known));
      } else if (node.additional_node != kUnset) {
        check(node.additional_node, member.value, key);
      }
    }
    for (const std::string& key : node.required) {
      if (value.find(key) == nullptr && !meant.contains(key)) {
        const auto property = std::find_if(node.properties.begin(), node.properties.end(),
                                           [&](const auto& candidate) { return candidate.first == key; });
        const std::string expected = property == node.properties.end() ? "" : expectation(nodes_[property->second]);
        report(at(value), what + " lacks '" + key + "'",
               expected.empty() ? "add it" : "add '" + key + "': " + expected);
      }
    }
  }

  void unknown_key(const Member& member, const std::string& what, const std::vector<std::string>& known) {
    if (errors.size() >= Schema::kMaxErrors) {
      return;
    }
    std::string hint = did_you_mean(member.key, known);
    if (hint.empty() && member.value.is_null() && member.key.find(':') != std::string::npos) {
      hint = "write a space after the ':'";
    }
    report(location_of(file_, member), "unknown key " + quoted(member.key) + " in " + what,
           hint.empty() ? "known keys: " + join(known, ", ") : hint);
  }

  void check_branches(const Node& node, const std::vector<NodeId>& branches, bool exactly_one, const Value& value,
                      const std::string& name) {
    std::size_t fitting = 0;
    std::optional<Errors> best;  // of the branches that take this type of value, the one that is nearest to fit
    for (const NodeId branch : branches) {
      Checker trial(nodes_, file_);
      trial.depth_ = depth_;
      trial.check(branch, value, name);
      if (trial.errors.empty()) {
        ++fitting;
      } else if (accepts_type(nodes_[branch], value) && (!best || trial.errors.size() < best->size())) {
        best = std::move(trial.errors);
      }
    }
    if (fitting == 1 || (fitting > 1 && !exactly_one)) {
      return;
    }
    if (fitting > 1) {
      report(at(value), name + " fits more than one of the forms it may have");
    } else if (best) {
      std::move(best->begin(), best->end(), std::back_inserter(errors));
    } else {
      wrong_type(node, value, name);
    }
  }

  const std::vector<Node>& nodes_;
  const std::string& file_;
  int depth_ = 0;
};

}  // namespace

struct Schema::Impl {
  std::vector<Node> nodes;
  NodeId root = 0;
};

Schema::Schema(const std::string& name, std::string_view text) : impl_(std::make_unique<Impl>()) {
  const ExpectedAll<Value> document = read_json(name, text);
  if (!document) {
    throw InternalError("schema " + to_string(document.error().front()));
  }
  impl_->root = Compiler(name, *document, impl_->nodes).compile(*document, "");
}

Schema::~Schema() = default;
Schema::Schema(Schema&& other) noexcept = default;
Schema& Schema::operator=(Schema&& other) noexcept = default;

Errors Schema::check(const std::string& file, const Value& document) const {
  Checker checker(impl_->nodes, file);
  const std::string& title = impl_->nodes[impl_->root].title;
  checker.check(impl_->root, document, title.empty() ? "the document" : "the document (" + title + ")");
  std::stable_sort(checker.errors.begin(), checker.errors.end(), [](const Error& a, const Error& b) {
    return std::pair(a.location.line, a.location.column) < std::pair(b.location.line, b.location.column);
  });
  return std::move(checker.errors);
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& names) {
  std::string near = nearest(name, names);
  constexpr std::size_t kShortest = 3;
  if (near.empty() && name.size() >= kShortest) {
    const auto begun =
        std::find_if(names.begin(), names.end(), [&](const std::string& one) { return one.starts_with(name); });
    near = begun == names.end() ? "" : *begun;
  }
  return near.empty() ? "" : "did you mean '" + near + "'?";
}

}  // namespace budgetcheck::json
