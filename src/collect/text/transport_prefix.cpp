#include "collect/text/transport_prefix.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

constexpr std::size_t kMaxName = 80;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_name(char c) { return is_alnum(c) || std::string_view("_-./:@").find(c) != std::string_view::npos; }

/// Length of "2026-11-23T06:45:42.871Z" or "2026-11-23T06:45:42+00:00" at the beginning; 0: none stands there.
std::size_t time_length(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() <= kForm.size()) {
    return 0;
  }
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] == '0' ? !is_digit(text[i]) : text[i] != kForm[i]) {
      return 0;
    }
  }
  const std::size_t end = text.find_first_not_of("0123456789.,:+-Z", kForm.size());
  return end == std::string_view::npos ? text.size() : is_blank(text[end]) ? end : 0;
}

/// Length of "web-1  | " or "0|web  | "; 0: none stands there.
std::size_t piped_length(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_digit(text[at])) {
    ++at;
  }
  at = at > 0 && at < text.size() && text[at] == '|' ? at + 1 : 0;  // the number of pm2
  const std::size_t name = at;
  while (at < text.size() && at < kMaxName && is_name(text[at])) {
    ++at;
  }
  if (at == name) {
    return 0;
  }
  while (at < text.size() && at < kMaxName && text[at] == ' ') {
    ++at;
  }
  if (at == text.size() || text[at] != '|' || (at + 1 < text.size() && text[at + 1] != ' ')) {
    return 0;
  }
  return std::min(at + 2, text.size());
}

/// Length of "[pod/web-5d/app] "; 0: none stands there.
std::size_t pod_length(std::string_view text) {
  const std::size_t close = text.starts_with('[') ? text.substr(0, kMaxName).find(']') : std::string_view::npos;
  const bool named = close != std::string_view::npos &&
                     std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(close), '/') >= 2 &&
                     close + 1 < text.size() && text[close + 1] == ' ';
  return named ? close + 2 : 0;
}

/// Length of "build\tRun tests\t" before a time; 0: none stands there.
std::size_t step_length(std::string_view text) {
  const std::size_t job = text.substr(0, kMaxName).find('\t');
  const std::size_t step = job == std::string_view::npos ? job : text.substr(0, 2 * kMaxName).find('\t', job + 1);
  return step != std::string_view::npos && time_length(text.substr(step + 1)) > 0 ? step + 1 : 0;
}

}  // namespace

Transported without_transport(std::string_view line) {
  constexpr int kMostParts = 4;
  Transported result;
  result.text = line;
  const auto drop = [&](std::size_t length, bool names) {
    if (length > 0 && names) {
      result.stream += trim(result.text.substr(0, length));
    }
    result.text.remove_prefix(length);
    return length > 0;
  };
  for (int part = 0; part < kMostParts; ++part) {
    if (const std::size_t length = time_length(result.text); length > 0) {
      result.time = result.time.empty() ? result.text.substr(0, length) : result.time;
      result.text.remove_prefix(length);
      for (const std::string_view stream : {" stdout ", " stderr "}) {
        constexpr std::size_t kFlag = 2;
        if (result.text.starts_with(stream) && result.text.size() >= stream.size() + kFlag &&
            result.text[stream.size() + 1] == ' ') {
          result.continues = result.text[stream.size()] == 'P';
          result.stream += stream;
          result.text.remove_prefix(stream.size() + 1);
        }
      }
      result.text.remove_prefix(result.text.empty() ? 0 : 1);
    } else if (!drop(piped_length(result.text), true) && !drop(pod_length(result.text), true) &&
               !drop(step_length(result.text), true)) {
      break;
    }
  }
  return result;
}

}  // namespace budgetcheck
