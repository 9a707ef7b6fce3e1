#include "collect/recognise.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/account.h"
#include "collect/inner_documents.h"
#include "collect/leading_text.h"
#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kShownKey = 40;

/// "[2026-11-29T10:00:00Z] …", "[29/Nov/2026:10:00:00 +0000] …": a log's line, and no list of numbers.
bool begins_with_date(std::string_view text) {
  if (!text.starts_with('[')) {
    return false;
  }
  const std::size_t end = text.find_first_not_of("0123456789", 1);
  return end != std::string_view::npos && end > 1 && (text[end] == '-' || text[end] == '/');
}

/// Text of another kind, such as a console log, and not JSON that was cut off or garbled on its way.
bool is_plain_text(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  const std::string_view text = trim(bytes.substr(0, kLooked));
  const bool is_binary = text.find('\0') != std::string_view::npos;
  return !text.empty() && !is_binary && text.front() > ' ' && text.front() < '\x7f' && text.front() != '{' &&
         (text.front() != '[' || begins_with_date(text));
}

/// Nothing: it is JSON.
std::optional<Error> syntax_error(const std::string& path, const FileContent& content) {
  json::NoEvents nobody;
  Expected<void> parsed = json::parse(path, content, nobody);
  return parsed ? std::nullopt : std::optional<Error>(std::move(parsed.error()));
}

std::optional<OtherOutput> explained(const std::vector<Format>& table, const Sniff& seen) {
  for (const Format& format : table) {
    if (format.explain != nullptr) {
      if (std::optional<OtherOutput> other = format.explain(seen)) {
        return other;
      }
    }
  }
  return std::nullopt;
}

std::string shown_keys(const std::vector<std::string>& keys) {
  constexpr std::size_t kShown = 6;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < keys.size() && shown.size() < kShown; ++i) {
    if (looks_like_name(keys[i])) {  // what else there is may be data
      shown.push_back(fmt::format("'{}'", shorten(printable(keys[i]), kShownKey)));
    }
  }
  return join(shown, ", ");
}

/// What to do about a file of no known format.
std::string what_to_pass(const std::vector<Format>& table, std::string_view head) {
  constexpr std::string_view kAll = "'budgetcheck explain inputs' lists what is read";
  const std::vector<std::string_view> near = nearest_formats(table, head);
  if (near.empty()) {
    return std::string(kAll);
  }
  const std::string names = near.size() == 1   ? std::string(near[0])
                            : near.size() == 2 ? fmt::format("{} or {}", near[0], near[1])
                                               : fmt::format("{}, {} or {}", near[0], near[1], near[2]);
  return fmt::format("what is read and looks most like it: {}. {}", names, kAll);
}

/// When an object directly in the document is what a format reads: which, and how to get it out.
bool explain_inner(const std::vector<Format>& table, const FileContent& content, Input& input) {
  for (const InnerDocument& inner : inner_documents(input.path, content)) {
    const auto begin = content_from_string(inner.begin);
    const Sniff seen = sniff(input.path, *begin, false);
    const auto format = std::find_if(table.begin(), table.end(), [&](const Format& one) {
      return one.recognises != nullptr && !one.is_given_as.empty() && one.recognises(seen);
    });
    if (format == table.end()) {
      continue;
    }
    if (inner.key.empty()) {
      input.message = fmt::format("a list of what is read one by one: {}", format->is_given_as);
      input.hint = "pass each element as a file of its own, for example with jq '.[0]'";
      return true;
    }
    if (looks_like_name(inner.key)) {
      const std::string key = shorten(printable(inner.key), kShownKey);
      input.message = fmt::format("the member '{}' in it is what is read: {}", key, format->is_given_as);
      input.hint = fmt::format("pass that member as a file of its own, for example with jq '.\"{}\"'", key);
      return true;
    }
  }
  return false;
}

}  // namespace

const Format* named_format(const std::vector<Format>& table, const InputSettings& settings) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Format& format) {
    const std::size_t dot = format.named_by.find('.');
    const json::Value* setting = format.named_by.empty() ? nullptr : settings.find(format.named_by.substr(0, dot));
    return setting != nullptr &&
           (dot == std::string_view::npos || setting->find(format.named_by.substr(dot + 1)) != nullptr);
  });
  return found == table.end() ? nullptr : &*found;
}

const Format* recognise(const std::vector<Format>& table, const std::string& path, const FileContent& content,
                        Sniff& seen) {
  for (const bool whole : {false, true}) {
    seen = sniff(path, content, whole);
    for (const Format& format : table) {
      if (format.recognises != nullptr && format.recognises(seen)) {
        return &format;
      }
    }
    if (content.bytes().size() <= seen.head.size()) {
      break;
    }
  }
  return nullptr;
}

void explain_unknown(const std::vector<Format>& table, const FileContent& content, Sniff seen, Input& input) {
  input.state = InputState::kUnreadable;
  std::optional<OtherOutput> other = explained(table, seen);
  std::optional<Error> broken;
  if (!other) {
    broken = syntax_error(input.path, content);
    seen.is_text = broken && is_plain_text(content.bytes());
    other = seen.is_text ? explained(table, seen) : std::nullopt;
  }
  if (other) {
    input.message = other->what;
    input.hint = other->give.empty() ? what_to_pass(table, seen.head) : std::string(other->give);
  } else if (const auto late = broken ? document_behind_text(input.path, content) : std::nullopt) {
    input.message = fmt::format("its JSON begins in line {}, behind other text, and is of no known format", late->line);
    input.hint = what_to_pass(table, seen.head);
  } else if (seen.is_text) {
    input.message = "text that is not JSON";
    input.hint = what_to_pass(table, seen.head);
  } else if (broken) {
    describe_unreadable(*broken, kWriteAgain, input);
  } else if (!explain_inner(table, content, input)) {
    const std::string keys = shown_keys(seen.top_keys);
    input.message =
        keys.empty() ? "JSON of no known format" : fmt::format("JSON of no known format, with the keys {}", keys);
    input.hint = what_to_pass(table, seen.head);
  }
}

std::vector<std::string_view> what_is_read(const std::vector<Format>& table) {
  std::vector<std::string_view> given;
  for (const Format& format : table) {
    if (!format.is_given_as.empty()) {
      given.push_back(format.is_given_as);
    }
  }
  return given;
}

std::vector<std::string_view> nearest_formats(const std::vector<Format>& table, std::string_view head) {
  constexpr std::size_t kMost = 3;
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const Format& format : table) {
    const auto words = static_cast<std::size_t>(
        std::count_if(format.looks_like.begin(), format.looks_like.end(),
                      [&](std::string_view word) { return head.find(word) != std::string_view::npos; }));
    if (words > 0 && !format.is_given_as.empty()) {
      near.emplace_back(words, format.is_given_as);
    }
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < std::min(near.size(), kMost); ++i) {
    names.push_back(near[i].second);
  }
  return names;
}

}  // namespace budgetcheck
