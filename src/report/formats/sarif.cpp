#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "json/writer.h"
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

using json::Writer;

constexpr std::size_t kMostResults = 5000;  // GitHub shows no more of one run
constexpr std::size_t kLongestText = 1000;  // of a description, of which GitHub takes 1,024
constexpr std::size_t kMostTags = 10;
constexpr std::string_view kBudgetRule = "budget/";
// SARIF readers want a link to the tool. The project has no home on the web that it could promise, and a reserved
// name (RFC 2606) can never become somebody else's.
constexpr std::string_view kInformationUri = "https://budgetcheck.example/";

/// SARIF reads "[text](target)" in a message as a link: brackets are escaped where that could happen.
std::string message_text(std::string text) {
  if (text.find("](") == std::string::npos) {
    return text;
  }
  for (const char* special : {"\\", "[", "]"}) {
    text = replace_all(std::move(text), special, std::string("\\") + special);
  }
  return text;
}

void text_member(Writer& w, std::string_view name, const std::string& text) {
  w.key(name).begin_object().member("text", text).end_object();
}

std::string_view level_name(Gravity gravity) {
  switch (gravity) {
    case Gravity::kFails:
    case Gravity::kError:
      return "error";
    case Gravity::kUnclear:
    case Gravity::kWarns:
      return "warning";
    default:
      return "note";
  }
}

/// A rule as SARIF describes it: from rules/, or from the table of verdict codes.
struct Descriptor {
  std::string id;
  std::string title;
  std::string description;
  std::string help;
  std::string markdown;
  std::string_view level = "error";
  std::vector<std::string> tags;
};

Descriptor describe(const Rule& rule) {
  Descriptor out;
  out.id = name_text(rule.id);
  out.title = sentence_text(rule.title.empty() ? rule.id : rule.title, kLongestText);
  out.description = sentence_text(rule.short_text.empty() ? out.title : rule.short_text, kLongestText);
  const std::string why = sentence_text(rule.why);
  const std::string help = sentence_text(rule.help);
  const std::string limits = sentence_text(rule.limits);
  out.help = out.description;
  out.markdown = out.description;
  const auto section = [&](std::string_view heading, const std::string& text) {
    if (!text.empty()) {
      out.help += "\n" + std::string(heading) + ": " + text;
      out.markdown += "\n\n**" + std::string(heading) + ":** " + text;
    }
  };
  section("Why", why);
  section("How to fix", help);
  section("Limits", limits);
  out.level = rule.level == Level::kError ? "error" : rule.level == Level::kWarning ? "warning" : "note";
  out.tags = rule.tags;
  return out;
}

Descriptor describe_code(const std::string& code, std::string_view level) {
  Descriptor out;
  out.id = std::string(kBudgetRule) + name_text(code.empty() ? std::string_view("UNKNOWN") : code);
  out.title = "Budget: " + lower(replace_all(name_text(code), "_", " "));
  out.description = "The verdict on a budget.";
  for (const CodeText& text : verdict_codes()) {
    if (text.code == code) {
      out.description = std::string(text.sentence);
    }
  }
  out.help = out.description;
  out.markdown = out.description;
  out.level = level;
  out.tags = {"performance", "budget"};
  return out;
}

struct Result {
  std::string rule;
  std::string_view level;
  std::string message;
  Location place;
  std::string fingerprint;
  Gravity gravity;
  std::string state;       ///< empty for a verdict
  std::string suppressed;  ///< why; empty: it is not
};

/// With a full stop at its end.
std::string as_sentence(std::string text) {
  if (!text.empty() && text.back() != '.' && text.back() != '!' && text.back() != '?') {
    text += '.';
  }
  return text;
}

class SarifReport {
 public:
  explicit SarifReport(const Report& report) : report_(report) {}

  std::string render() {
    for (const Rule& rule : report_.rules.all()) {
      if (rule.level != Level::kOff) {
        add_rule(describe(rule));
      }
    }
    collect();
    write();
    return w_.take();
  }

 private:
  void add_rule(Descriptor descriptor) {
    const auto [at, is_new] = rule_index_.try_emplace(descriptor.id, rules_.size());
    if (is_new) {
      rules_.push_back(std::move(descriptor));
    }
  }

  void collect() {
    for (const Verdict& v : report_.verdicts) {
      if (v.status != Status::kPass) {
        add(v);
      }
    }
    for (const Finding& f : report_.findings) {
      add(f);
    }
    std::stable_sort(results_.begin(), results_.end(),
                     [](const Result& a, const Result& b) { return a.gravity < b.gravity; });
    if (results_.size() > kMostResults) {
      left_out_ = results_.size() - kMostResults;
      results_.resize(kMostResults);
    }
  }

  void add(const Verdict& v) {
    Result r;
    r.gravity = gravity(v);
    r.level = level_name(r.gravity);
    Descriptor rule = describe_code(v.code, r.level);
    r.rule = rule.id;
    add_rule(std::move(rule));
    const std::string numbers = numbers_sentence(v);
    r.message = as_sentence(subject_words(v) + ": " + message_words(v));
    constexpr std::size_t kMostCauses = 3;
    std::vector<std::string> causes = cause_lines(v);
    causes.resize(std::min(causes.size(), kMostCauses));
    r.message += causes.empty() ? "" : " " + as_sentence("Cause: " + join(causes, "; "));
    const std::string step = next_step(v);
    r.message += step.empty() ? "" : " " + as_sentence(step);
    r.place = place_of(v, report_);
    // Of the budget and the place, never of a value: the alert of tomorrow is the same alert.
    r.fingerprint =
        stable_key(v.budget + '\0' + v.metric + '\0' + to_string(v.where) + '\0' + std::string(to_string(v.stat)));
    if (v.status == Status::kWaived) {
      r.suppressed = message_words(v);
    }
    results_.push_back(std::move(r));
  }

  void add(const Finding& f) {
    Result r;
    r.gravity = gravity(f);
    // A finding that the base has too keeps its level: it is just as true.
    r.level = f.level == Level::kError ? "error" : f.level == Level::kWarning ? "warning" : "note";
    r.rule = name_text(f.rule);
    if (!rule_index_.contains(r.rule)) {
      Rule unknown;
      unknown.id = f.rule;
      unknown.level = f.level;
      add_rule(describe(unknown));
    }
    r.message = as_sentence(message_words(f));
    const std::string step = next_step(f, report_.rules);
    r.message += step.empty() ? "" : " " + as_sentence(step);
    r.place = place_of(f, report_);
    r.fingerprint = f.key.empty() ? stable_key(f.rule + '\0' + f.subject + '\0' + f.location.file) : name_text(f.key);
    r.state = std::string(to_string(f.state));
    if (f.state == FindingState::kWaived) {
      r.suppressed = "waived in the budgets file";
    }
    results_.push_back(std::move(r));
  }

  void write() {
    w_.begin_object();
    w_.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    w_.member("version", "2.1.0");
    w_.key("runs").begin_array().begin_object();
    write_tool();
    const std::string app = report_.app.empty() ? report_.project : report_.app;
    w_.key("automationDetails").begin_object();
    w_.member("id", "budgetcheck/" + replace_all(name_text(app.empty() ? "default" : app), "/", "-") + "/");
    w_.end_object();
    write_invocation();
    w_.member("columnKind", "utf16CodeUnits");
    w_.key("results").begin_array();
    // Two equal results would be one alert: the second one gets its own number.
    std::map<std::string, std::size_t> seen;
    for (const Result& result : results_) {
      write(result, ++seen[result.rule + '\0' + result.fingerprint]);
    }
    w_.end_array();
    w_.end_object().end_array().end_object();
  }

  void write_tool() {
    w_.key("tool").begin_object().key("driver").begin_object();
    w_.member("name", "budgetcheck");
    const std::string version = name_text(report_.tool_version, 40);
    w_.member("version", version.empty() ? "0.0.0" : version);
    w_.member("informationUri", kInformationUri);
    w_.key("rules").begin_array();
    for (const Descriptor& rule : rules_) {
      w_.begin_object();
      w_.member("id", rule.id);
      text_member(w_, "shortDescription", as_sentence(rule.title));
      text_member(w_, "fullDescription", as_sentence(rule.description));
      w_.key("help").begin_object().member("text", rule.help).member("markdown", rule.markdown).end_object();
      w_.key("defaultConfiguration").begin_object().member("level", rule.level).end_object();
      w_.key("properties").begin_object().key("tags").begin_array();
      for (std::size_t i = 0; i < std::min(rule.tags.size(), kMostTags); ++i) {
        w_.string(name_text(rule.tags[i]));
      }
      w_.end_array();
      w_.member("precision", "high");
      w_.member("problem.severity", rule.level == "note" ? "recommendation" : rule.level);
      w_.end_object().end_object();
    }
    w_.end_array().end_object().end_object();
  }

  void notification(std::string_view level, const std::string& message, const Location& place) {
    w_.begin_object();
    w_.member("level", level);
    text_member(w_, "message", message_text(as_sentence(message)));
    if (!place.file.empty()) {
      w_.key("locations").begin_array();
      write(place);
      w_.end_array();
    }
    w_.end_object();
  }

  void write_invocation() {
    const bool bad_input = std::any_of(report_.inputs.begin(), report_.inputs.end(),
                                       [](const Input& i) { return i.state != InputState::kRead; });
    const bool judged = report_.exit_code == kExitPass || report_.exit_code == kExitFailed;
    w_.key("invocations").begin_array().begin_object();
    w_.member("executionSuccessful", judged && !bad_input && report_.problems.empty());
    w_.member("exitCode", report_.exit_code);
    w_.member("exitCodeDescription", exit_meaning(report_.exit_code));
    w_.key("toolExecutionNotifications").begin_array();
    for (const Error& problem : report_.problems) {
      const std::string hint = sentence_text(problem.hint);
      notification("error", as_sentence(sentence_text(problem.message)) + (hint.empty() ? "" : " " + hint),
                   problem.location);
    }
    for (const Input& input : report_.inputs) {
      if (input.state != InputState::kRead) {
        const std::string hint = sentence_text(input.hint);
        notification("error",
                     as_sentence(name_text(input.path) + ": " + input_words(input)) + (hint.empty() ? "" : " " + hint),
                     Location::of(input.path));
      }
    }
    if (left_out_ > 0) {
      notification(
          "warning",
          fmt::format("{} left out, the least severe of {}", counted(left_out_, "result"), left_out_ + results_.size()),
          {});
    }
    w_.end_array().end_object().end_array();
  }

  void write(const Location& place) {
    const std::string uri = relative_uri(place.file, report_);
    const std::uint32_t line = std::max<std::uint32_t>(place.line, 1);
    const std::uint32_t column = std::max<std::uint32_t>(place.column, 1);
    w_.begin_object().key("physicalLocation").begin_object();
    // No file at all is known only without a budgets file and without inputs.
    w_.key("artifactLocation").begin_object().member("uri", uri.empty() ? "budgets.yml" : uri).end_object();
    w_.key("region").begin_object();
    w_.member("startLine", line).member("startColumn", column);
    w_.member("endLine", line).member("endColumn", column + 1);
    w_.end_object().end_object().end_object();
  }

  void write(const Result& r, std::size_t copy) {
    w_.begin_object();
    w_.member("ruleId", r.rule);
    w_.member("ruleIndex", static_cast<std::uint64_t>(rule_index_.at(r.rule)));
    w_.member("level", r.level);
    text_member(w_, "message", message_text(r.message));
    w_.key("locations").begin_array();
    write(r.place);
    w_.end_array();
    w_.key("partialFingerprints").begin_object();
    w_.member("primaryLocationLineHash", r.fingerprint + ":" + std::to_string(copy));
    w_.end_object();
    if (!r.state.empty()) {
      w_.key("properties").begin_object().member("state", r.state).end_object();
    }
    if (!r.suppressed.empty()) {
      w_.key("suppressions").begin_array().begin_object();
      w_.member("kind", "external").member("status", "accepted").member("justification", r.suppressed);
      w_.end_object().end_array();
    }
    w_.end_object();
  }

  const Report& report_;
  Writer w_;
  std::vector<Descriptor> rules_;
  std::map<std::string, std::size_t> rule_index_;
  std::vector<Result> results_;
  std::size_t left_out_ = 0;
};

}  // namespace

std::string render_sarif(const Report& report, const Rendering& /*rendering*/) { return SarifReport(report).render(); }

}  // namespace budgetcheck
