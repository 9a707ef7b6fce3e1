#pragma once

#include <string>
#include <string_view>

#include "base/location.h"
#include "json/value.h"

namespace budgetcheck {

/// What is said of an input beside its path: the members of its mapping in the budgets file (checked by the schema),
/// and what the command line puts in their place. Only the family that reads the input knows what they mean.
class InputSettings {
 public:
  InputSettings() = default;
  /// Paths among the members of `object` are relative to `folder`.
  explicit InputSettings(json::Value object, std::string folder = ".");

  /// Of the command line: it wins over the file, and a path is relative to the working directory.
  void set(std::string_view key, json::Value value);
  void set(std::string_view key, std::string_view text) { set(key, json::Value(std::string(text))); }
  /// What paths of the file are relative to, as seen from the working directory.
  void set_folder(std::string folder) { folder_ = std::move(folder); }

  /// What the file says, apart from the command line.
  const json::Value& of_file() const { return file_; }
  /// Puts what the file of the base says of `key` in the place of this file's.
  void hold(std::string_view key, const json::Value& value);

  /// Null: not given.
  const json::Value* find(std::string_view key) const;
  /// Empty: not given, or not a text.
  std::string text(std::string_view key) const;
  /// The text as a path from the working directory; empty: not given.
  std::string path(std::string_view key) const;
  bool is_true(std::string_view key) const;

 private:
  json::Value file_;
  json::Value command_line_;
  std::string folder_ = ".";
};

/// One line of `inputs:`, or one INPUT of the command line.
struct InputSpec {
  std::string path;  ///< a glob
  bool optional = false;
  std::string folder = ".";  ///< what path is relative to
  InputSettings settings = {};
  Location location;
};

}  // namespace budgetcheck
