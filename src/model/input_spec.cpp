#include "model/input_spec.h"

#include <utility>

#include "base/file_system.h"

namespace budgetcheck {

InputSettings::InputSettings(json::Value object, std::string folder)
    : file_(std::move(object)), folder_(std::move(folder)) {}

namespace {

void put(json::Value& object, std::string_view key, json::Value value) {
  if (!object.is_object()) {
    object = json::Value(json::Object());
  }
  for (json::Member& member : *object.object()) {
    if (member.key == key) {
      member.value = std::move(value);
      return;
    }
  }
  json::Member member;
  member.key = key;
  member.value = std::move(value);
  object.object()->push_back(std::move(member));
}

}  // namespace

void InputSettings::set(std::string_view key, json::Value value) { put(command_line_, key, std::move(value)); }

void InputSettings::hold(std::string_view key, const json::Value& value) { put(file_, key, value); }

const json::Value* InputSettings::find(std::string_view key) const {
  const json::Value* own = command_line_.find(key);
  return own != nullptr ? own : file_.find(key);
}

std::string InputSettings::text(std::string_view key) const {
  const json::Value* value = find(key);
  return value == nullptr || value->string() == nullptr ? std::string() : *value->string();
}

std::string InputSettings::path(std::string_view key) const {
  const std::string given = text(key);
  if (given.empty()) {
    return {};
  }
  return command_line_.find(key) != nullptr ? join_path(".", given) : join_path(folder_, given);
}

bool InputSettings::is_true(std::string_view key) const {
  const json::Value* value = find(key);
  return value != nullptr && value->boolean() != nullptr && *value->boolean();
}

}  // namespace budgetcheck
