#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "collect/format.h"
#include "json/value.h"

namespace budgetcheck {

/// Reads the numbers of one tool's result. What is missing (or null, which is what JavaScript writes for NaN) is
/// nothing; what is no number, negative or beyond belief is an error, of which the first is kept with its place.
class ResultNumbers {
 public:
  /// `tool` is named in hints: "k6". `source` outlives this.
  ResultNumbers(const Source& source, std::string_view tool) : source_(source), tool_(tool) {}

  /// `pointer` (RFC 6901) says where it stands.
  std::optional<double> number(const json::Value* value, std::string_view pointer);
  std::optional<std::uint64_t> count(const json::Value* value, std::string_view pointer);
  /// The member of an object; nothing when there is no such object.
  std::optional<double> number(const json::Value* object, std::string_view key, std::string_view pointer);
  std::optional<std::uint64_t> count(const json::Value* object, std::string_view key, std::string_view pointer);

  /// Says that what stands there is wrong, unless something was before.
  void wrong(const json::Value* value, std::string_view pointer, std::string message);

  const std::optional<Error>& error() const { return error_; }
  /// The first error, or nothing that is wrong.
  Expected<void> result() const { return error_ ? Expected<void>(tl::unexpected(*error_)) : Expected<void>(); }

 private:
  const Source& source_;
  std::string tool_;
  std::optional<Error> error_;
};

/// "/latency/p50": a pointer and one more key, which is escaped.
std::string below(std::string_view pointer, std::string_view key);

}  // namespace budgetcheck
