#include "collect/personal_data/input_search.h"

#include <fmt/format.h>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/personal_data/found_values.h"
#include "collect/personal_data/json_walk.h"
#include "collect/personal_data/line_search.h"
#include "collect/text/text_lines.h"
#include "json/lines/line_reader.h"

namespace budgetcheck {
namespace {

using personal::FoundValues;

constexpr std::size_t kHead = std::size_t{64} << 10;

/// Whether the file is one document: it begins like one, and its first line is not all of it.
bool begins_document(std::string_view bytes) {
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (bytes[first] != '{' && bytes[first] != '[')) {
    return false;
  }
  const std::size_t end = bytes.find('\n', first);
  if (end == std::string_view::npos || bytes.find_first_not_of(" \t\r\n", end) == std::string_view::npos) {
    return true;
  }
  json::NoEvents nothing;
  const std::string line(trim(bytes.substr(first, end - first)));
  return !json::parse_text("", line, nothing).has_value();
}

/// What curl -v prints has lines of both directions.
bool is_curls(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kHead);
  return head.find("\n> ") != std::string_view::npos && head.find("\n< ") != std::string_view::npos;
}

std::uint32_t look_at_lines(const FileContent& content, const personal::Search& search, FoundValues& found) {
  personal::LineSearch walk(search);
  if (is_curls(content.bytes())) {
    walk.expect_curl();
  }
  json::LineReader objects;
  std::uint32_t passed = 0;
  for (TextLines lines(content); lines.next();) {
    if (lines.too_long()) {
      ++passed;
      continue;
    }
    const std::string_view line = lines.line();
    walk.look(line, line.starts_with('{') && objects.read(line) ? &objects : nullptr, lines.number());
  }
  found = walk.take();
  return passed;
}

}  // namespace

bool can_be_searched(const std::string& path, const FileContent& content) {
  const std::string_view bytes = without_byte_order_mark(content.bytes());
  const std::string_view head = bytes.substr(0, kHead);
  if (trim(head).empty() || head.find('\0') != std::string_view::npos) {
    return false;
  }
  json::NoEvents nothing;
  return !begins_document(bytes) || json::parse(path, content, nothing).has_value();
}

void search_personal_data(const FileContent& content, std::string_view format, const PersonalDataSettings& settings,
                          Input& input, Facts& facts) {
  PersonalDataSettings own = settings;
  if (format == "curl") {  // who was asked, and no person
    own.ignore_fields.emplace_back("remote_ip");
  }
  const personal::Search search(own);
  FoundValues found;
  if (begins_document(without_byte_order_mark(content.bytes()))) {
    personal::Fields fields(search);
    personal::JsonWalk walk(search, fields, found);
    walk.begin_document(content);
    if (json::parse(input.path, content, walk)) {
      found.report(input, facts.personal);
      return;
    }
    found.clear();
  }
  const std::uint32_t passed = look_at_lines(content, search, found);
  if (passed > 0) {
    Account(input).incomplete(
        fmt::format("{} too long to look for personal data", counted(passed, "line is", "lines are")),
        "log less in one line");
  }
  found.report(input, facts.personal);
}

}  // namespace budgetcheck
