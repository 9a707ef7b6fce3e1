#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// What a value is that says who somebody is, or opens a door.
enum class PersonalKind : std::uint8_t {
  kEmail,
  kIp,
  kCard,
  kIban,
  kPhone,
  kNationalId,
  kJwt,  ///< from here on: secrets
  kBearer,
  kBasic,
  kToken,
  kPrivateKey,
  kSecretField,
};

/// "email", "national-id": what findings and the documentation call it.
std::string_view to_string(PersonalKind kind);
/// "an e-mail address": for sentences.
std::string_view words_for(PersonalKind kind);
/// Whether it opens a door, rather than saying who somebody is.
bool is_secret(PersonalKind kind);

/// Values of one kind in one field of one input. The values themselves are nowhere in it.
struct PersonalValues {
  PersonalKind kind = PersonalKind::kEmail;
  std::string field;  ///< "user.email"; empty: text without fields
  Location location;  ///< of the first; the file is the input
  std::uint64_t count = 0;
  std::string sample;  ///< the first, masked: "a***@***"
};

/// What the search for personal data found, see collect/personal_data.
struct PersonalFacts {
  std::vector<PersonalValues> values;
  std::vector<std::string> searched;  ///< inputs that were looked through

  void append(PersonalFacts&& other);
};

}  // namespace budgetcheck
