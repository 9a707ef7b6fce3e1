#include "json/schema/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/number.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "base/text/suggestion.h"
#include "json/document.h"
#include "json/schema/schema_nodes.h"

namespace budgetcheck::json {
namespace {

/// Deeper than any document that the readers accept: only a schema that refers to itself gets there.
constexpr int kMaxRecursion = 512;

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

/// Without what is private: the file may be another than was meant.
std::string quoted(std::string_view text) {
  constexpr std::size_t kWidth = 60;
  return fmt::format("'{}'", shorten(printable(without_private_words(text)), kWidth));
}

class Checker {
 public:
  Checker(const std::vector<SchemaNode>& nodes, const std::string& file) : nodes_(nodes), file_(file) {}

  Errors errors;

  /// `name` is how messages call the value.
  void check(SchemaNodeId id, const Value& value, const std::string& name) {
    if (errors.size() >= Schema::kMaxErrors) {
      return;
    }
    if (++depth_ > kMaxRecursion) {
      throw InternalError("a schema refers to itself without end");
    }
    const SchemaNode& node = nodes_[id];
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

  static bool accepts_type(const SchemaNode& node, const Value& value) {
    return node.types.empty() || std::any_of(node.types.begin(), node.types.end(),
                                             [&](const std::string& type) { return is_type(value, type); });
  }

  /// What a value must be, in words.
  std::string expectation(const SchemaNode& node) const {
    if (!node.title.empty()) {
      return node.title;
    }
    std::vector<std::string> phrases;
    for (const std::string& type : node.types) {
      phrases.push_back(phrase_of_type(type));
    }
    for (const SchemaNodeId branch : node.one_of.empty() ? node.any_of : node.one_of) {
      phrases.push_back(expectation(nodes_[branch]));
    }
    return join(phrases, " or ");
  }

  void wrong_type(const SchemaNode& node, const Value& value, const std::string& name) {
    std::string is = value.is_string()   ? quoted(*value.string())
                     : value.is_number() ? format_number(*value.number())
                                         : std::string(type_name(value.type()));
    if (value.is_null()) {
      report(at(value), fmt::format("{} has no value", name),
             fmt::format("write {}, or remove the key", expectation(node)));
      return;
    }
    const auto takes = [&](const char* type) {
      return std::find(node.types.begin(), node.types.end(), type) != node.types.end();
    };
    const bool wants_text = takes("string") && !takes("number");
    report(at(value), fmt::format("{} is {} but must be {}", name, is, expectation(node)),
           wants_text && (value.is_number() || value.is_bool()) ? "put it in quotes" : "");
  }

  void check_text(const SchemaNode& node, const Value& value, const std::string& name) {
    const std::string* text = value.string();
    if (!node.allowed.empty() &&
        (text == nullptr || std::find(node.allowed.begin(), node.allowed.end(), *text) == node.allowed.end())) {
      const std::string is = text == nullptr ? std::string(type_name(value.type())) : quoted(*text);
      report(at(value), fmt::format("{} is {} but must be one of {}", name, is, join(node.allowed, ", ")),
             text == nullptr ? "" : did_you_mean(*text, node.allowed));
    }
    if (text == nullptr) {
      return;
    }
    if (text->size() < node.min_length) {
      report(at(value),
             text->empty() ? fmt::format("{} is empty", name)
                           : fmt::format("{} is shorter than {}", name, counted(node.min_length, "character")),
             fmt::format("write {}", expectation(node)));
    } else if (node.pattern && !node.pattern->found_in(*text)) {
      report(at(value), fmt::format("{} is {} but must be {}", name, quoted(*text), expectation(node)));
    }
  }

  void check_number(const SchemaNode& node, const Value& value, const std::string& name) {
    const double* number = value.number();
    if (number == nullptr) {
      return;
    }
    const auto outside = [&](double limit, std::string_view direction) {
      report(at(value), fmt::format("{} is {} but must be {} or {}", name, format_number(*number), format_number(limit),
                                    direction));
    };
    if (node.minimum && *number < *node.minimum) {
      outside(*node.minimum, "more");
    }
    if (node.maximum && *number > *node.maximum) {
      outside(*node.maximum, "less");
    }
  }

  void check_list(const SchemaNode& node, const Value& value, const std::string& name) {
    const Array* elements = value.array();
    if (elements == nullptr) {
      return;
    }
    const std::string entries = counted(elements->size(), "entry", "entries");
    if (elements->size() < node.min_items) {
      report(at(value), fmt::format("{} has {} but needs {}", name, entries, node.min_items));
    }
    if (elements->size() > node.max_items) {
      report(at(value), fmt::format("{} has {} but takes {}", name, entries, node.max_items));
    }
    if (node.items == kUnset) {
      return;
    }
    for (const Value& element : *elements) {
      check(node.items, element, fmt::format("an entry of {}", name));
    }
  }

  void check_object(const SchemaNode& node, const Value& value, const std::string& name) {
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
      for (const SchemaPatternProperty& pattern : node.pattern_properties) {
        if (pattern.pattern.found_in(member.key)) {
          matched = true;
          check(pattern.node, member.value, key);
        }
      }
      if (matched) {
        continue;
      }
      if (!node.additional) {
        unknown_key(member, what, known);
        meant.insert(meant_name(member.key, known));
      } else if (node.additional_node != kUnset) {
        check(node.additional_node, member.value, key);
      }
    }
    std::vector<std::string> missing;
    std::vector<std::string> advice;
    for (const std::string& key : node.required) {
      if (value.find(key) == nullptr && !meant.contains(key)) {
        const auto property = std::find_if(node.properties.begin(), node.properties.end(),
                                           [&](const auto& candidate) { return candidate.first == key; });
        const std::string expected = property == node.properties.end() ? "" : expectation(nodes_[property->second]);
        missing.push_back(fmt::format("'{}'", key));
        advice.push_back(expected.empty() ? missing.back() : fmt::format("{}: {}", missing.back(), expected));
      }
    }
    if (!missing.empty()) {  // one mapping, one error
      report(at(value), fmt::format("{} needs {}", what, join(missing, " and ")),
             advice != missing     ? fmt::format("add {}", join(advice, ", and "))
             : missing.size() == 1 ? "add it"
                                   : "add them");
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
    report(location_of(file_, member), fmt::format("unknown key {} in {}", quoted(member.key), what),
           hint.empty() ? fmt::format("known keys: {}", join(known, ", ")) : hint);
  }

  void check_branches(const SchemaNode& node, const std::vector<SchemaNodeId>& branches, bool exactly_one,
                      const Value& value, const std::string& name) {
    std::size_t fitting = 0;
    std::optional<Errors> best;  // of the branches that take this type of value, the one that is nearest to fit
    for (const SchemaNodeId branch : branches) {
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
      report(at(value), fmt::format("{} fits more than one of the forms it may have", name));
    } else if (best) {
      std::move(best->begin(), best->end(), std::back_inserter(errors));
    } else {
      wrong_type(node, value, name);
    }
  }

  const std::vector<SchemaNode>& nodes_;
  const std::string& file_;
  int depth_ = 0;
};

}  // namespace

struct Schema::Impl {
  std::vector<SchemaNode> nodes;
  SchemaNodeId root = 0;
};

Schema::Schema(const std::string& name, std::string_view text) : impl_(std::make_unique<Impl>()) {
  const ExpectedAll<Value> document = read_json(name, text);
  if (!document) {
    throw InternalError("schema " + to_string(document.error().front()));
  }
  impl_->root = compile_schema(name, *document, impl_->nodes);
}

Schema::~Schema() = default;
Schema::Schema(Schema&& other) noexcept = default;
Schema& Schema::operator=(Schema&& other) noexcept = default;

Errors Schema::check(const std::string& file, const Value& document) const {
  Checker checker(impl_->nodes, file);
  const std::string& title = impl_->nodes[impl_->root].title;
  checker.check(impl_->root, document, title.empty() ? "the document" : fmt::format("the document ({})", title));
  std::stable_sort(checker.errors.begin(), checker.errors.end(), [](const Error& a, const Error& b) {
    return std::pair(a.location.line, a.location.column) < std::pair(b.location.line, b.location.column);
  });
  return std::move(checker.errors);
}

std::string meant_name(std::string_view name, const std::vector<std::string>& names) {
  std::string near = nearest(name, names);
  constexpr std::size_t kShortest = 3;
  if (near.empty() && name.size() >= kShortest) {
    const auto begun =
        std::find_if(names.begin(), names.end(), [&](const std::string& one) { return one.starts_with(name); });
    near = begun == names.end() ? "" : *begun;
  }
  return near;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& names) {
  return budgetcheck::did_you_mean(name, meant_name(name, names));
}

}  // namespace budgetcheck::json
