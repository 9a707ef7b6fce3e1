#include "collect/http/keyed_request.h"

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// "X-Api-Key", as programs in Go write it.
std::string title_case(const std::string& header) {
  std::string out = header;
  bool begins = true;
  for (char& c : out) {
    if (begins && c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    }
    begins = c == '-';
  }
  return out;
}

void add_header(const std::string& rest, KeyPlace& place) {
  place.header = lower(replace_all(rest, "_", "-"));
  const std::string titled = title_case(place.header);
  place.names = {"http_" + rest,
                 rest,
                 place.header,
                 titled,
                 "req.headers." + place.header,
                 "request.headers." + place.header,
                 "request.headers." + titled,
                 "headers." + place.header,
                 "headers." + titled,
                 "request_" + titled,
                 "cs(" + titled + ")"};
}

}  // namespace

KeyPlace key_place(const std::string& written) {
  KeyPlace place;
  if (written.empty()) {
    return place;
  }
  if (!written.starts_with('$')) {
    const std::optional<double> word = parse_number(written);
    constexpr double kMostWords = 1000;
    if (word && *word != 0 && *word >= -kMostWords && *word <= kMostWords) {
      place.word = static_cast<int>(*word);
    } else {
      place.names = {written};
    }
    return place;
  }
  const std::string name = written.substr(1);
  const auto behind = [&](std::string_view prefix) {
    return name.starts_with(prefix) ? name.substr(prefix.size()) : "";
  };
  if (const std::string header = behind("http_"); !header.empty()) {
    add_header(header, place);
  } else if (const std::string argument = behind("arg_"); !argument.empty()) {
    place.names = {name};
    place.argument = argument;
  } else if (name == "remote_addr" || name == "binary_remote_addr") {
    place.names = {"remote_addr", "remoteAddress",        "req.remoteAddress", "req.ip", "request.remote_ip",
                   "ClientHost",  "httpRequest.remoteIp", "ClientIP",          "c-ip",   "ip"};
    place.word = 1;
  } else if (name == "remote_user") {
    place.names = {"remote_user", "user", "ClientUsername", "cs-username"};
    place.word = 3;
  } else {
    place.names = {name};
  }
  return place;
}

std::string_view argument_of(std::string_view url, std::string_view name) {
  const std::size_t question = url.find('?');
  std::string_view query = question == std::string_view::npos ? std::string_view() : url.substr(question + 1);
  query = query.substr(0, query.find('#'));
  for (const std::string_view part : split(query, '&')) {
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos && part.substr(0, equals) == name) {
      return part.substr(equals + 1);
    }
  }
  return {};
}

}  // namespace budgetcheck
