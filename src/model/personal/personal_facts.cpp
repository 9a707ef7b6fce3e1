#include "model/personal/personal_facts.h"

#include <array>

namespace budgetcheck {
namespace {

struct KindWords {
  std::string_view name;
  std::string_view words;
};

const KindWords& words_of(PersonalKind kind) {
  static constexpr std::array<KindWords, 12> kWords{{{"email", "an e-mail address"},
                                                     {"ip", "an IP address"},
                                                     {"card", "a card number"},
                                                     {"iban", "an IBAN"},
                                                     {"phone", "a phone number"},
                                                     {"national-id", "a national id"},
                                                     {"jwt", "a JSON web token"},
                                                     {"bearer", "a bearer token"},
                                                     {"basic", "basic credentials"},
                                                     {"token", "an access token"},
                                                     {"private-key", "a private key"},
                                                     {"secret-field", "a password or another secret"}}};
  return kWords.at(static_cast<std::size_t>(kind));
}

}  // namespace

std::string_view to_string(PersonalKind kind) { return words_of(kind).name; }

std::string_view words_for(PersonalKind kind) { return words_of(kind).words; }

bool is_secret(PersonalKind kind) { return kind >= PersonalKind::kJwt; }

}  // namespace budgetcheck
