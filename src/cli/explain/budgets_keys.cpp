#include "cli/explain/budgets_keys.h"

#include <fmt/format.h>

#include "base/embedded.h"
#include "base/error.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kSchema = "budgets.v1.json";
constexpr std::size_t kDeepest = 3;  // a key of an entry of an entry; the schema refers to no part of itself

json::Value schema() {
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.name == kSchema) {
      ExpectedAll<json::Value> read = json::read_json(std::string(file.name), file.bytes);
      if (read) {
        return std::move(*read);
      }
    }
  }
  throw InternalError(fmt::format("the schema {} is not there", kSchema));
}

class Keys {
 public:
  std::vector<BudgetsKey> run() {
    add_properties(root_, "", 0);
    return std::move(keys_);
  }

 private:
  /// What "#/definitions/NAME" names; else the value itself.
  const json::Value& resolved(const json::Value& value) const {
    constexpr std::string_view kBegin = "#/definitions/";
    const std::string_view ref = value.string_or("$ref", "");
    const json::Value* found = ref.starts_with(kBegin) ? root_.at({"definitions", ref.substr(kBegin.size())}) : nullptr;
    return found == nullptr ? value : *found;
  }

  void add_properties(const json::Value& object, const std::string& prefix, std::size_t depth) {
    const json::Value* properties = object.find("properties");
    if (properties == nullptr || properties->object() == nullptr || depth >= kDeepest) {
      return;
    }
    for (const json::Member& member : *properties->object()) {
      if (member.key.starts_with('$')) {
        continue;
      }
      const json::Value& meant = resolved(member.value);
      const std::string path = prefix.empty() ? member.key : prefix + "." + member.key;
      const std::string_view own = member.value.string_or("description", "");
      keys_.push_back({path, std::string(meant.string_or("title", "")),
                       std::string(own.empty() ? meant.string_or("description", "") : own)});
      add_properties(meant, path, depth + 1);
      for (const char* inner : {"items", "additionalProperties"}) {
        if (const json::Value* entry = meant.find(inner)) {
          add_entry(resolved(*entry), path, depth + 1);
        }
      }
    }
  }

  /// An entry of a list or a mapping: its own keys, or those of the form that has some.
  void add_entry(const json::Value& entry, const std::string& path, std::size_t depth) {
    add_properties(entry, path, depth);
    for (const char* choice : {"anyOf", "oneOf"}) {
      const json::Value* forms = entry.find(choice);
      for (const json::Value& form : forms != nullptr && forms->array() != nullptr ? *forms->array() : json::Array()) {
        add_properties(resolved(form), path, depth);
      }
    }
  }

  json::Value root_ = schema();
  std::vector<BudgetsKey> keys_;
};

}  // namespace

const std::vector<BudgetsKey>& budgets_keys() {
  static const std::vector<BudgetsKey> kKeys = Keys().run();
  return kKeys;
}

}  // namespace budgetcheck
