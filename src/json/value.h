#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/location.h"

namespace budgetcheck::json {

class Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  ///< in the order of the document; keys are unique

/// A JSON (or YAML) value that owns everything it holds. Reading a missing or differently typed value gives an
/// explicit "nothing" (nullptr, or the fallback the caller names), never a made-up 0.
class Value {
 public:
  enum class Type { kNull, kBool, kNumber, kString, kArray, kObject };

  // Defined behind Member, which clang needs complete for them.
  Value();
  explicit Value(bool value);
  explicit Value(double value);
  explicit Value(std::string value);
  explicit Value(Array value);
  explicit Value(Object value);

  Type type() const { return static_cast<Type>(data_.index()); }
  bool is_null() const { return type() == Type::kNull; }
  bool is_bool() const { return type() == Type::kBool; }
  bool is_number() const { return type() == Type::kNumber; }
  bool is_string() const { return type() == Type::kString; }
  bool is_array() const { return type() == Type::kArray; }
  bool is_object() const { return type() == Type::kObject; }

  /// Null when the value is of another type.
  const bool* boolean() const { return std::get_if<bool>(&data_); }
  const double* number() const { return std::get_if<double>(&data_); }
  const std::string* string() const { return std::get_if<std::string>(&data_); }
  const Array* array() const { return std::get_if<Array>(&data_); }
  const Object* object() const { return std::get_if<Object>(&data_); }
  Array* array() { return std::get_if<Array>(&data_); }
  Object* object() { return std::get_if<Object>(&data_); }

  /// The member `key` of an object; null when this is not an object or has no such member. Linear in the members.
  const Value* find(std::string_view key) const;
  /// Follows `keys` through nested objects: at({"configSettings", "formFactor"}).
  const Value* at(std::initializer_list<std::string_view> keys) const;
  /// The string at `key`, or `fallback` when it is missing or not a string.
  std::string_view string_or(std::string_view key, std::string_view fallback) const;

  /// Where the value begins in its document: line and column (from 1; 0 when the reader did not keep them), and
  /// the byte offset.
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint64_t offset = 0;

 private:
  std::variant<std::monostate, bool, double, std::string, Array, Object> data_;
};

struct Member {
  std::string key;
  Value value;
  std::uint32_t line = 0;  ///< of the key
  std::uint32_t column = 0;
};

inline Value::Value() = default;
inline Value::Value(bool value) : data_(value) {}
inline Value::Value(double value) : data_(value) {}
inline Value::Value(std::string value) : data_(std::move(value)) {}

/// "a string", "a number", … for messages.
std::string_view type_name(Value::Type type);

/// Whether both say the same, wherever they stand: the order of an object's members does not matter.
bool same_value(const Value& a, const Value& b);

/// Where `value` stands in `file`.
Location location_of(const std::string& file, const Value& value);
Location location_of(const std::string& file, const Member& member);

}  // namespace budgetcheck::json
