#include "collect/personal_data/search.h"

#include <algorithm>
#include <utility>

#include "base/glob.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/personal_data/account_number.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/context.h"
#include "collect/personal_data/mail.h"
#include "collect/personal_data/national_id.h"
#include "collect/personal_data/secret.h"
#include "collect/personal_data/token.h"
#include "json/scan/escapes.h"

namespace budgetcheck::personal {
namespace {

bool has_percent_encoding(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (is_hex(char_at(text, at + 1)) && is_hex(char_at(text, at + 2))) {
      return true;
    }
  }
  return false;
}

/// A document inside a value has escapes of its own: "{\"mail\":\"a\\u0040b\"}".
bool holds_escaped_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[') &&
         text.find('\\') != std::string_view::npos;
}

/// "attributes.user.email" is called "user.email" by who writes it.
std::string_view without_container(std::string_view path) {
  for (const std::string_view container : {std::string_view("attributes."), std::string_view("resource.attributes."),
                                           std::string_view("events[].attributes.")}) {
    if (path.starts_with(container)) {
      return path.substr(container.size());
    }
  }
  return path;
}

}  // namespace

Search::Search(const PersonalDataSettings& settings) : ignored_(settings.ignore_fields) {
  for (const std::string& allow : settings.allow) {
    if (const std::optional<IpRange> range = parse_range(allow)) {
      ranges_.push_back(*range);
    } else {
      allowed_.push_back(lower(allow));
    }
  }
}

Field Search::field(std::string_view name) const {
  Field field;
  field.path = std::string(name);
  field.traits = traits_of(name);
  std::string_view bare = name;
  while (bare.ends_with("[]")) {
    bare.remove_suffix(2);
  }
  field.is_ignored = std::any_of(ignored_.begin(), ignored_.end(), [&](const std::string& glob) {
    return label_glob_matches(glob, name) || label_glob_matches(glob, bare) ||
           label_glob_matches(glob, without_container(bare));
  });
  return field;
}

bool Search::allows(PersonalKind kind, std::string_view value) const {
  if (kind == PersonalKind::kIp && !ranges_.empty()) {
    const std::optional<IpAddress> address = parse_ip(value);
    if (address &&
        std::any_of(ranges_.begin(), ranges_.end(), [&](const IpRange& range) { return range.contains(*address); })) {
      return true;
    }
  }
  if (allowed_.empty()) {
    return false;
  }
  const std::string low = lower(value);
  return std::any_of(allowed_.begin(), allowed_.end(),
                     [&](const std::string& glob) { return label_glob_matches(glob, low); });
}

/// The surer kinds first: what they found is no more looked into.
void Search::find(const Field& field, std::string_view text, Matches& matches) const {
  const Text place{text, field.traits};
  find_tokens(place, matches);
  find_named_secrets(place, matches);
  find_addresses_of_mail(place, matches);
  find_ibans(place, matches);
  find_cards(place, matches);
  find_national_ids(place, matches);
  find_phone_numbers(place, matches);
  find_ip_addresses(place, matches);
}

void Search::look(const Field& field, std::string_view value, std::vector<Found>& found) const {
  if (field.is_ignored || value.empty()) {
    return;
  }
  std::string decoded;
  if (holds_escaped_json(value) && json::unescape(value, decoded)) {
    value = decoded;
  }
  std::string plain;
  if (has_percent_encoding(value)) {
    plain = percent_decoded(value);
    value = plain;
  }
  Matches matches;
  find(field, value, matches);
  for (const auto& [begin, match] : matches) {
    const std::string_view text = value.substr(begin, match.size());
    if (!allows(match.kind, text)) {
      found.push_back({match.kind, masked_sample(match.kind, text)});
    }
  }
}

std::string Search::masked(std::string_view text, std::string_view own) const {
  const Text place{text, {}};
  Matches matches;
  find_tokens(place, matches);
  find_addresses_of_mail(place, matches);
  find_ibans(place, matches);
  find_phone_numbers(place, matches);
  find_ip_addresses(place, matches);
  std::string out;
  std::size_t at = 0;
  for (const auto& [begin, match] : matches) {
    const std::string_view value = text.substr(begin, match.size());
    if (allows(match.kind, value) || own.find(value) != std::string_view::npos) {
      continue;
    }
    out.append(text.substr(at, begin - at)).append(masked_sample(match.kind, value));
    at = match.end;
  }
  return at == 0 ? std::string(text) : std::move(out.append(text.substr(at)));
}

std::string masked_sample(PersonalKind kind, std::string_view value) {
  switch (kind) {
    case PersonalKind::kEmail:
      return std::string(value.substr(0, 1)) + "***@***";
    case PersonalKind::kIp:
      return value.find(':') == std::string_view::npos ? "*.*.*.*" : "*:*";
    case PersonalKind::kIban:
      return std::string(value.substr(0, 2)) + "***";
    case PersonalKind::kPhone:
      return "+***";
    case PersonalKind::kJwt:
      return "eyJ***";
    case PersonalKind::kToken:
      return std::string(known_beginning(value)) + "***";
    case PersonalKind::kPrivateKey:
      return "-----BEGIN ***";
    case PersonalKind::kCard:
    case PersonalKind::kNationalId:
    case PersonalKind::kBearer:
    case PersonalKind::kBasic:
    case PersonalKind::kSecretField:
      break;
  }
  return "***";
}

}  // namespace budgetcheck::personal
