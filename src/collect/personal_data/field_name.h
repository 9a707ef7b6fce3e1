#pragma once

#include <cstdint>
#include <string_view>

namespace budgetcheck::personal {

/// National ids that digits alone make, so that only a name tells what they are.
enum class NationalId : std::uint8_t {
  kPesel,
  kBsn,
  kSteuerId,
  kCpf,
  kNir,
  kNhs,
  kSin,
  kCnp,
  kPersonnummer,
  kNif,
  kRijksregister
};

/// What the name of a field, a key or a parameter says of its value; the words before a value say it the same way.
struct NameTraits {
  enum class Secret : std::uint8_t {
    kNone,
    kPassword,  ///< whatever stands there is one
    kKey,       ///< api_key, client_secret: something drawn at random
    kToken,     ///< so much is called a token that the value has to look like one
  };

  Secret secret = Secret::kNone;
  bool is_authorization = false;  ///< a scheme and a secret: "Bearer x"
  bool is_cookie = false;
  bool is_number_of = false;  ///< an id, a reference, a time, an amount: digits that are no card
  bool is_digest = false;     ///< hashes, trace ids, signatures: looks like anything
  bool is_version = false;    ///< versions, names of browsers and other programs
  bool is_machine = false;    ///< a machine of one's own: a server, an upstream
  bool is_message_id = false;
  bool is_card = false;
  bool is_phone = false;
  std::uint16_t ids = 0;  ///< one bit for each NationalId

  bool names(NationalId id) const { return (ids >> static_cast<unsigned>(id) & 1U) != 0; }
};

/// Of a name as written: "req.headers.x-api-key", "orderId", "numéro de sécurité sociale". The last part of a path
/// counts; of the one before it only what it says the value is.
NameTraits traits_of(std::string_view name);

}  // namespace budgetcheck::personal
