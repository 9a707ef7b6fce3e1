#include "collect/database/postgres_log.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "collect/database/postgres_statements.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"

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
      if (apart) {
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
  struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  enum class Into { kNothing, kText, kDetail };

  void read_line() {
    const std::string_view line = lines_.line();
    const Header header = header_of(line);
    if (header.severity.empty()) {
      if (line.empty() || trim(line).empty() || line.front() == '\t' || line.front() == ' ') {
        extend();
      } else {
        into_ = Into::kNothing;
        statements_.count_line();
        statements_.broken(lines_.number());
        cut_ = lines_.unended();
      }
      return;
    }
    statements_.count_line();
    const std::size_t at = lines_.begin() + static_cast<std::size_t>(header.text.data() - line.data());
    if (adds_to_message(header.severity)) {
      into_ = header.severity == "DETAIL" && open_ ? Into::kDetail : Into::kNothing;
      detail_ = into_ == Into::kDetail ? Part{at, lines_.end()} : detail_;
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
    text_ = {at, lines_.end()};
    detail_ = {};
    process_ = header.process;
    number_ = lines_.number();
    unended_ = lines_.unended();
  }

  void extend() {
    if (into_ == Into::kText) {
      text_.end = lines_.end();
    } else if (into_ == Into::kDetail) {
      detail_.end = lines_.end();
    }
    unended_ = lines_.unended();
  }

  void flush() {
    if (!open_) {
      return;
    }
    open_ = false;
    if (text_.end - text_.begin > TextLines::kMaxText) {
      statements_.broken(number_);
      return;
    }
    const std::string process(process_);
    statements_.add({lines_.between(text_.begin, text_.end), lines_.between(detail_.begin, detail_.end), process,
                     number_, !unended_});
  }

  TextLines lines_;
  PostgresStatements statements_;
  bool open_ = false;
  Into into_ = Into::kNothing;
  Part text_;
  Part detail_;
  std::string process_;
  std::uint32_t number_ = 0;
  bool unended_ = false;
  bool cut_ = false;
};

bool recognises(const Sniff& sniff) {
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    const Header header = header_of(lines.line());
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
