#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "baseline/git_program.h"
#include "report/format.h"
#include "report/formats/comment.h"
#include "report/formats/markdown_problems.h"
#include "report/load/load_rows.h"
#include "report/queues/queue_rows.h"
#include "report/traces/traces.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/kept_words.h"
#include "report/words/markdown_body.h"
#include "report/words/markup.h"
#include "report/words/order.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

// What the table may not take from the problems, and neither from the list of what passed; less of a small text.
std::size_t for_problems(const MarkdownBody& body) { return std::min<std::size_t>(20'000, body.limit() / 3); }
std::size_t for_passed(const MarkdownBody& body) { return std::min<std::size_t>(4'000, body.limit() / 10); }

constexpr std::size_t kLongestNote = 300;
constexpr std::string_view kTableHead =
    "| status | budget | base | now | delta | limit | headroom |\n|---|---|---:|---:|---:|---:|---:|\n";

bool has_changed(const Verdict& verdict) {
  const std::string delta = numbers(verdict).delta;
  return !delta.empty() && delta != "no change";
}

class MarkdownReport {
 public:
  explicit MarkdownReport(const Report& report)
      : report_(report),
        verdicts_(worst_first(report.verdicts)),
        findings_(worst_first(report.findings)),
        groups_(problem_groups(report)) {}

  /// All but the title, in at most `limit` bytes (some 10 kB at least).
  std::string details(std::size_t limit) const {
    const std::string footer = this->footer();
    MarkdownBody body(limit - std::min(limit, footer.size()));
    problems(body);
    gate(body);
    table(body);
    what_broke(body);
    inputs(body);
    traces(body);
    loads(body);
    queues(body);
    passed(body);
    body.add(footer);
    return body.take();
  }

 private:
  void problems(MarkdownBody& body) const {
    std::vector<std::string> rows;
    for (const Error& problem : report_.problems) {
      std::string row = "- ❌ " +
                        (problem.location.file.empty() ? "" : markdown_code(to_string(problem.location)) + " ") +
                        markdown_text(problem.message);
      row += problem.hint.empty() ? "" : ". " + markdown_text(problem.hint);
      rows.push_back(row + "\n");
    }
    if (!rows.empty()) {
      body.rows(rows, for_problems(body) * 2, "problem", "\n");
    }
  }

  static std::string budget_cell(const Verdict& v) {
    const std::string where = to_string(v.where);
    std::string out = markdown_code(budget_words(v), 100);
    // An id that was derived from metric and labels says both already.
    if (!where.empty() && v.budget.find('{') == std::string::npos) {
      out += "<br>" + markdown_code(where, 100);
    }
    return out;
  }

  static std::string table_row(const Verdict& v) {
    const Numbers n = numbers(v);
    const std::string limit = n.limit.empty() ? "" : (v.limit_is_min ? "≥ " : "≤ ") + n.limit;
    const std::string headroom = n.headroom.empty() ? "" : (n.over ? "−" : "") + n.headroom;
    std::string out = "|";
    for (const std::string& cell : {markdown_status(gravity(v), status_word(v.status)), budget_cell(v), n.base, n.value,
                                    n.delta, limit, headroom}) {
      out += " " + cell + " |";
    }
    return out + "\n";
  }

  /// What the numbers do not say, and the next step.
  static std::string explanation(const Verdict& v) {
    std::string out = fmt::format("- {}: {}", markdown_code(budget_words(v), 100), markdown_text(message_words(v)));
    const std::string step = next_step(v);
    out += step.empty() ? "" : ". **Do:** " + markdown_text(step);
    out += v.why.empty() ? "" : " **Why:** " + markdown_text(v.why);
    out += v.owner.empty() ? "" : " **Owner:** " + markdown_code(v.owner);
    out += v.location.file.empty() ? "" : " (" + markdown_code(to_string(v.location)) + ")";
    out += "\n";
    for (const std::string& line : cause_lines(v)) {
      out += "  - " + markdown_text(line) + "\n";
    }
    return out;
  }

  /// Of what passed and still grew: which parts it grew by.
  static std::string growth(const Verdict& v) {
    std::string out = fmt::format("- {} grew:\n", markdown_code(budget_words(v), 100));
    for (const std::string& line : cause_lines(v)) {
      out += "  - " + markdown_text(line) + "\n";
    }
    return out;
  }

  void gate(MarkdownBody& body) const {
    std::vector<std::string> rows;
    for (const Verdict* v : gate_verdicts(report_.verdicts)) {
      rows.push_back("- " + markdown_status(gravity(*v), status_word(v->status)) + explanation(*v).substr(1));
    }
    for (const std::string& clause : report_.gate) {
      rows.push_back("- " + markdown_text(clause, kLongestNote) + "\n");
    }
    if (!rows.empty()) {
      body.add(fmt::format("#### {}\n\n", kGateHeading));
      body.rows(rows, for_problems(body) * 2, "alteration", "\n");
    }
  }

  void table(MarkdownBody& body) const {
    std::vector<std::string> rows;
    std::vector<std::string> grown;
    for (const Verdict* v : verdicts_) {
      if (is_on_gate(*v)) {
        continue;
      }
      if (v->status != Status::kPass || has_changed(*v)) {
        rows.push_back(table_row(*v));
      }
      if (v->status == Status::kPass && !cause_lines(*v).empty()) {
        grown.push_back(growth(*v));
      }
    }
    if (rows.empty()) {
      return;
    }
    const std::size_t after = for_passed(body) + (groups_.empty() ? 0 : for_problems(body) * 2);
    body.add(kTableHead);
    body.rows(rows, after, "row", "\n");
    if (!grown.empty()) {
      body.rows(grown, after, "explanation", "\n");
    }
  }

  /// One item for each cause, whatever it breaks.
  void what_broke(MarkdownBody& body) const {
    std::vector<std::string> open;
    std::vector<std::string> closed;
    for (const Group& group : groups_) {
      (group.gravity <= Gravity::kWarns ? open : closed).push_back(markdown_problem(group, report_.rules));
    }
    for (const Finding* f : findings_) {
      if (const Gravity g = gravity(*f); g == Gravity::kKnown || g == Gravity::kWaived) {
        closed.push_back(markdown_problem({g, {}, {f}, false}, report_.rules));
      }
    }
    if (!open.empty()) {
      body.add("#### What to do\n\n");
      body.rows(open, for_passed(body), "problem", "\n");
    }
    details(body, "Known, waived and minor findings", closed, for_passed(body), "finding");
  }

  void inputs(MarkdownBody& body) const {
    std::vector<std::string> rows;
    for (const Input& input : report_.inputs) {
      if (input.state != InputState::kRead) {
        std::string row = "- " + markdown_code(input.path) + ": " + markdown_text(input_words(input));
        row += input.hint.empty() ? "" : ". **Do:** " + markdown_text(input.hint);
        rows.push_back(row + "\n");
      }
    }
    if (!rows.empty()) {
      body.add("#### Inputs that were not fully read\n\n");
      body.rows(rows, 0, "input", "\n");
    }
  }

  static void details(MarkdownBody& body, std::string_view title, const std::vector<std::string>& rows,
                      std::size_t reserve, std::string_view what, std::string_view head = {}) {
    constexpr std::size_t kForFrame = 200;
    if (rows.empty() || body.size() + reserve + kForFrame + head.size() + kForRemark > body.limit()) {
      return;
    }
    body.add(fmt::format("<details><summary>{} ({})</summary>\n\n", title, rows.size()));
    body.add(head);
    body.rows(rows, reserve, what, "\n</details>\n\n");
  }

  /// Only where something of traces is judged or found: who has other budgets did not ask.
  void traces(MarkdownBody& body) const {
    const bool judged = std::any_of(verdicts_.begin(), verdicts_.end(),
                                    [](const Verdict* v) { return v->metric.starts_with("trace."); });
    const bool found = std::any_of(findings_.begin(), findings_.end(), [](const Finding* f) {
      const auto& details = f->evidence.details;
      return std::any_of(details.begin(), details.end(), [](const auto& detail) { return detail.first == "trace"; });
    });
    if (!judged && !found) {
      return;
    }
    constexpr std::size_t kMostRoutes = 10;
    std::vector<std::string> rows;
    for (const RouteTraffic& route : route_traffic(report_.samples)) {
      rows.push_back(fmt::format("| {} {} | {} | {} | {} | {} | {} |\n", markdown_code(route.route, 80),
                                 markdown_text(route.service, 40), route.requests, time_words(route.p50),
                                 time_words(route.p95), format_rounded(route.db_calls, 1), time_words(route.db_time)));
      if (rows.size() == kMostRoutes) {
        break;
      }
    }
    details(body, "Slowest routes of the traces", rows, for_passed(body), "route",
            "| route | requests | p50 | p95 | database calls | database time |\n|---|---:|---:|---:|---:|---:|\n");
  }

  /// Only where something of load tests is judged or found.
  void loads(MarkdownBody& body) const {
    const bool judged = std::any_of(verdicts_.begin(), verdicts_.end(),
                                    [](const Verdict* v) { return v->metric.starts_with("load."); });
    const bool found =
        std::any_of(findings_.begin(), findings_.end(), [](const Finding* f) { return f->rule.starts_with("limit-"); });
    if (!judged && !found) {
      return;
    }
    constexpr std::size_t kMostRows = 10;
    std::vector<std::string> rows;
    for (const LoadRow& row : load_rows(report_.samples, report_.base_samples)) {
      std::string line = "| " + markdown_code(load_name(row), 80) + " |";
      for (const std::string& cell : load_cells(row)) {
        line += " " + markdown_text(cell) + " |";
      }
      rows.push_back(line + "\n");
      if (rows.size() == kMostRows) {
        break;
      }
    }
    std::string head = "| test |";
    std::string rule = "|---|";
    for (const std::string_view name : load_heads()) {
      head += " " + std::string(name) + " |";
      rule += "---:|";
    }
    details(body, "Load tests", rows, for_passed(body), "row", head + "\n" + rule + "\n");
  }

  /// Only where something of queues is judged or found.
  void queues(MarkdownBody& body) const {
    const bool judged = std::any_of(verdicts_.begin(), verdicts_.end(),
                                    [](const Verdict* v) { return v->metric.starts_with("queue."); });
    const bool found =
        std::any_of(findings_.begin(), findings_.end(), [](const Finding* f) { return f->rule.starts_with("queue-"); });
    if (!judged && !found) {
      return;
    }
    constexpr std::size_t kMostQueues = 10;
    std::vector<std::string> rows;
    for (const QueueRow& row : queue_rows(report_.samples)) {
      std::string line = "| " + markdown_code(row.queue, 80) + " " + markdown_text(row.service, 40) + " |";
      for (const std::string& cell : queue_cells(row)) {
        line += " " + markdown_text(cell) + " |";
      }
      rows.push_back(line + "\n");
      if (rows.size() == kMostQueues) {
        break;
      }
    }
    std::string head = "| queue |";
    std::string rule = "|---|";
    for (const std::string_view name : queue_heads()) {
      head += " " + std::string(name) + " |";
      rule += "---:|";
    }
    details(body, "Queues", rows, for_passed(body), "queue", head + "\n" + rule + "\n");
  }

  void passed(MarkdownBody& body) const {
    std::vector<std::string> rows;
    for (const Verdict* v : verdicts_) {
      if (v->status == Status::kPass && !has_changed(*v) && !is_on_gate(*v)) {
        rows.push_back(table_row(*v));
      }
    }
    details(body, "Within budget, unchanged", rows, 0, "row", kTableHead);
  }

  std::string footer() const {
    std::string out = markdown_text(base_words(report_.base)) + "\n\n";
    constexpr std::size_t kMostNotes = 20;
    constexpr std::size_t kForNotes = 12'000;
    std::size_t shown = 0;
    for (; shown < std::min(report_.notes.size(), kMostNotes); ++shown) {
      const std::string line = "- " + markdown_text(report_.notes[shown], kLongestNote) + "\n";
      if (out.size() + line.size() > kForNotes) {
        break;
      }
      out += line;
    }
    if (shown < report_.notes.size()) {
      out += fmt::format("- …and {} more\n", counted(report_.notes.size() - shown, "note"));
    }
    if (report_.unbudgeted > 0) {
      out += fmt::format("- {} no budget\n", counted(report_.unbudgeted, "measurement has", "measurements have"));
    }
    if (!report_.notes.empty() || report_.unbudgeted > 0) {
      out += "\n";
    }
    const std::string file = report_.budgets_path.empty() ? "budgets.yml" : report_.budgets_path;
    out += "<details><summary>How to reproduce this, and how to raise a budget</summary>\n\n";
    out += fmt::format("- Reproduce: run {} on the same inputs.\n",
                       markdown_code("budgetcheck check" + budgets_option() + base_option()));
    out += fmt::format("- Raise a budget: {} writes its new limit into {}, with `raised: {{ reason: …, owner: … }}`.\n",
                       markdown_code("budgetcheck update ID --reason TEXT --owner NAME"), markdown_code(file));
    out += "\n</details>\n";
    return out;
  }

  std::string budgets_option() const {
    return report_.budgets_path.empty() ? "" : " --budgets " + shell_word(name_text(report_.budgets_path));
  }
  std::string base_option() const {
    return report_.base.kind == "none" || report_.base.commit.empty()
               ? ""
               : " --base " + shell_word(name_text(report_.base.commit));
  }

  const Report& report_;
  std::vector<const Verdict*> verdicts_;
  std::vector<const Finding*> findings_;
  std::vector<Group> groups_;
};

}  // namespace

std::string app_name(const Report& report) { return report.app.empty() ? report.project : report.app; }

std::string_view outcome_symbol(const Report& report) {
  return report.outcome == Outcome::kPass ? "✅" : report.outcome == Outcome::kInconclusive ? "❓" : "❌";
}

std::string markdown_title(const Report& report) {
  const Tally t = tally(report);
  const std::string app = app_name(report).empty() ? "" : " " + markdown_code(app_name(report));
  const std::string improved = t.improved > 0 ? fmt::format(", {} improved", t.improved) : "";
  return fmt::format("### {} budgetcheck{}: {}, {}{}\n\n", outcome_symbol(report), app, lower(outcome_word(report)),
                     counts_words(report), improved);
}

std::string markdown_details(const Report& report, std::size_t limit) { return MarkdownReport(report).details(limit); }

std::string render_markdown(const Report& report, const Rendering& /*rendering*/) {
  const std::string head = comment_marker(app_name(report), {}) + "\n" + markdown_title(report);
  return head + markdown_details(report, kMostCommentBytes - head.size());
}

}  // namespace budgetcheck
