#include "collect/database/slow_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "collect/database/slow_log_plan.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kSniffLines = 200;
constexpr std::string_view kUser = "# User@Host: ";
constexpr std::string_view kTime = "# Time: ";
constexpr std::string_view kQueryTime = "# Query_time: ";
constexpr std::string_view kExplain = "# explain: ";
constexpr std::string_view kAdministrator = "# administrator command: ";

constexpr std::string_view kWhenEmpty =
    "log every statement while the application is under test: slow_query_log = 1, long_query_time = 0 (and with "
    "MariaDB "
    "log_slow_verbosity = 'query_plan,explain')";

/// The value of "name: value" in a line of them; empty when it is not there.
std::string_view value_of(std::string_view line, std::string_view name) {
  for (std::size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
    const std::size_t behind = at + name.size();
    if ((at == 0 || line[at - 1] == ' ') && line.substr(behind, 2) == ": ") {
      const std::string_view rest = line.substr(behind + 2);
      return rest.substr(0, rest.find_first_of(" \t\r"));
    }
  }
  return {};
}

double number_in(std::string_view line, std::string_view name) {
  const std::optional<double> value = parse_number(value_of(line, name));
  return value && *value >= 0 ? *value : -1;
}

/// "SET timestamp=1795416842;" and "use shop;", which the server writes before the statement.
bool is_preamble(std::string_view line) {
  if (!line.ends_with(';')) {
    return false;
  }
  return line.starts_with("use ") ||
         (line.starts_with("SET ") && line.find("timestamp=") != std::string_view::npos && line.size() < 200);
}

/// The lines that a server writes when it opens the log: "/usr/sbin/mysqld, Version: … started with:" and two more.
bool is_server_line(std::string_view line) {
  return line.ends_with(" started with:") || line.starts_with("Tcp port: ") || line.starts_with("TCP Port: ") ||
         (line.starts_with("Time ") && line.ends_with("Argument"));
}

constexpr LogForm kForm{"mysql-slow-log", LogWriter::kDatabase, "not a complete entry", "line", kWhenEmpty};

class SlowLog {
 public:
  SlowLog(const Source& source, const CollectContext& context) : lines_(*source.content), builder_(source, context) {
    builder_.written_by(Dialect::kMysql);
  }

  void read() {
    while (lines_.next()) {
      read_line();
    }
    end_entry(true);
  }

  void report(Input& input, Facts& facts) {
    if (cut_) {
      counts_.forget_last_broken();
    }
    Account account(input);
    builder_.describe(kForm, counts_, account);
    if (cut_) {
      account.incomplete("it ends in the middle of an entry", "copy the complete log, after the statements have ended");
    }
    if (broken_plans_ > 0) {
      account.incomplete(fmt::format("{} {} not written with TABs as MariaDB does, and could not be read",
                                     counted(broken_plans_, "plan"), broken_plans_ == 1 ? "is" : "are"),
                         "keep the log as the server writes it: editors and collectors may turn TABs into spaces");
    }
    builder_.report(kForm, account, facts);
  }

 private:
  enum class In { kNothing, kHeader, kStatement };

  bool statement_ended() const {
    std::string_view text = lines_.between(begin_, end_);
    return trim(text.substr(text.size() - std::min<std::size_t>(text.size(), 64))).ends_with(';');
  }

  void read_line() {
    const std::string_view line = lines_.line();
    if (in_ == In::kStatement) {
      const bool next = line.starts_with(kUser) || line.starts_with(kTime) || is_server_line(line);
      // A text of the statement may hold such a line too, so it must have ended.
      if (!next || (!statement_ended() && !is_new_entry(line))) {
        end_ = lines_.end();
        return;
      }
      end_entry(false);
    }
    if (line.empty()) {
      return;
    }
    if (line.front() == '#') {
      read_header(line);
    } else if (in_ == In::kHeader && !is_preamble(line) && !is_server_line(line)) {
      in_ = In::kStatement;
      begin_ = lines_.begin();
      end_ = lines_.end();
      number_ = lines_.number();
    } else if (in_ == In::kNothing && !is_preamble(line) && !is_server_line(line)) {
      broken(lines_.number());
    }
  }

  /// Surely no part of a text: a server that died left the statement before it unended.
  static bool is_new_entry(std::string_view line) {
    return line.starts_with(kUser) && line.find(" @ ") != std::string_view::npos;
  }

  void read_header(std::string_view line) {
    if (line.starts_with(kUser) || line.starts_with(kTime)) {
      end_header();
      in_ = In::kNothing;
      plan_.clear();
      // Only the user's line begins an entry; the time stands before it.
      if (line.starts_with(kUser)) {
        start();
      }
      return;
    }
    if (in_ == In::kNothing) {
      start();
    }
    if (line.starts_with(kQueryTime)) {
      const double seconds = number_in(line, "Query_time");
      constexpr double kMilliseconds = 1000;
      timed_ = true;
      duration_ms_ = seconds < 0 ? -1 : seconds * kMilliseconds;
      sent_ = number_in(line, "Rows_sent");
      examined_ = number_in(line, "Rows_examined");
    } else if (line.starts_with(kExplain)) {
      plan_.add(line.substr(kExplain.size()));
    } else if (line.starts_with(kAdministrator)) {
      ++counts_.read;
      in_ = In::kNothing;
    }
  }

  void start() {
    in_ = In::kHeader;
    header_ = lines_.number();
    timed_ = false;
    duration_ms_ = -1;
    sent_ = -1;
    examined_ = -1;
  }

  /// A header that no statement follows.
  void end_header() {
    if (in_ == In::kHeader) {
      broken(header_);
    }
  }

  void broken(std::uint32_t line) {
    ++counts_.read;
    counts_.add_broken(line);
  }

  void end_entry(bool last) {
    if (in_ != In::kStatement) {
      // The file may end with the time of an entry to come.
      cut_ = cut_ || (last && in_ == In::kHeader);
      if (last) {
        end_header();
      }
      return;
    }
    in_ = In::kNothing;
    const bool whole = statement_ended() && timed_ && end_ - begin_ <= TextLines::kMaxText;
    if (!whole) {
      broken(number_);
      cut_ = cut_ || last;
      return;
    }
    ++counts_.read;
    std::string_view sql = trim(lines_.between(begin_, end_));
    sql.remove_suffix(1);
    LogRecord record;
    record.query = sql;
    record.duration_ms = duration_ms_;
    record.rows_read = examined_;
    record.plain = true;
    const std::uint32_t shape = builder_.add(record, number_);
    broken_plans_ += plan_.broken() ? 1U : 0U;
    if (shape != QueryLogBuilder::kNoStatement && !plan_.broken()) {
      CapturedPlan plan;
      plan.shape = shape;
      plan.accesses = plan_.accesses();
      if (plan.accesses.size() == 1 && plan.accesses.front().rows_read < 0) {
        plan.accesses.front().rows_read = examined_;
      }
      plan.rows_examined = examined_;
      plan.rows_sent = sent_;
      plan.location.line = number_;
      builder_.add_plan(std::move(plan));
    }
  }

  TextLines lines_;
  QueryLogBuilder builder_;
  LineCounts counts_;
  SlowLogPlan plan_;
  In in_ = In::kNothing;
  std::uint32_t header_ = 0;
  bool timed_ = false;
  double duration_ms_ = -1;
  double sent_ = -1;
  double examined_ = -1;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint32_t number_ = 0;
  bool cut_ = false;
  std::uint64_t broken_plans_ = 0;
};

bool recognises(const Sniff& sniff) {
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    const std::string_view line = lines.line();
    if (line.starts_with(kQueryTime) && !value_of(line, "Rows_examined").empty()) {
      return true;
    }
    if (line.starts_with(kUser) && line.find(" @ ") != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  SlowLog log(source, context);
  log.read();
  log.report(input, facts);
  return {};
}

}  // namespace

Format slow_log_format() {
  Format format{"mysql-slow-log", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds};
  format.is_given_as = "a slow-query log";
  format.looks_like = {"# Query_time", "# User@Host", "# Time:"};
  format.page =
      "The slow query log of MySQL and MariaDB (`log_output = FILE`, `long_query_time = 0`). `schema: "
      "prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  return format;
}

}  // namespace budgetcheck
