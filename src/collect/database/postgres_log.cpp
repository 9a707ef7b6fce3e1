#include "collect/database/postgres_log.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/database/postgres_statements.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/envelope.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"
#include "collect/text/transport_prefix.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kSniffLines = 200;
/// A log_line_prefix is not longer.
constexpr std::size_t kMaxPrefix = 1024;

/// "2026-11-23 06:53:58.972 UTC [31213] LOG:  duration: …" in its parts.
struct Header {
  std::string_view severity;  ///< empty: the line is not a header
  std::string_view text;
  std::string_view process;
};

constexpr std::array<std::string_view, 18> kSeverities{
    "LOG",    "DETAIL", "STATEMENT", "CONTEXT", "HINT",   "QUERY",  "LOCATION", "ERROR",  "WARNING",
    "NOTICE", "INFO",   "FATAL",     "PANIC",   "DEBUG1", "DEBUG2", "DEBUG3",   "DEBUG4", "DEBUG5"};

/// "[31213]" of a prefix.
std::string_view process_of(std::string_view prefix) {
  for (std::size_t open = prefix.find('['); open != std::string_view::npos; open = prefix.find('[', open + 1)) {
    const std::size_t end = prefix.find_first_not_of("0123456789", open + 1);
    if (end != std::string_view::npos && end > open + 1 && (prefix[end] == ']' || prefix[end] == '-')) {
      return prefix.substr(open + 1, end - open - 1);
    }
  }
  return {};
}

/// "00000", the state that %e writes, perhaps with nothing behind it.
bool ends_with_state(std::string_view prefix) {
  constexpr std::size_t kState = 5;
  const std::string_view state = prefix.substr(prefix.size() - std::min(prefix.size(), kState));
  const bool alone = prefix.size() == kState || (prefix.size() > kState && prefix[prefix.size() - kState - 1] == ' ');
  return alone && state.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos &&
         state.find_first_of("0123456789") != std::string_view::npos;
}

Header header_of(std::string_view line) {
  if (line.empty() || line.front() == '\t' || line.front() == ' ') {
    return {};
  }
  const std::string_view front = line.substr(0, kMaxPrefix);
  constexpr std::string_view kColon = ":  ";
  for (std::size_t at = front.find(kColon); at != std::string_view::npos; at = front.find(kColon, at + 1)) {
    const std::string_view before = front.substr(0, at);
    for (const std::string_view severity : kSeverities) {
      if (!before.ends_with(severity)) {
        continue;
      }
      const std::string_view prefix = before.substr(0, before.size() - severity.size());
      const bool apart =
          prefix.empty() || std::string_view(" \t]):|,;>-").find(prefix.back()) != std::string_view::npos;
      if (apart || ends_with_state(prefix)) {
        return {severity, line.substr(at + kColon.size()), process_of(prefix)};
      }
    }
  }
  return {};
}

/// Belongs to the message before it.
bool adds_to_message(std::string_view severity) {
  return severity == "DETAIL" || severity == "HINT" || severity == "CONTEXT" || severity == "QUERY" ||
         severity == "STATEMENT" || severity == "LOCATION";
}

/// A line as the server wrote it: without what a container's runtime put before it, out of the object that a platform
/// wrapped it in.
class ServerLine {
 public:
  /// FileContent::kGuard readable bytes follow `line`.
  void read(std::string_view line) {
    wrapped = false;
    stream.clear();
    text = line;
    if (trim(line).starts_with('{') && json::read_line_fields(line, fields_)) {
      const json::LineField* message = message_of(fields_);
      buffer_.clear();
      if (message != nullptr && json::unescape(message->raw, buffer_)) {
        text = buffer_;
        text.remove_suffix(text.ends_with('\n') ? 1 : 0);
        wrapped = true;
      }
    }
    Transported sent = without_transport(text);
    if (sent.text.size() < text.size()) {
      text = sent.text;
      stream = std::move(sent.stream);
      wrapped = true;
    }
  }

  std::string_view text;  ///< may be several lines, when it is wrapped
  std::string stream;     ///< which container wrote it; empty: the line does not say
  bool wrapped = false;   ///< `text` is not the whole line

 private:
  std::vector<json::LineField> fields_;
  std::string buffer_;
};

/// A part of a message: a piece of the file or, of lines that are wrapped, a copy of what stood in them.
struct MessagePart {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string copy;
  bool is_copy = false;

  std::size_t size() const { return is_copy ? copy.size() : end - begin; }
};

class ServerLog {
 public:
  ServerLog(const Source& source, const CollectContext& context)
      : lines_(*source.content), statements_(source, context) {}

  void read() {
    while (lines_.next()) {
      read_line();
    }
    flush();
  }

  void report(Input& input, Facts& facts) { statements_.report("postgres-log", cut_, input, facts); }

 private:
  enum class Into { kNothing, kText, kDetail };

  void read_line() {
    line_.read(lines_.line());
    const std::string_view line = line_.text;
    const Header header = header_of(line);
    if (header.severity.empty()) {
      const bool others = !line_.stream.empty() && line_.stream != stream_;
      if (line.empty() || trim(line).empty() || line.front() == '\t' || line.front() == ' ') {
        if (!others) {
          extend();
        }
      } else if (!others && !(line_.wrapped && stream_.empty())) {
        into_ = Into::kNothing;
        statements_.count_line();
        statements_.broken(lines_.number());
        cut_ = lines_.unended();
      }
      return;
    }
    statements_.count_line();
    stream_ = line_.stream;
    if (adds_to_message(header.severity)) {
      into_ = header.severity == "DETAIL" && open_ ? Into::kDetail : Into::kNothing;
      if (into_ == Into::kDetail) {
        detail_ = part_of(header.text);
      }
      unended_ = lines_.unended();
      return;
    }
    flush();
    if (header.severity != "LOG") {
      into_ = Into::kNothing;
      return;
    }
    open_ = true;
    into_ = Into::kText;
    text_ = part_of(header.text);
    detail_ = {};
    process_ = header.process;
    number_ = lines_.number();
    unended_ = lines_.unended();
  }

  MessagePart part_of(std::string_view text) const {
    MessagePart part;
    part.is_copy = line_.wrapped;
    if (part.is_copy) {
      part.copy = text;
    } else {
      part.begin = lines_.begin() + static_cast<std::size_t>(text.data() - lines_.line().data());
      part.end = lines_.end();
    }
    return part;
  }

  void extend() {
    if (into_ != Into::kNothing) {
      MessagePart& part = into_ == Into::kText ? text_ : detail_;
      part.end = lines_.end();
      if (part.is_copy && part.copy.size() <= TextLines::kMaxText) {
        part.copy += '\n';
        part.copy += line_.text;
      }
    }
    unended_ = lines_.unended();
  }

  void flush() {
    if (!open_) {
      return;
    }
    open_ = false;
    if (text_.size() > TextLines::kMaxText) {
      statements_.broken(number_);
      return;
    }
    const std::string process(process_);
    statements_.add({view_of(text_), view_of(detail_), process, number_, !unended_});
  }

  std::string_view view_of(const MessagePart& part) const {
    return part.is_copy ? std::string_view(part.copy) : lines_.between(part.begin, part.end);
  }

  TextLines lines_;
  PostgresStatements statements_;
  ServerLine line_;
  bool open_ = false;
  Into into_ = Into::kNothing;
  MessagePart text_;
  MessagePart detail_;
  std::string process_;
  std::string stream_;  ///< that the last message came from
  std::uint32_t number_ = 0;
  bool unended_ = false;
  bool cut_ = false;
};

bool recognises(const Sniff& sniff) {
  ServerLine line;
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    line.read(lines.guarded());
    const Header header = header_of(line.text);
    if (header.severity == "LOG" && is_postgres_message(header.text)) {
      return true;
    }
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  ServerLog log(source, context);
  log.read();
  log.report(input, facts);
  return {};
}

}  // namespace

Format postgres_log_format() {
  Format format{"postgres-log", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds, FactKind::kAccessPaths};
  format.is_given_as = "PostgreSQL's log with auto_explain";
  format.looks_like = {"LOG:", "STATEMENT:", "ERROR:", "duration: "};
  format.page =
      "A PostgreSQL server's log with any `log_line_prefix`: `log_min_duration_statement = 0`, and auto_explain for "
      "plans. `schema: prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  return format;
}

}  // namespace budgetcheck
