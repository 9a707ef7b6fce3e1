#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/value.h"

namespace budgetcheck::json {

/// A JSON schema (draft-04), for files that people write. Own code instead of RapidJSON's validator, because that one
/// stops at the first error, knows no lines, and accepts in silence what it does not implement: unknown keywords,
/// references outside #/definitions, patterns whose syntax its own engine does not have.
///
/// Known here: type, properties, patternProperties, additionalProperties, required, enum (of strings), items (one
/// schema), minItems, maxItems, minLength, pattern (RE2), minimum, maximum, oneOf, anyOf, $ref to #/definitions/NAME,
/// definitions; and for people title, description, default, id, $schema. Any other keyword is an InternalError when
/// the schema is loaded, so that nothing is ever accepted unchecked.
///
/// `title` is a noun phrase that messages use: "a budget", "a date such as 2026-12-31". A schema with a pattern
/// needs one.
class Schema {
 public:
  /// `text` must be followed by a NUL. Throws InternalError when it is not a schema of the kind above.
  Schema(const std::string& name, std::string_view text);
  ~Schema();
  Schema(Schema&& other) noexcept;
  Schema& operator=(Schema&& other) noexcept;

  /// Every place where `document` breaks the schema, in the order of the document, as kUsage errors with line and
  /// column of the key or value, and the nearest known name as a hint. Empty: it fits. At most kMaxErrors are
  /// listed.
  Errors check(const std::string& file, const Value& document) const;

  static constexpr std::size_t kMaxErrors = 200;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The one of `names` that `name` was probably meant to be: the nearest, or one that begins with it. Empty: none.
std::string meant_name(std::string_view name, const std::vector<std::string>& names);

/// "did you mean 'max'?", for the nearest of `names` (or the one that `name` begins); else "" .
std::string did_you_mean(std::string_view name, const std::vector<std::string>& names);

}  // namespace budgetcheck::json
