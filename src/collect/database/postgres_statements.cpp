#include "collect/database/postgres_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/database/postgres_plan.h"

namespace budgetcheck {

namespace {

constexpr std::size_t kMaxPending = 64;
/// A longer statement is not held back for a second message.
constexpr std::size_t kMaxHeld = std::size_t{256} << 10;
constexpr std::string_view kDuration = "duration: ";
constexpr std::string_view kExecute = "execute ";
constexpr std::string_view kStatement = "statement: ";

constexpr std::string_view kWhenEmpty =
    "let PostgreSQL log its plans: shared_preload_libraries = 'auto_explain', auto_explain.log_min_duration = 0, "
    "auto_explain.log_format = json; or its statements: log_min_duration_statement = 0";

bool opens_yaml(std::string_view body) {
  return body.find("\nPlan:") != std::string_view::npos || body.find("\n\tPlan:") != std::string_view::npos;
}

/// Text or parentheses are still open where it ends.
bool breaks_off(std::string_view sql) {
  char quote = '\0';
  std::int64_t depth = 0;
  for (const char c : sql) {
    if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
  }
  return quote != '\0' || depth > 0;
}

}  // namespace

bool is_postgres_message(std::string_view text) {
  for (const std::string_view begin :
       {kDuration, kStatement, kExecute, std::string_view("starting PostgreSQL "), std::string_view("listening on "),
        std::string_view("database system "), std::string_view("connection received: "),
        std::string_view("connection authorized: "), std::string_view("disconnection: "),
        std::string_view("checkpoint "), std::string_view("automatic vacuum "),
        std::string_view("automatic analyze ")}) {
    if (text.starts_with(begin)) {
      return true;
    }
  }
  return false;
}

PostgresStatements::PostgresStatements(const Source& source, const CollectContext& context)
    : builder_(source, context) {
  builder_.written_by(Dialect::kPostgres);
}

void PostgresStatements::broken(std::uint32_t line) { lines_.add_broken(line); }

void PostgresStatements::add(const PostgresMessage& message) {
  last_line_ = message.line;
  std::string_view text = message.text;
  double duration_ms = -1;
  if (text.starts_with(kDuration)) {
    text.remove_prefix(kDuration.size());
    const std::size_t end = text.find(" ms");
    const std::optional<double> value =
        end == std::string_view::npos ? std::nullopt : parse_number(text.substr(0, end));
    if (!value || *value < 0) {
      broken(message.line);
      return;
    }
    duration_ms = *value;
    text = text.substr(end + 3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    constexpr std::string_view kPlan = "plan:";
    if (text.starts_with(kPlan)) {
      add_plan(message, text.substr(kPlan.size()), duration_ms);
      return;
    }
    if (text.empty()) {
      add_duration(message, duration_ms);
      return;
    }
  }
  if (text.starts_with(kStatement)) {
    add_statement(message, text.substr(kStatement.size()), duration_ms);
  } else if (text.starts_with(kExecute) && !text.starts_with("execute fetch from ")) {
    const std::size_t colon = text.find(": ");
    if (colon != std::string_view::npos) {
      add_statement(message, text.substr(colon + 2), duration_ms);
    }
  }
}

void PostgresStatements::add_plan(const PostgresMessage& message, std::string_view body, double duration_ms) {
  body.remove_prefix(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
  LoggedPlan logged;
  bool whole = false;
  if (body.starts_with('{') || body.starts_with('[')) {
    whole = read_json_plan(std::string(body), logged);
  } else if (body.starts_with('<')) {
    ++unsupported_;
    return;
  } else {
    whole = read_text_plan(body, message.ended, logged);
    if (!whole && opens_yaml(body)) {
      ++unsupported_;
      return;
    }
  }
  if (!whole) {
    broken(message.line);
    last_cut_ = message.line;
    return;
  }
  ++plans_;
  deep_ += logged.deep ? 1U : 0U;
  Pending pending;
  pending.process = message.process;
  pending.query = std::move(logged.query);
  pending.parameters = parameter_list(logged.parameters);
  pending.duration_ms = duration_ms;
  pending.has_plan = true;
  pending.line = message.line;
  pending.plan.location.line = message.line;
  pending.plan.accesses = accesses_of(logged.nodes);
  const PlanNode& top = logged.nodes.front();
  pending.plan.rows_examined = logged.deep || top.actual_rows < 0 ? -1 : rows_read_by(pending.plan.accesses);
  pending.plan.rows_sent = top.actual_rows < 0 ? -1 : top.actual_rows * std::max(top.loops, 0.0);
  hold(std::move(pending));
}

void PostgresStatements::add_statement(const PostgresMessage& message, std::string_view text, double duration_ms) {
  if (!message.ended && breaks_off(text)) {
    broken(message.line);
    last_cut_ = message.line;
    return;
  }
  Pending pending;
  pending.process = message.process;
  pending.query = text;
  std::string_view detail = message.detail;
  for (const std::string_view begin : {"parameters: ", "Parameters: "}) {
    if (detail.starts_with(begin)) {
      pending.parameters = parameter_list(detail.substr(begin.size()));
    }
  }
  pending.duration_ms = duration_ms;
  pending.line = message.line;
  hold(std::move(pending));
}

/// log_duration says how long what was logged before took.
void PostgresStatements::add_duration(const PostgresMessage& message, double duration_ms) {
  for (Pending& pending : pending_) {
    if (pending.process == message.process && pending.duration_ms < 0) {
      pending.duration_ms = duration_ms;
    }
  }
}

void PostgresStatements::hold(Pending pending) {
  const auto same =
      std::find_if(pending_.begin(), pending_.end(), [&](const Pending& p) { return p.process == pending.process; });
  if (same != pending_.end()) {
    if (same->has_plan != pending.has_plan && same->query == pending.query) {
      same->parameters = same->parameters.empty() ? std::move(pending.parameters) : std::move(same->parameters);
      same->duration_ms = same->duration_ms < 0 ? pending.duration_ms : same->duration_ms;
      same->plan = pending.has_plan ? std::move(pending.plan) : std::move(same->plan);
      same->has_plan = true;
      emit(*same);
      pending_.erase(same);
      return;
    }
    emit(*same);
    pending_.erase(same);
  }
  if (pending.query.size() > kMaxHeld) {
    emit(pending);
    return;
  }
  if (pending_.size() >= kMaxPending) {
    emit(pending_.front());
    pending_.pop_front();
  }
  pending_.push_back(std::move(pending));
}

void PostgresStatements::emit(Pending& pending) {
  LogRecord record;
  record.query = pending.query;
  record.params = pending.parameters;
  record.duration_ms = pending.duration_ms;
  record.rows_read = pending.has_plan ? pending.plan.rows_examined : -1;
  record.plain = true;
  record.session = pending.process;
  pending.plan.shape = builder_.add(record, pending.line);
  if (pending.has_plan && pending.plan.shape != QueryLogBuilder::kNoStatement) {
    builder_.add_plan(std::move(pending.plan));
  }
}

void PostgresStatements::report(std::string_view form, bool cut, Input& input, Facts& facts) {
  for (Pending& pending : pending_) {
    emit(pending);
  }
  pending_.clear();
  const bool breaks_off = cut || (last_cut_ != 0 && last_cut_ == last_line_);
  if (breaks_off) {
    lines_.forget_last_broken();
  }
  const LogForm log{form, LogWriter::kDatabase, "not a complete message of PostgreSQL", "line", kWhenEmpty};
  Account account(input);
  builder_.describe(log, lines_, account);
  if (unsupported_ > 0) {
    account.incomplete(fmt::format("{} {} in YAML or XML, which is not read", counted(unsupported_, "plan"),
                                   unsupported_ == 1 ? "is" : "are"),
                       "set auto_explain.log_format = json");
  }
  if (deep_ > 0) {
    account.incomplete(
        fmt::format("{} {} more than {} steps or {} levels, and the rest of {} was not read", counted(deep_, "plan"),
                    deep_ == 1 ? "has" : "have", kMaxPlanNodes, kMaxPlanDepth, deep_ == 1 ? "it" : "them"),
        "");
  }
  if (breaks_off) {
    account.incomplete("it ends in the middle of a message", "copy the complete log, after the statements have ended");
  }
  builder_.report(log, account, facts);
}

}  // namespace budgetcheck
