#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "json/value.h"

namespace budgetcheck::json {

/// Writes one JSON document. Text is made valid UTF-8 first; a number that is not finite is a bug of the caller
/// (InternalError): JSON has no word for it. Nothing in the document is a command to a runner whose log shows it.
class Writer {
 public:
  enum class Style { kCompact, kPretty };

  explicit Writer(Style style = Style::kCompact);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& null();
  Writer& boolean(bool value);
  Writer& number(double value);  ///< whole numbers below 2^53 without a point
  Writer& string(std::string_view value);
  Writer& value(const Value& value);

  /// key and value at once; the types are spelled so that nothing converts by accident.
  Writer& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  Writer& member(std::string_view name, const char* text) { return key(name).string(text); }
  Writer& member(std::string_view name, double value) { return key(name).number(value); }
  Writer& member(std::string_view name, int value) { return key(name).number(value); }
  Writer& member(std::string_view name, std::uint32_t value) { return key(name).number(value); }
  Writer& member(std::string_view name, std::uint64_t value) { return key(name).number(static_cast<double>(value)); }
  Writer& member(std::string_view name, bool value) { return key(name).boolean(value); }

  /// The document, with a line feed at its end.
  std::string take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `value` as compact JSON without a line feed.
std::string to_json(const Value& value);

}  // namespace budgetcheck::json
