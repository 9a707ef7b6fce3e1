#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/text/log_text.h"
#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/order.h"
#include "report/words/paths.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

// tinyxml2 writes control characters and malformed UTF-8 as they are, which no XML reader accepts. Everything below
// goes through printable() (by way of words/printable.h), which leaves XML 1.0 characters only and no line break; line
// breaks stand between lines of an element's text, never in an attribute.

enum class Result { kPassed, kFailure, kError, kSkipped };

struct TestCase {
  std::string classname;
  std::string name;
  std::string file;
  std::uint32_t line = 0;
  Result result = Result::kPassed;
  std::string type;     ///< a verdict code or a rule
  std::string message;  ///< one line
  std::string text;     ///< lines
  std::string output;   ///< shown for a passing one too
};

struct Suite {
  std::vector<TestCase> cases;
  std::set<std::string> names;                ///< classname and name: readers keep one case of each
  std::map<std::string, std::size_t> copies;  ///< other cases that wanted the same name
};

std::string lines(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!part.empty()) {
      out += log_text(part) + '\n';
    }
  }
  return out;
}

std::string prefixed(std::string_view label, const std::string& text) {
  return text.empty() ? std::string() : std::string(label) + ": " + text;
}

class JunitReport {
 public:
  explicit JunitReport(const Report& report) : report_(report) {}

  std::string render() {
    for (const Error& problem : report_.problems) {
      add_problem(problem);
    }
    for (const Verdict* verdict : worst_first(report_.verdicts)) {
      add_verdict(*verdict);
    }
    for (const Finding* finding : worst_first(report_.findings)) {
      add_finding(*finding);
    }
    add_quiet_rules();
    add_inputs();
    add_outcome();
    return write();
  }

 private:
  std::string suite_name(std::string_view part) const {
    const std::string app = name_text(report_.app.empty() ? std::string_view("budgetcheck") : report_.app);
    return app + " " + name_text(part);
  }

  void add(std::string_view suite_part, TestCase c) {
    const std::string name = suite_name(suite_part);
    const auto [at, is_new] = suites_.try_emplace(name);
    if (is_new) {
      order_.push_back(name);
    }
    Suite& suite = at->second;
    // Two cases of one name would count as one, and hide each other.
    const std::string first_name = c.name;
    std::size_t& copies = suite.copies[c.classname + '\n' + first_name];
    while (!suite.names.insert(c.classname + '\n' + c.name).second) {
      ++copies;
      c.name = fmt::format("{} ({})", first_name, copies + 1);
    }
    red_ = red_ || c.result == Result::kFailure || c.result == Result::kError;
    suite.cases.push_back(std::move(c));
  }

  std::string repository_file(std::string_view path) const { return repository_path(path, report_); }

  /// "budgets.yml:12: message": the form that editors and annotators find.
  std::string placed(const Location& at, const std::string& message) const {
    const std::string place = name_text(to_string(Location{repository_file(at.file), at.line, at.column, {}}));
    return place.empty() ? message : place + ": " + message;
  }

  void place(TestCase& c, const Location& location) const {
    c.file = repository_file(location.file);
    c.line = location.line;
  }

  void add_problem(const Error& problem) {
    TestCase c;
    const Location at = problem.location.file.empty() ? Location::of(report_.budgets_path) : problem.location;
    c.classname = "setup";
    c.message = sentence_text(problem.message, 500);
    c.name = c.message;
    c.result = Result::kError;
    c.type = problem.kind == ErrorKind::kUsage ? "usage" : "input";
    c.text = lines({placed(at, c.message), prefixed("how to fix", sentence_text(problem.hint))});
    place(c, at);
    add("setup", std::move(c));
  }

  void add_verdict(const Verdict& v) {
    TestCase c;
    const std::string family = v.metric.substr(0, v.metric.find('.'));
    const Location at = place_of(v, report_);
    c.classname = name_text(v.metric.empty() ? std::string_view("budgets") : v.metric);
    const std::string where = name_text(to_string(v.where));
    c.name = budget_words(v) + (where.empty() ? "" : " [" + where + "]");
    c.type = name_text(v.code);
    c.message = message_words(v);
    const std::string numbers = numbers_sentence(v);
    std::vector<std::string> body{placed(at, c.message),
                                  prefixed("measured", subject_words(v) + (numbers.empty() ? "" : ": " + numbers)),
                                  prefixed("measured in", name_text(to_string(v.sample_location)))};
    for (const std::string& cause : cause_lines(v)) {
      body.push_back(prefixed("cause", cause));
    }
    for (std::string& more :
         std::vector<std::string>{prefixed("why", sentence_text(v.why)), prefixed("owner", name_text(v.owner)),
                                  v.status == Status::kPass ? "" : prefixed("how to fix", next_step(v))}) {
      body.push_back(std::move(more));
    }
    const std::string text = lines(body);
    switch (v.status) {
      case Status::kFail:
        c.result = Result::kFailure;
        break;
      case Status::kError:
      case Status::kInconclusive:
        c.result = Result::kError;
        break;
      case Status::kWaived:
        c.result = Result::kSkipped;
        break;
      case Status::kWarn:
        c.result = breaks(v, report_.fail_level) ? Result::kFailure : Result::kPassed;
        break;
      case Status::kPass:
        break;
    }
    (c.result == Result::kPassed ? c.output : c.text) = (v.status == Status::kWarn ? "warning: " : "") + text;
    place(c, at);
    add(family.empty() ? "budgets" : family, std::move(c));
  }

  void add_finding(const Finding& f) {
    TestCase c;
    const Location at = place_of(f, report_);
    c.classname = name_text(f.rule);
    // The subject and not the message: a name with numbers in it would be another test in every run.
    c.name =
        rule_title(f.rule, report_.rules) + ": " + name_text(f.subject.empty() ? repository_file(at.file) : f.subject);
    c.type = c.classname;
    c.message = message_words(f);
    std::vector<std::string> body{placed(at, c.message), prefixed("state", std::string(state_words(f.state))),
                                  prefixed("sql", sql_text(f.evidence.sql))};
    for (const auto& [label, text] : evidence_lines(f)) {
      body.push_back(prefixed(label, text));
    }
    body.push_back(prefixed("after", sentence_text(f.evidence.parent_sql)));
    body.push_back(prefixed("how to fix", next_step(f, report_.rules)));
    if (f.state == FindingState::kWaived) {
      c.result = Result::kSkipped;
    } else if (breaks(f, report_.fail_level)) {
      c.result = Result::kFailure;
    }
    (c.result == Result::kPassed ? c.output : c.text) =
        (c.result == Result::kPassed ? std::string(to_string(f.level)) + ": " : std::string()) + lines(body);
    place(c, at);
    rules_with_findings_.insert(f.rule);
    add("rules", std::move(c));
  }

  /// A rule that was looked for and found nothing is a test that passed.
  void add_quiet_rules() {
    const bool anything_read = std::any_of(report_.inputs.begin(), report_.inputs.end(),
                                           [](const Input& i) { return i.state == InputState::kRead; });
    if (!anything_read) {
      return;
    }
    for (const Rule& rule : report_.rules.all()) {
      const bool looked = report_.personal_data || (rule.id != "personal-data" && rule.id != "secret-in-telemetry");
      if (rule.level != Level::kOff && looked && !rules_with_findings_.contains(rule.id)) {
        TestCase c;
        c.classname = name_text(rule.id);
        c.name = rule_title(rule.id, report_.rules);
        c.file = fallback_file();
        add("rules", std::move(c));
      }
    }
  }

  void add_inputs() {
    for (const Input& input : report_.inputs) {
      TestCase c;
      c.classname = "input";
      c.name = name_text(input.path);
      c.message = input_words(input);
      const std::string text =
          lines({placed(Location::of(input.path), c.message), prefixed("how to fix", sentence_text(input.hint))});
      if (input.state != InputState::kRead) {
        c.result = Result::kError;
        c.type = input.state == InputState::kUnreadable ? "unreadable" : "incomplete";
        c.text = text;
      } else if (!input.message.empty()) {
        c.output = text;
      }
      c.file = repository_file(input.path);
      add("inputs", std::move(c));
    }
  }

  /// An exit code without a red test, or a run that judged nothing, must not look green.
  void add_outcome() {
    TestCase c;
    c.classname = "outcome";
    c.file = fallback_file();
    if (report_.exit_code != kExitPass && !red_) {
      c.name = "exit code";
      c.result = Result::kError;
      c.type = fmt::format("exit-{}", report_.exit_code);
      c.message = std::string(exit_meaning(report_.exit_code));
      c.text = lines({outcome_words(report_)});
      add("outcome", std::move(c));
    } else if (report_.verdicts.empty() && report_.findings.empty() && !red_) {
      c.name = "budgets";
      c.result = Result::kSkipped;
      c.message = "there was no budget to check";
      c.text = lines({c.message, base_words(report_.base)});
      add("outcome", std::move(c));
    }
  }

  std::string fallback_file() const {
    return repository_file(report_.budgets_path.empty() ? "budgets.yml" : report_.budgets_path);
  }

  struct Counts {
    int tests = 0;
    int failures = 0;
    int errors = 0;
    int skipped = 0;

    void add(const Suite& suite) {
      for (const TestCase& c : suite.cases) {
        ++tests;
        failures += c.result == Result::kFailure ? 1 : 0;
        errors += c.result == Result::kError ? 1 : 0;
        skipped += c.result == Result::kSkipped ? 1 : 0;
      }
    }
    void write(tinyxml2::XMLPrinter& xml) const {
      xml.PushAttribute("tests", tests);
      xml.PushAttribute("failures", failures);
      xml.PushAttribute("errors", errors);
    }
  };

  std::string write() const {
    tinyxml2::XMLPrinter xml;
    xml.PushHeader(false, true);
    xml.OpenElement("testsuites");
    Counts all;
    for (const std::string& name : order_) {
      all.add(suites_.at(name));
    }
    xml.PushAttribute("name", name_text(report_.app.empty() ? std::string_view("budgetcheck") : report_.app).c_str());
    all.write(xml);
    for (const std::string& name : order_) {
      const Suite& suite = suites_.at(name);
      Counts counts;
      counts.add(suite);
      xml.OpenElement("testsuite");
      xml.PushAttribute("name", name.c_str());
      counts.write(xml);
      xml.PushAttribute("skipped", counts.skipped);
      xml.PushAttribute("time", "0");
      for (const TestCase& c : suite.cases) {
        write(xml, c);
      }
      xml.CloseElement();
    }
    xml.CloseElement();
    // The file is shown in a log as well, and there "##vso[" is a command to some.
    return escape_commands(xml.CStr(), "&#35;");
  }

  static void write(tinyxml2::XMLPrinter& xml, const TestCase& c) {
    xml.OpenElement("testcase");
    xml.PushAttribute("name", c.name.c_str());
    xml.PushAttribute("classname", c.classname.c_str());
    xml.PushAttribute("time", "0");
    if (!c.file.empty()) {
      xml.PushAttribute("file", c.file.c_str());
      if (c.line > 0) {
        xml.PushAttribute("line", c.line);
      }
    }
    if (c.result != Result::kPassed) {
      xml.OpenElement(c.result == Result::kFailure ? "failure" : c.result == Result::kError ? "error" : "skipped");
      xml.PushAttribute("message", (c.message.empty() ? "no message" : c.message).c_str());
      if (!c.type.empty() && c.result != Result::kSkipped) {
        xml.PushAttribute("type", c.type.c_str());
      }
      xml.PushText(c.text.c_str());
      xml.CloseElement();
    }
    if (!c.output.empty()) {
      xml.OpenElement("system-out");
      xml.PushText(c.output.c_str());
      xml.CloseElement();
    }
    xml.CloseElement();
  }

  const Report& report_;
  std::map<std::string, Suite> suites_;
  std::vector<std::string> order_;
  std::set<std::string> rules_with_findings_;
  bool red_ = false;
};

}  // namespace

std::string render_junit(const Report& report, const Rendering& /*rendering*/) { return JunitReport(report).render(); }

}  // namespace budgetcheck
