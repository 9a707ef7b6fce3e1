#include "collect/recognise.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/account.h"
#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

/// Text of another kind, such as a console log, and not JSON that was cut off or garbled on its way.
bool is_plain_text(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  const std::string_view text = trim(bytes.substr(0, kLooked));
  const bool is_binary = text.find('\0') != std::string_view::npos;
  return !text.empty() && !is_binary && text.front() > ' ' && text.front() < '\x7f' && text.front() != '{' &&
         text.front() != '[';
}

/// Nothing: it is JSON.
std::optional<Error> syntax_error(const std::string& path, const FileContent& content) {
  class Nothing final : public json::Events {
   public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number(double /*value*/) override { return true; }
    bool string(std::string_view /*value*/) override { return true; }
    bool key(std::string_view /*name*/) override { return true; }
    bool begin_object() override { return true; }
    bool end_object() override { return true; }
    bool begin_array() override { return true; }
    bool end_array() override { return true; }
  };
  Nothing events;
  Expected<void> parsed = json::parse(path, content, events);
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
  constexpr std::size_t kWidth = 40;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < keys.size() && shown.size() < kShown; ++i) {
    if (looks_like_name(keys[i])) {  // what else there is may be data
      shown.push_back(fmt::format("'{}'", shorten(printable(keys[i]), kWidth)));
    }
  }
  return join(shown, ", ");
}

}  // namespace

const Format* named_format(const std::vector<Format>& table, const InputSettings& settings) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Format& format) {
    return !format.named_by.empty() && settings.find(format.named_by) != nullptr;
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
  const std::string read = fmt::format("pass what one of these writes: {}", what_is_read(table));
  std::optional<OtherOutput> other = explained(table, seen);
  std::optional<Error> broken;
  if (!other) {
    broken = syntax_error(input.path, content);
    seen.is_text = broken && is_plain_text(content.bytes());
    other = seen.is_text ? explained(table, seen) : std::nullopt;
  }
  if (other) {
    input.message = other->what;
    input.hint = other->is_guess ? fmt::format("{}. Otherwise {}", other->give, read) : std::string(other->give);
  } else if (seen.is_text) {
    input.message = "text that is not JSON";
    input.hint = read;
  } else if (broken) {
    describe_unreadable(*broken, kWriteAgain, input);
    input.hint = kWriteAgain;
  } else {
    const std::string keys = shown_keys(seen.top_keys);
    input.message =
        keys.empty() ? "JSON of no known format" : fmt::format("JSON of no known format, with the keys {}", keys);
    input.hint = read;
  }
}

std::string what_is_read(const std::vector<Format>& table) {
  std::vector<std::string_view> given;
  for (const Format& format : table) {
    if (!format.is_given_as.empty()) {
      given.push_back(format.is_given_as);
    }
  }
  std::string list;
  for (std::size_t i = 0; i < given.size(); ++i) {
    list += i == 0 ? "" : i + 1 == given.size() ? ", or " : ", ";
    list += given[i];
  }
  return list;
}

}  // namespace budgetcheck
