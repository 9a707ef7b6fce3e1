#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collect/text/line_parts.h"

namespace budgetcheck {

/// What the program itself wrote of a line that docker's json-file driver has wrapped
/// ({"log":"…\n","stream":"stdout","time":…}), or a part of it: lines of more than 16 KB come in several objects. Other
/// lines as they are. FileContent::kGuard readable bytes follow the text, as they must the line. `buffer` holds the
/// text where it is no part of the line, and is empty otherwise.
LinePart without_docker_wrapping(std::string_view line, std::string& buffer);

/// The text of the same, and of a JSON object that ends a line without what docker compose, pm2, kubectl, journald,
/// syslog or a container's runtime puts before it.
std::string_view unwrapped_line(std::string_view line, std::string& buffer);

/// The JSON object that ends a line behind such a prefix; the line itself where there is none.
std::string_view without_prefix(std::string_view line);

/// Whether unwrapped_line surely gives the line with which `text` begins as it is.
bool is_unwrapped(std::string_view text);

/// Unwraps line after line, and puts those together that a container's runtime cut.
class UnwrappedLines {
 public:
  /// Nothing while the end of the line is still to come. Valid until the next call; guarded as above.
  std::optional<std::string_view> next(std::string_view line);
  /// At the end: a line whose end did not come, as far as it goes; nothing when there is none, or none any more.
  std::optional<std::string_view> take_unended();
  /// Whether some lines were in parts.
  bool joined() const { return joined_; }

 private:
  std::optional<std::string_view> pass(const LinePart& whole);

  std::string buffer_;
  LineParts of_docker_;
  LineParts of_runtime_;
  bool joined_ = false;
};

/// Whether lines of a file that begins like this may come in parts, so that they must be read in their order.
bool may_come_in_parts(std::string_view head);

}  // namespace budgetcheck
