#include "collect/personal_data/token.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "base/text/packed.h"
#include "collect/personal_data/characters.h"
#include "collect/personal_data/placeholder.h"

namespace budgetcheck::personal {
namespace {

bool is_of_base64(char c) { return is_alnum(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_'; }
bool is_of_bearer(char c) { return is_token_char(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '='; }
bool is_upper_or_digit(char c) { return is_upper(c) || is_digit(c); }
bool is_of_parts(char c) { return is_token_char(c) || c == '.'; }

/// Nothing that repeats itself is looked through again and again.
constexpr std::size_t kLongestToken = 2048;

/// How a maker writes its tokens.
struct Maker {
  std::string_view beginning;
  std::size_t fewest;  ///< characters behind the beginning
  std::size_t most;    ///< 0: any number
  bool (*is)(char c);
  char last = '\0';  ///< a sign that must be among them: parts are joined by it
};

constexpr std::array<Maker, 48> kMakers{{
    {"AKIA", 16, 16, is_upper_or_digit}, {"ASIA", 16, 16, is_upper_or_digit},
    {"ABIA", 16, 16, is_upper_or_digit}, {"ACCA", 16, 16, is_upper_or_digit},
    {"ghp_", 36, 0, is_alnum},           {"gho_", 36, 0, is_alnum},
    {"ghu_", 36, 0, is_alnum},           {"ghs_", 36, 0, is_alnum},
    {"ghr_", 36, 0, is_alnum},           {"github_pat_", 22, 0, is_word_char},
    {"glpat-", 20, 0, is_of_parts},      {"gldt-", 20, 0, is_token_char},
    {"glrt-", 20, 0, is_of_parts},       {"glcbt-", 20, 0, is_token_char},
    {"glptt-", 40, 0, is_token_char},    {"glsoat-", 20, 0, is_token_char},
    {"glft-", 20, 0, is_token_char},     {"xoxb-", 20, 0, is_token_char},
    {"xoxp-", 20, 0, is_token_char},     {"xoxa-", 20, 0, is_token_char},
    {"xoxo-", 20, 0, is_token_char},     {"xoxr-", 20, 0, is_token_char},
    {"xoxs-", 20, 0, is_token_char},     {"xoxe-", 20, 0, is_token_char},
    {"xapp-", 20, 0, is_token_char},     {"sk_live_", 16, 0, is_alnum},
    {"rk_live_", 16, 0, is_alnum},       {"whsec_", 24, 0, is_of_base64},
    {"AIza", 35, 35, is_token_char},     {"ya29.", 20, 0, is_token_char},
    {"GOCSPX-", 24, 0, is_token_char},   {"npm_", 36, 36, is_alnum},
    {"SG.", 60, 80, is_of_parts, '.'},   {"pypi-AgEIcHlwaS5vcmc", 40, 0, is_token_char},
    {"dckr_pat_", 20, 0, is_token_char}, {"dop_v1_", 64, 64, is_hex},
    {"doo_v1_", 64, 64, is_hex},         {"dor_v1_", 64, 64, is_hex},
    {"shpat_", 32, 32, is_hex},          {"shpss_", 32, 32, is_hex},
    {"shpca_", 32, 32, is_hex},          {"hf_", 34, 0, is_alnum},
    {"hvs.", 24, 0, is_token_char},      {"sk-ant-", 24, 0, is_token_char},
    {"sk-proj-", 24, 0, is_token_char},  {"lin_api_", 32, 0, is_alnum},
    {"sq0atp-", 22, 22, is_token_char},  {"AGE-SECRET-KEY-1", 50, 0, is_upper_or_digit},
}};

/// Which maker's token begins at `at`, and its end; null: none.
const Maker* maker_at(std::string_view text, std::size_t at, std::size_t& end) {
  for (const Maker& maker : kMakers) {
    if (text[at] != maker.beginning.front() || text.substr(at, maker.beginning.size()) != maker.beginning) {
      continue;
    }
    const std::size_t begin = at + maker.beginning.size();
    end = end_of_run(text.substr(0, std::min(text.size(), begin + kLongestToken)), begin, maker.is);
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '=')) {
      --end;
    }
    const std::string_view rest = text.substr(begin, end - begin);
    const bool sized = rest.size() >= maker.fewest && (maker.most == 0 || rest.size() <= maker.most);
    if (sized && (maker.last == '\0' || rest.find(maker.last) != std::string_view::npos) &&
        !is_word_char(char_at(text, end)) && char_at(text, end) != '*' &&
        any_of(rest, [](char c) { return is_digit(c) || is_upper(c); }) &&
        rest.find("EXAMPLE") == std::string_view::npos &&
        rest.find_first_not_of(rest.front()) != std::string_view::npos && !is_placeholder(rest)) {
      return &maker;
    }
  }
  return nullptr;
}

void find_private_keys(std::string_view text, Matches& matches) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::string_view kClose = "-----";
  constexpr std::size_t kLongestName = 32;
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1)) {
    const std::size_t name = at + kBegin.size();
    const std::size_t close =
        text.substr(0, std::min(text.size(), name + kLongestName + kClose.size())).find(kClose, name);
    if (close == std::string_view::npos ||
        text.substr(name, close - name).find("PRIVATE KEY") == std::string_view::npos) {
      continue;
    }
    std::size_t body = close + kClose.size();
    while (body < text.size() && (is_blank(text[body]) || (text[body] == '\\' && (char_at(text, body + 1) == 'n' ||
                                                                                  char_at(text, body + 1) == 'r')))) {
      body += text[body] == '\\' ? 2U : 1U;
    }
    const std::size_t end = end_of_run(text, body, is_of_base64);
    constexpr std::size_t kSome = 16;
    // In a log line by line, what is behind the heading is another line.
    if (body == text.size() || end - body >= kSome) {
      constexpr std::size_t kLongest = std::size_t{16} << 10;
      // No key holds dashes like these, so headings in a row are looked through once.
      const std::size_t dashes = text.substr(0, std::min(text.size(), body + kLongest)).find(kClose, body);
      const bool is_end = dashes != std::string_view::npos && text.substr(dashes).starts_with("-----END ");
      matches.add(PersonalKind::kPrivateKey, at, is_end ? dashes : end);
    }
  }
}

/// Three parts of base64url, of which the first two begin as objects of JSON do.
void find_json_web_tokens(std::string_view text, Matches& matches) {
  constexpr std::string_view kBegin = "eyJ";
  constexpr std::size_t kShortestPart = 8;
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin, at + 1)) {
    if (is_word_char(char_before(text, at))) {
      continue;
    }
    const std::size_t head = end_of_run(text, at, is_token_char);
    const bool two = head - at >= kShortestPart && char_at(text, head) == '.' &&
                     text.substr(std::min(head + 1, text.size()), 2) == "ey";
    const std::size_t payload = two ? end_of_run(text, head + 1, is_token_char) : head;
    if (!two || payload - head <= kShortestPart || char_at(text, payload) != '.') {
      at = head - 1;
      continue;
    }
    const std::size_t end = end_of_run(text, payload + 1, is_token_char);
    if (char_at(text, end) != '*' && (end > payload + 1)) {
      matches.add(PersonalKind::kJwt, at, end);
    }
    at = end - 1;
  }
}

/// Whether a word that follows "Bearer" in a sentence looks drawn at random.
bool looks_drawn(std::string_view word) {
  constexpr std::size_t kShortest = 16;
  constexpr std::size_t kLong = 24;
  const bool cases = any_of(word, is_upper) && any_of(word.substr(1), is_lower) && any_of(word.substr(1), is_upper);
  return word.size() >= kShortest && (is_mixed(word) || (word.size() >= kLong && cases));
}

bool is_basic(std::string_view word) {
  const std::optional<std::string> plain = from_base64(word);
  if (!plain) {
    return false;
  }
  const std::size_t colon = plain->find(':');
  return colon != std::string::npos && colon + 1 < plain->size() &&
         all_of(*plain, [](char c) { return static_cast<unsigned char>(c) >= ' '; }) &&
         !is_placeholder(plain->substr(colon + 1));
}

void find_schemes(std::string_view text, Matches& matches) {
  struct Scheme {
    std::string_view name;
    PersonalKind kind;
  };
  static constexpr std::array<Scheme, 2> kSchemes{{{"bearer", PersonalKind::kBearer}, {"basic", PersonalKind::kBasic}}};
  for (std::size_t at = text.find_first_of("bB"); at != std::string_view::npos; at = text.find_first_of("bB", at + 1)) {
    for (const Scheme& scheme : kSchemes) {
      const std::size_t size = scheme.name.size();
      if (!equals_ignoring_case(text.substr(at, size), scheme.name) || is_word_char(char_before(text, at)) ||
          !(char_at(text, at + size) == ' ' || char_at(text, at + size) == '+')) {
        continue;
      }
      const std::size_t begin = end_of_run(text, at + size, [](char c) { return c == ' ' || c == '+'; });
      const std::size_t end =
          end_of_run(text.substr(0, std::min(text.size(), begin + kLongestToken)), begin, is_of_bearer);
      const std::string_view word = text.substr(begin, end - begin);
      const bool real = !word.empty() && !is_placeholder(word) && char_at(text, end) != '*' &&
                        (scheme.kind == PersonalKind::kBasic ? is_basic(word) : looks_drawn(word));
      if (real) {
        matches.add(scheme.kind, begin, end);
      }
    }
  }
}

}  // namespace

std::string_view known_beginning(std::string_view token) {
  std::size_t end = 0;
  const Maker* maker = token.empty() ? nullptr : maker_at(token, 0, end);
  return maker == nullptr ? std::string_view() : maker->beginning;
}

void find_tokens(const Text& text, Matches& matches) {
  find_private_keys(text.text, matches);
  find_json_web_tokens(text.text, matches);
  const std::string_view all = text.text;
  for (std::size_t at = 0; at < all.size();) {
    if (!is_alnum(all[at])) {
      ++at;
      continue;
    }
    std::size_t end = 0;
    if (maker_at(all, at, end) != nullptr) {
      matches.add(PersonalKind::kToken, at, end);
      at = end;
    } else {
      at = end_of_run(all, at, is_word_char);
    }
  }
  find_schemes(all, matches);
}

}  // namespace budgetcheck::personal
