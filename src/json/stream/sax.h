#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/file_system.h"

namespace budgetcheck::json {

/// Receives a document's tokens in order. A view is valid during the call only. Returning false stops the parse.
class Events {
 public:
  virtual ~Events() = default;
  virtual bool null() = 0;
  virtual bool boolean(bool value) = 0;
  virtual bool number(double value) = 0;
  virtual bool string(std::string_view value) = 0;
  virtual bool key(std::string_view name) = 0;
  virtual bool begin_object() = 0;
  virtual bool end_object() = 0;
  virtual bool begin_array() = 0;
  virtual bool end_array() = 0;

  /// Bytes of the document that were consumed when the current event fired. Set by the parser.
  const std::size_t* position = nullptr;
  /// Set it in begin_object or begin_array to hear nothing of that container but its end, or in key to hear nothing
  /// of the member's value at all. What is passed over is checked for strings (without their escapes), nesting and,
  /// of a key, scalars only (see find_close). It is permission, not an order: where passing over gains nothing the
  /// events come all the same. Reset by the parser.
  bool skip = false;
};

/// Hears everything and wants nothing: parse() then only tells whether the document is valid.
class NoEvents final : public Events {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number(double /*value*/) override { return true; }
  bool string(std::string_view /*value*/) override { return true; }
  bool key(std::string_view /*name*/) override { return true; }
  bool begin_object() override { return true; }
  bool end_object() override { return true; }
  bool begin_array() override { return true; }
  bool end_array() override { return true; }
};

struct Limits {
  std::size_t max_depth = 512;
  /// Comments and trailing commas, for files that people write.
  bool relaxed = false;
};

/// Parses one document in flat memory, iteratively (no stack to overflow), with exactly rounded numbers, and
/// releases what it has passed. A byte-order mark is skipped. Errors: kInput with line and column: not JSON (with
/// what was found where), truncated, empty, UTF-16, nested deeper than the limit, malformed UTF-8. When `events`
/// stopped the parse, the result is success.
Expected<void> parse(const std::string& path, const FileContent& content, Events& events, Limits limits = {});

/// The same over bytes that a NUL follows (text.data()[text.size()] == 0), such as one line of a log that was
/// copied, or a std::string.
Expected<void> parse_text(const std::string& path, std::string_view text, Events& events, Limits limits = {});

/// What a person would say of bytes that are not JSON: "the file is empty", "the file is UTF-16 text",
/// "the file is binary"; empty when nothing special is seen. Looks at the first 4 KiB only.
std::string describe_non_json(std::string_view bytes);

}  // namespace budgetcheck::json
