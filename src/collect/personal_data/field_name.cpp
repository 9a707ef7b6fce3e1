#include "collect/personal_data/field_name.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kMostWords = 12;
constexpr std::size_t kLongestName = 256;

/// The words of a name in lower case: "x-apiKey" has x, api and key. An accent is taken off the letter under it.
std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words;
  bool open = false;
  const auto add = [&](char c) {
    if (!open) {
      words.emplace_back();
      open = true;
    }
    words.back() += to_lower(c);
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_alnum(c)) {
      const char before = char_before(name, i);
      const bool hump = is_upper(c) && (is_lower(before) || (is_upper(before) && is_lower(char_at(name, i + 1))));
      open = open && !hump;
      add(c);
    } else if (c == '\xC3' && i + 1 < name.size()) {  // U+00C0 to U+00FF
      const auto low = static_cast<unsigned char>(name[i + 1]) | 0x20U;
      ++i;
      add(low >= 0xA8 && low <= 0xAB ? 'e' : low >= 0xA0 && low <= 0xA5 ? 'a' : low >= 0xB2 && low <= 0xB6 ? 'o' : 'u');
    } else {
      open = false;
    }
  }
  if (words.size() > kMostWords) {
    words.erase(words.begin(), words.end() - static_cast<std::ptrdiff_t>(kMostWords));
  }
  return words;
}

using Words = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool has_one_of(const std::vector<std::string>& words, Words wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_one_of(word, wanted); });
}

bool ends_with_one_of(std::string_view text, Words endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return text.ends_with(ending); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) {
    all += word;
  }
  return all;
}

/// The last part of a path and, apart, the one before it: "card" and "number".
void split_path(std::string_view name, std::string_view& parent, std::string_view& last) {
  while (name.ends_with("[]")) {
    name.remove_suffix(2);
  }
  const std::size_t dot = name.find_last_of('.');
  last = dot == std::string_view::npos ? name : name.substr(dot + 1);
  parent = dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
  const std::size_t up = parent.find_last_of('.');
  parent = up == std::string_view::npos ? parent : parent.substr(up + 1);
}

/// What is said about a secret, and is none.
bool tells_about(std::string_view last) {
  return is_one_of(last, {"length",  "len",      "count",     "type",     "strength", "policy", "reset",   "changed",
                          "expires", "expiry",   "at",        "id",       "ids",      "name",   "field",   "hint",
                          "age",     "valid",    "url",       "uri",      "set",      "size",   "enabled", "version",
                          "present", "status",   "error",     "errors",   "attempts", "ttl",    "limit",   "usage",
                          "updated", "created",  "algorithm", "encoding", "required", "label",  "path",    "file",
                          "column",  "prompt",   "arn",       "ref",      "in",       "alg",    "kid",     "endpoint",
                          "message", "rotation", "retries",   "strategy", "provider", "mode",   "method",  "match"});
}

NameTraits::Secret secret_of(const std::vector<std::string>& words, const std::string& all) {
  using Secret = NameTraits::Secret;
  if (words.empty() || tells_about(words.back())) {
    return Secret::kNone;
  }
  const std::string& last = words.back();
  if (has_one_of(words, {"password", "passwd", "pwd", "passphrase", "passwort", "passcode", "kennwort"}) ||
      ends_with_one_of(all, {"password", "passwd", "passphrase"})) {
    return Secret::kPassword;
  }
  if (has_one_of(words, {"csrf", "xsrf", "page", "next", "continuation", "cursor", "sync", "resume", "cancellation",
                         "public", "publishable", "unexpected", "idempotency", "device", "push"})) {
    return Secret::kNone;
  }
  if (last == "secret" || last == "pass" ||
      ends_with_one_of(all, {"clientsecret", "secretkey",       "secretaccesskey", "apikey",       "apisecret",
                             "privatekey",   "signingkey",      "encryptionkey",   "masterkey",    "authkey",
                             "accountkey",   "sharedaccesskey", "accesstoken",     "refreshtoken", "authtoken",
                             "idtoken",      "sessiontoken",    "securitytoken",   "privatetoken", "apitoken",
                             "bearertoken",  "subscriptionkey", "sharedsecret"})) {
    return Secret::kKey;
  }
  return last == "token" || last == "jwt" || last == "credential" || last == "credentials" ? Secret::kToken
                                                                                           : Secret::kNone;
}

/// Not of what may hold a text with anything in it, such as "message" or "request".
bool is_number_of_word(const std::vector<std::string>& words) {
  return is_one_of(
             words.back(),
             {"id",    "ids",      "no",          "nr",           "num",      "number",   "ref",       "reference",
              "uuid",  "guid",     "order",       "orders",       "invoice",  "invoices", "shipment",  "shipments",
              "seq",   "sequence", "offset",      "position",     "cursor",   "time",     "timestamp", "ts",
              "at",    "date",     "epoch",       "ms",           "us",       "ns",       "expires",   "expiry",
              "exp",   "iat",      "nbf",         "duration",     "size",     "bytes",    "length",    "count",
              "total", "amount",   "price",       "score",        "ratio",    "lsn",      "pid",       "tid",
              "port",  "batch",    "voucher",     "ledger",       "barcode",  "ean",      "gtin",      "sku",
              "imei",  "isbn",     "tracking",    "ticket",       "tickets",  "key",      "version",   "revision",
              "job",   "jobs",     "items",       "product",      "products", "tenant",   "row",       "index",
              "txn",   "tx",       "transaction", "transactions", "delivery", "parcel",   "expiresin", "coupon"}) ||
         (words.size() > 1 && is_one_of(words[words.size() - 2], {"imei", "order", "invoice", "tracking"}));
}

constexpr std::uint16_t bit(NationalId id) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(id)); }

std::uint16_t national_ids_of(const std::vector<std::string>& words, const std::string& all) {
  struct Row {
    NationalId id;
    Words words;    ///< one of them
    Words endings;  ///< or the whole name, without what is between words, has one of them
  };
  static const std::initializer_list<Row> kRows{
      {NationalId::kPesel, {"pesel"}, {"numerpesel"}},
      {NationalId::kBsn, {"bsn", "burgerservicenummer", "sofinummer"}, {"burgerservicenummer"}},
      {NationalId::kSteuerId,
       {"steuerid", "steueridentifikationsnummer", "steuer", "idnr", "tin"},
       {"steuerid", "steuernummer", "taxid", "taxnumber", "steueridnr"}},
      {NationalId::kCpf, {"cpf"}, {"cpfnumber", "taxid"}},
      {NationalId::kNir,
       {"nir", "insee", "nss", "secu"},
       {"securitesociale", "numsecu", "numerosecu", "socialsecuritynumber", "socialsecurity"}},
      {NationalId::kNhs, {"nhs"}, {"nhsnumber", "nhsno"}},
      {NationalId::kSin, {"sin"}, {"socialinsurance", "socialinsurancenumber"}},
      {NationalId::kCnp, {"cnp"}, {"codnumericpersonal"}},
      {NationalId::kPersonnummer, {"personnummer", "personnr"}, {"personnummer", "fodselsnummer"}},
      {NationalId::kNif, {"nif", "contribuinte"}, {"taxid"}},
      {NationalId::kRijksregister,
       {"rijksregister", "rijksregisternummer", "niss", "insz"},
       {"nationalregister", "registrenational"}},
  };
  std::uint16_t ids = 0;
  for (const Row& row : kRows) {
    if (has_one_of(words, row.words) ||
        std::any_of(row.endings.begin(), row.endings.end(),
                    [&](std::string_view ending) { return all.find(ending) != std::string::npos; })) {
      ids = static_cast<std::uint16_t>(ids | bit(row.id));
    }
  }
  if (ends_with_one_of(all, {"nationalid", "nationalidnumber", "personalid", "ssn", "nationalidentifier"})) {
    constexpr std::uint16_t kAny = (1U << (static_cast<unsigned>(NationalId::kRijksregister) + 1U)) - 1U;
    ids = kAny;
  }
  return ids;
}

}  // namespace

NameTraits traits_of(std::string_view name) {
  NameTraits traits;
  name = name.substr(name.size() > kLongestName ? name.size() - kLongestName : 0);
  std::string_view above;
  std::string_view own;
  split_path(name, above, own);
  const std::vector<std::string> words = words_of_name(own);
  if (words.empty()) {
    return traits;
  }
  const std::string all = joined(words);
  std::vector<std::string> both = words_of_name(above);
  both.insert(both.end(), words.begin(), words.end());
  traits.secret = secret_of(words, all);
  traits.is_authorization = words.back() == "authorization";
  traits.is_cookie =
      words.back() == "cookie" || words.back() == "cookies" || has_one_of(words_of_name(above), {"cookies"});
  traits.is_digest = has_one_of(words, {"hash",        "sha",        "sha1",     "sha256",  "sha512",    "md5",
                                        "digest",      "etag",       "checksum", "commit",  "integrity", "nonce",
                                        "fingerprint", "signature",  "trace",    "traceid", "span",      "spanid",
                                        "traceparent", "tracestate", "boundary", "uuid",    "guid"}) ||
                     all == "ifnonematch" || all == "ifmatch" || all == "contentsecuritypolicy";
  traits.is_version =
      has_one_of(words, {"version",   "versions", "ver",      "v",      "release", "build",   "agent",   "ua",
                         "useragent", "sdk",      "firmware", "fw",     "driver",  "library", "lib",     "runtime",
                         "upgrade",   "rev",      "revision", "semver", "oid",     "engine",  "platform"}) ||
      has_one_of(both, {"agent", "useragent"}) || all == "via";
  traits.is_machine = has_one_of(words, {"server", "serveripaddress", "host", "local", "upstream", "listen", "bind",
                                         "dns", "resolver", "nameserver", "gateway", "subnet", "cidr", "netmask"}) ||
                      has_one_of(both, {"server", "host", "local", "upstream", "destination"});
  traits.is_message_id =
      ends_with_one_of(all, {"messageid", "contentid", "inreplyto", "references", "msgid"}) || all == "cid";
  traits.is_card =
      has_one_of(both, {"card", "cards", "pan", "cc", "ccnum", "creditcard", "cardnumber", "cardno", "ccn"});
  traits.is_phone = has_one_of(both, {"phone", "tel", "telephone", "mobile", "msisdn", "fax", "sms", "telefon", "handy",
                                      "whatsapp", "phonenumber", "cell", "cellphone", "call", "caller"});
  traits.is_number_of = is_number_of_word(words) || traits.is_digest || has_one_of(words, {"imei", "trace", "span"});
  traits.ids = national_ids_of(both, joined(both));
  return traits;
}

}  // namespace budgetcheck::personal
