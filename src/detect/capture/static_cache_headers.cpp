#include "detect/capture/static_cache_headers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "detect/capture/exchange_group.h"
#include "detect/capture/page_load.h"
#include "detect/capture/sites.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Letters {
  std::size_t lower = 0;
  std::size_t upper = 0;
  std::size_t digits = 0;
  std::size_t dashes = 0;
  bool others = false;
};

Letters letters_of(std::string_view text) {
  Letters seen;
  for (const char c : text) {
    seen.lower += is_lower(c) ? 1U : 0U;
    seen.upper += is_upper(c) ? 1U : 0U;
    seen.digits += is_digit(c) ? 1U : 0U;
    seen.dashes += c == '-' || c == '_' ? 1U : 0U;
    seen.others = seen.others || !(is_lower(c) || is_upper(c) || is_digit(c) || c == '-' || c == '_');
  }
  return seen;
}

bool is_size(std::string_view text) {
  const std::size_t x = text.find('x');
  return x != std::string_view::npos && text.find_first_not_of("0123456789x") == std::string_view::npos;
}

/// `bare`: nothing else stands in the name.
bool is_hash(std::string_view text, bool bare) {
  constexpr std::size_t kShortest = 8;
  constexpr std::size_t kLong = 16;
  constexpr std::size_t kTurbopack = 13;
  const Letters seen = letters_of(text);
  const std::size_t letters = seen.lower + seen.upper;
  if (seen.others || text.size() < kShortest || seen.digits == 0 || letters == 0 || is_size(text)) {
    return false;
  }
  const bool hexadecimal = text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  const bool base32 = text.size() == kShortest && seen.lower == 0 && seen.dashes == 0;
  const bool base64 = text.size() == kShortest && seen.lower > 0 && seen.upper > 0;
  const bool turbopack = bare && text.size() == kTurbopack && seen.upper == 0 && seen.digits >= 2;
  const bool digest = text.size() >= kLong && seen.dashes == 0 && seen.digits >= 3;
  return hexadecimal || base32 || base64 || turbopack || digest;
}

bool is_static(const Exchange& exchange) {
  static constexpr std::array<std::string_view, 5> kTypes{"script", "stylesheet", "font", "image", "media"};
  constexpr int kOk = 200;
  return exchange.status == kOk && exchange.method == "GET" &&
         std::find(kTypes.begin(), kTypes.end(), exchange.type) != kTypes.end();
}

struct Policy {
  bool immutable = false;
  bool never = false;             ///< no-store or no-cache
  std::optional<double> max_age;  ///< milliseconds
};

Policy policy_of(std::string_view cache_control) {
  constexpr std::string_view kMaxAge = "max-age=";
  constexpr double kSecond = 1000;
  Policy policy;
  for (std::string_view directive : split(cache_control, ',')) {
    directive = trim(directive);
    policy.immutable = policy.immutable || directive == "immutable";
    policy.never = policy.never || directive == "no-store" || directive == "no-cache";
    if (directive.starts_with(kMaxAge)) {
      std::string_view age = directive.substr(kMaxAge.size());
      age = age.starts_with('"') ? age.substr(1, age.size() > 2 ? age.size() - 2 : 0) : age;
      const std::optional<double> seconds = parse_number(age);
      policy.max_age = seconds && *seconds >= 0 ? *seconds * kSecond : 0;
    }
  }
  return policy;
}

enum class Kind { kHashed, kNothing };

std::optional<Kind> kind_of(const Exchange& exchange, const Rule& rule) {
  if (!is_static(exchange) || !exchange.headers_known) {
    return std::nullopt;
  }
  const Policy policy = policy_of(exchange.cache_control);
  if (has_content_hash(exchange.path)) {
    const bool kept = !policy.never && (policy.immutable || policy.max_age.value_or(0) >= rule.param("min_age"));
    return kept ? std::nullopt : std::optional(Kind::kHashed);
  }
  const double bytes = std::max({exchange.transfer_bytes, exchange.body_bytes, exchange.decoded_bytes});
  const bool nothing = exchange.cache_control.empty() && !exchange.has_validator;
  return nothing && bytes >= rule.param("min_bytes") ? std::optional(Kind::kNothing) : std::nullopt;
}

struct Group {
  const Exchange* biggest = nullptr;
  std::map<std::string, double> files;  ///< without their hashes, with what each weighs
};

double weight(const Exchange& exchange) { return std::max({exchange.body_bytes, exchange.decoded_bytes, 0.0}); }

/// What the header of the biggest file says, in words of our own.
std::string words_of(const Exchange& exchange) {
  const Policy policy = policy_of(exchange.cache_control);
  if (exchange.cache_control.empty()) {
    return exchange.has_validator ? "there is no Cache-Control, so the browser has to ask or guess"
                                  : "no caching headers";
  }
  if (policy.never) {
    return "Cache-Control forbids using them without asking";
  }
  if (!policy.max_age) {
    return "Cache-Control has no max-age";
  }
  return "max-age is " + (*policy.max_age == 0 ? "0" : format_quantity(*policy.max_age, Unit::kMilliseconds));
}

Finding finding_of(const Rule& rule, Kind kind, const std::string& folder, const Group& group) {
  double bytes = 0;
  for (const auto& [name, size] : group.files) {
    bytes += size;
  }
  const std::string files = counted(group.files.size(), "file");
  const bool one = group.files.size() == 1;
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = folder;
  finding.message = kind == Kind::kHashed
                        ? fmt::format("{} with a hash in {} name below '{}' may not be kept for long: {}", files,
                                      one ? "its" : "their", folder, words_of(*group.biggest))
                        : fmt::format("{} below '{}' {} loaded again on every visit: no caching headers", files, folder,
                                      one ? "is" : "are");
  finding.message += fmt::format(" ('{}'{}, {})", without_content_hash(group.biggest->path), one ? "" : " and others",
                                 format_quantity(bytes, Unit::kBytes));
  finding.location = group.biggest->location;
  finding.evidence.count = group.files.size();
  finding.evidence.input = group.biggest->location.file;
  finding.evidence.details = {{"host", group.biggest->host}};
  finding.fix.text =
      kind == Kind::kHashed
          ? "Serve them with 'Cache-Control: public, max-age=31536000, immutable'."
          : "Send at least an ETag with 'Cache-Control: no-cache', or let the bundler put a hash into the names and "
            "cache them for a year.";
  finding.magnitude = bytes;
  finding.key = finding_key(rule.id, {kind == Kind::kHashed ? "hashed" : "nothing", folder});
  return finding;
}

}  // namespace

bool has_content_hash(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) {
    return false;
  }
  for (const std::string_view part : split(name.substr(0, dot), '.')) {
    if (is_hash(part, part.size() == dot)) {
      return true;
    }
    for (std::size_t i = part.find_first_of("-_"); i < part.size(); i = part.find_first_of("-_", i + 1)) {
      if (is_hash(part.substr(i + 1), false)) {
        return true;
      }
    }
  }
  return false;
}

void detect_static_cache_headers(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const Sites sites(facts);
  std::map<std::tuple<std::string, std::string, Kind>, Group> groups;
  for (const Exchange& exchange : facts.capture.exchanges) {
    const std::optional<Kind> kind = kind_of(exchange, rule);
    if (!kind || sites.is_foreign(exchange) || is_ignored(rule, exchange, exchange.path)) {
      continue;
    }
    const std::string folder = exchange.path.substr(0, exchange.path.rfind('/') + 1);
    Group& group = groups[{exchange.host, folder, *kind}];
    group.files[without_content_hash(exchange.path)] = weight(exchange);
    if (group.biggest == nullptr || weight(exchange) > weight(*group.biggest)) {
      group.biggest = &exchange;
    }
  }
  for (const auto& [place, group] : groups) {
    findings.push_back(finding_of(rule, std::get<2>(place), std::get<1>(place), group));
  }
}

}  // namespace budgetcheck
