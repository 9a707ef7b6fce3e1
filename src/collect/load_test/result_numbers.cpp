#include "collect/load_test/result_numbers.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// Thirty thousand years of milliseconds; no load test counts further.
constexpr double kMost = 1e15;
constexpr std::size_t kShownPointer = 120;

}  // namespace

std::string below(std::string_view pointer, std::string_view key) {
  return std::string(pointer) + "/" + replace_all(replace_all(std::string(key), "~", "~0"), "/", "~1");
}

void ResultNumbers::wrong(const json::Value* value, std::string_view pointer, std::string message) {
  if (error_) {
    return;
  }
  Location place{source_.path, 0, 0, shorten(printable(pointer), kShownPointer)};
  if (value != nullptr && source_.content != nullptr) {
    const std::string_view bytes = source_.content->bytes();
    const auto offset = static_cast<std::size_t>(std::min<std::uint64_t>(value->offset, bytes.size()));
    place.line = locate(source_.path, bytes.data(), bytes.data() + bytes.size(), offset).line;
  }
  error_ = Error{ErrorKind::kInput,
                 std::move(message),
                 std::move(place),
                 fmt::format("pass the file as {} wrote it, or run the test again", tool_),
                 {}};
}

std::optional<double> ResultNumbers::number(const json::Value* value, std::string_view pointer) {
  if (value == nullptr || value->is_null()) {
    return std::nullopt;
  }
  const double* number = value->number();
  const std::string shown = shorten(printable(pointer), kShownPointer);
  if (number == nullptr) {
    wrong(value, pointer, fmt::format("'{}' is {} where a number belongs", shown, json::type_name(value->type())));
  } else if (!(*number >= 0)) {
    wrong(value, pointer, fmt::format("'{}' is negative, which no load test measures", shown));
  } else if (*number > kMost) {
    wrong(value, pointer, fmt::format("'{}' is beyond what a load test can measure", shown));
  } else {
    return *number;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ResultNumbers::count(const json::Value* value, std::string_view pointer) {
  const std::optional<double> found = number(value, pointer);
  if (found && *found != std::floor(*found)) {
    wrong(value, pointer,
          fmt::format("'{}' counts something and is no whole number", shorten(printable(pointer), kShownPointer)));
    return std::nullopt;
  }
  return found ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(*found)) : std::nullopt;
}

std::optional<double> ResultNumbers::number(const json::Value* object, std::string_view key, std::string_view pointer) {
  return object == nullptr ? std::nullopt : number(object->find(key), below(pointer, key));
}

std::optional<std::uint64_t> ResultNumbers::count(const json::Value* object, std::string_view key,
                                                  std::string_view pointer) {
  return object == nullptr ? std::nullopt : count(object->find(key), below(pointer, key));
}

}  // namespace budgetcheck
