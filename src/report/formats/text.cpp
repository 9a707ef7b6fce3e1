#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/format.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/order.h"
#include "report/words/page.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLongSql = 600;
constexpr std::size_t kMostPassed = 20;   ///< more than these are summed up
constexpr std::size_t kShownOfMany = 10;  ///< then only the ones nearest to their limit are listed
constexpr std::size_t kMostBroken = 100;
constexpr std::size_t kMostFindingsOfRule = 25;
constexpr std::size_t kMostKnown = 10;
constexpr std::size_t kMostCausesOfPassed = 2;
constexpr std::size_t kLabelColumn = 9;   ///< "UNCLEAR" and two spaces
constexpr std::size_t kDetailColumn = 8;  ///< "budget" and two spaces

Paint paint_of(Gravity gravity) {
  switch (gravity) {
    case Gravity::kFails:
    case Gravity::kError:
      return Paint::kRed;
    case Gravity::kUnclear:
    case Gravity::kWarns:
      return Paint::kYellow;
    case Gravity::kPasses:
      return Paint::kGreen;
    case Gravity::kKnown:
    case Gravity::kNote:
    case Gravity::kWaived:
      break;
  }
  return Paint::kCyan;
}

class TextReport {
 public:
  TextReport(const Report& report, const Rendering& rendering)
      : report_(report),
        page_(rendering),
        verdicts_(worst_first(report.verdicts)),
        findings_(worst_first(report.findings)) {}

  std::string render() {
    problems();
    gate();
    broken_budgets();
    findings();
    inputs();
    known_findings();
    waived();
    passed();
    notes();
    outcome();
    return page_.take();
  }

 private:
  std::size_t label_column() const { return page_.narrow() ? 2 : kLabelColumn; }

  void detail(std::string_view label, std::string_view text, Paint paint = Paint::kPlain) {
    if (!text.empty()) {
      page_.paragraph(label_column(), label, Paint::kDim, text, page_.narrow() ? 0 : kDetailColumn, paint);
    }
  }

  void headline(std::string_view word, Gravity gravity, const std::string& text) {
    page_.paragraph(0, word, paint_of(gravity), text, label_column(), Paint::kBold);
  }

  void problems() {
    for (const Error& problem : report_.problems) {
      page_.gap();
      const std::string place = name_text(to_string(problem.location));
      headline("ERROR", Gravity::kError, (place.empty() ? "" : place + ": ") + sentence_text(problem.message));
      detail("do", sentence_text(problem.hint));
    }
  }

  /// What decides about this change is not what decided about its base.
  void gate() {
    if (!alters_gate(report_)) {
      return;
    }
    page_.heading(kGateHeading);
    for (const Verdict* verdict : gate_verdicts(report_.verdicts)) {
      page_.gap();
      if (is_on_gate(*verdict)) {
        gate_setting(*verdict);
      } else {
        broken_budget(*verdict);
      }
    }
    if (!report_.gate.empty()) {
      page_.gap();
    }
    for (const std::string& clause : report_.gate) {
      page_.paragraph(0, "note", Paint::kDim, sentence_text(clause), label_column());
    }
  }

  void gate_setting(const Verdict& v) {
    headline(status_word(v.status), gravity(v), budget_words(v));
    page_.paragraph(label_column(), "", Paint::kPlain, message_words(v), 0);
    detail("at", name_text(to_string(v.location)));
    detail("do", next_step(v), Paint::kBold);
  }

  void broken_budgets() {
    std::size_t broken = 0;
    for (const Verdict* verdict : verdicts_) {
      if (gravity(*verdict) <= Gravity::kWarns && !alters_gate(*verdict) && ++broken <= kMostBroken) {
        page_.gap();
        broken_budget(*verdict);
      }
    }
    if (broken > kMostBroken) {
      page_.gap();
      page_.paragraph(0, "", Paint::kPlain,
                      fmt::format("and {} more that did not pass, none worse than these; the json output lists all",
                                  broken - kMostBroken),
                      0);
    }
  }

  void broken_budget(const Verdict& v) {
    headline(status_word(v.status), gravity(v), subject_words(v));
    const std::string numbers = numbers_sentence(v);
    page_.paragraph(label_column(), "", Paint::kPlain, numbers.empty() ? message_words(v) : numbers, 0);
    // For a broken limit the numbers say everything; other codes need their message too.
    if (!numbers.empty() && v.code != "LIMIT_EXCEEDED" && !v.message.empty()) {
      page_.paragraph(label_column(), "", Paint::kPlain, message_words(v), 0);
    }
    causes(v);
    if (!v.enforced_from.empty()) {
      detail("until", fmt::format("{} this is a warning, from then on it fails", name_text(v.enforced_from)));
    }
    std::string place = budget_words(v);
    if (!v.location.file.empty()) {
      place += fmt::format(" at {}", name_text(to_string(v.location)));
    }
    if (!v.sample_location.file.empty()) {
      place += fmt::format(", measured in {}", name_text(to_string(v.sample_location)));
    }
    if (!v.owner.empty()) {
      place += fmt::format(", owner {}", name_text(v.owner));
    }
    detail("budget", place);
    detail("why", sentence_text(v.why));
    detail("do", next_step(v), Paint::kBold);
  }

  void causes(const Verdict& v) {
    std::string_view label = "cause";
    for (const std::string& line : cause_lines(v)) {
      detail(label, line);
      label = "";
    }
  }

  /// Findings that count, by rule, in the order of each rule's worst one.
  void findings() {
    std::vector<std::string> rules;
    for (const Finding* finding : findings_) {
      if (shown_in_full(*finding) && std::find(rules.begin(), rules.end(), finding->rule) == rules.end()) {
        rules.push_back(finding->rule);
      }
    }
    for (const std::string& rule : rules) {
      findings_of(rule);
    }
  }

  static bool shown_in_full(const Finding& finding) {
    const Gravity g = gravity(finding);
    return g == Gravity::kFails || g == Gravity::kWarns || g == Gravity::kNote;
  }

  void findings_of(const std::string& rule) {
    std::vector<const Finding*> of_rule;
    std::copy_if(findings_.begin(), findings_.end(), std::back_inserter(of_rule),
                 [&](const Finding* f) { return f->rule == rule && shown_in_full(*f); });
    page_.heading(fmt::format("{}: {} ({})", name_text(rule), rule_title(rule, report_.rules),
                              counted(of_rule.size(), "finding")));
    const Rule* known = report_.rules.find(rule);
    if (known != nullptr && !known->why.empty()) {
      page_.paragraph(label_column(), "", Paint::kPlain, sentence_text(known->why), 0);
    }
    for (std::size_t i = 0; i < std::min(of_rule.size(), kMostFindingsOfRule); ++i) {
      if (i > 0) {
        page_.gap();
      }
      finding(*of_rule[i]);
    }
    if (of_rule.size() > kMostFindingsOfRule) {
      page_.paragraph(
          label_column(), "", Paint::kPlain,
          fmt::format("and {} more of this rule; the json output lists all", of_rule.size() - kMostFindingsOfRule), 0);
    }
    if (known != nullptr) {
      detail("more", "budgetcheck explain " + name_text(rule));
    }
  }

  void finding(const Finding& f) {
    const std::string state = f.state == FindingState::kWorse ? fmt::format(" ({})", state_words(f.state)) : "";
    headline(status_word(f), gravity(f), message_words(f) + state);
    detail("at", name_text(to_string(f.location)));
    detail("sql", sql_text(f.evidence.sql, kLongSql), Paint::kCyan);
    for (const auto& [label, text] : evidence_lines(f)) {
      const bool fits = display_width(label) < kDetailColumn;
      detail(fits ? label : "also", fits ? text : label + ": " + text);
    }
    for (const std::string& other : f.evidence.statements) {
      detail("with", other == f.evidence.sql ? "" : sql_text(other, kLongSql), Paint::kCyan);
    }
    detail("after", sql_text(f.evidence.parent_sql, kLongSql), Paint::kCyan);
    detail("do", next_step(f, report_.rules), Paint::kBold);
  }

  void inputs() {
    bool any = false;
    for (const InputState state : {InputState::kUnreadable, InputState::kIncomplete}) {
      for (const Input& input : report_.inputs) {
        if (input.state != state) {
          continue;
        }
        if (!any) {
          page_.heading("Inputs that were not fully read");
          any = true;
        }
        page_.paragraph(2, "", Paint::kPlain, name_text(input.path) + ": " + input_words(input), 0);
        if (!input.hint.empty()) {
          page_.paragraph(4, "do", Paint::kDim, sentence_text(input.hint), 0, Paint::kBold);
        }
      }
    }
  }

  void known_findings() {
    std::vector<const Finding*> known;
    std::copy_if(findings_.begin(), findings_.end(), std::back_inserter(known),
                 [](const Finding* f) { return gravity(*f) == Gravity::kKnown || gravity(*f) == Gravity::kWaived; });
    if (known.empty()) {
      return;
    }
    page_.heading(fmt::format("Findings that are not new in this change ({})", known.size()));
    for (std::size_t i = 0; i < std::min(known.size(), kMostKnown); ++i) {
      page_.paragraph(
          2, "", Paint::kPlain,
          fmt::format("{}: {} ({})", name_text(known[i]->rule), message_words(*known[i]), state_words(known[i]->state)),
          0);
    }
    if (known.size() > kMostKnown) {
      page_.paragraph(2, "", Paint::kPlain, fmt::format("and {} more", known.size() - kMostKnown), 0);
    }
  }

  void waived() {
    bool any = false;
    for (const Verdict* verdict : verdicts_) {
      if (gravity(*verdict) != Gravity::kWaived) {
        continue;
      }
      if (!any) {
        page_.gap();
        any = true;
      }
      headline(status_word(verdict->status), Gravity::kWaived,
               fmt::format("{}: {}", subject_words(*verdict), message_words(*verdict)));
    }
  }

  void passed() {
    std::vector<const Verdict*> kept;
    std::copy_if(verdicts_.begin(), verdicts_.end(), std::back_inserter(kept),
                 [](const Verdict* v) { return v->status == Status::kPass && !is_on_gate(*v); });
    if (kept.empty()) {
      return;
    }
    page_.heading(fmt::format("Within budget ({})", kept.size()));
    const std::size_t total = kept.size();
    if (total > kMostPassed) {
      std::stable_sort(kept.begin(), kept.end(), [](const Verdict* a, const Verdict* b) {
        return headroom_share(*a).value_or(1e9) < headroom_share(*b).value_or(1e9);
      });
      kept.resize(kShownOfMany);
    }
    std::size_t widest = 0;
    for (const Verdict* verdict : kept) {
      widest = std::max(widest, display_width(subject_words(*verdict)));
    }
    for (const Verdict* verdict : kept) {
      passed_line(*verdict, widest);
    }
    if (total > kept.size()) {
      page_.paragraph(2, "", Paint::kPlain, fmt::format("and {} more, further from their limits", total - kept.size()),
                      0);
    }
  }

  void passed_line(const Verdict& v, std::size_t widest) {
    const Numbers n = numbers(v);
    std::string right = n.value;
    if (!n.limit.empty()) {
      right += (v.limit_is_min ? ", at least " : " of ") + n.limit;
      right += n.headroom.empty() ? "" : ", " + n.headroom + (v.limit_is_min ? " above" : " left");
    }
    if (!n.delta.empty() && n.delta != "no change") {
      right += ", " + n.delta;
    }
    if (right.empty()) {
      right = message_words(v);
    }
    const std::string name = subject_words(v);
    constexpr std::size_t kIndent = 2;
    constexpr std::size_t kGap = 2;
    const std::size_t taken = kIndent + kGap + display_width(right);
    const std::size_t room = page_.width() > taken ? page_.width() - taken : 0;
    if (room < display_width(name)) {
      page_.paragraph(kIndent, "", Paint::kPlain, name, 0);
      page_.paragraph(kIndent * 2, "", Paint::kPlain, right, 0, Paint::kDim);
    } else {
      const std::size_t column = std::min(widest, room);
      page_.line("", Paint::kPlain,
                 std::string(kIndent, ' ') + name + std::string(column - display_width(name) + kGap, ' ') + right);
    }
    const std::vector<std::string> grew = cause_lines(v);
    for (std::size_t i = 0; i < std::min(grew.size(), kMostCausesOfPassed); ++i) {
      page_.paragraph(kIndent * 2, "", Paint::kPlain, grew[i], 0, Paint::kDim);
    }
  }

  void notes() {
    page_.gap();
    for (const Input& input : report_.inputs) {
      if (input.state == InputState::kRead && !input.message.empty()) {
        page_.paragraph(0, "note", Paint::kDim, name_text(input.path) + ": " + sentence_text(input.message), 0);
      }
    }
    for (const std::string& note : report_.notes) {
      page_.paragraph(0, "note", Paint::kDim, sentence_text(note), 0);
    }
    if (report_.unbudgeted > 0) {
      page_.paragraph(0, "note", Paint::kDim,
                      counted(report_.unbudgeted, "measurement has", "measurements have") + " no budget", 0);
    }
    if (!report_.inputs.empty()) {
      page_.paragraph(0, "", Paint::kPlain, base_words(report_.base), 0, Paint::kDim);
    }
  }

  void outcome() {
    const Paint paint = report_.outcome == Outcome::kPass           ? Paint::kGreen
                        : report_.outcome == Outcome::kInconclusive ? Paint::kYellow
                                                                    : Paint::kRed;
    page_.paragraph(0, "", Paint::kPlain, outcome_words(report_), 0, paint);
  }

  const Report& report_;
  Page page_;
  std::vector<const Verdict*> verdicts_;
  std::vector<const Finding*> findings_;
};

}  // namespace

std::string render_text(const Report& report, const Rendering& rendering) {
  return TextReport(report, rendering).render();
}

}  // namespace budgetcheck
