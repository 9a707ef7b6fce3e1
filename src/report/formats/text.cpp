#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "report/format.h"
#include "report/formats/text_problems.h"
#include "report/load/load_rows.h"
#include "report/queues/queue_rows.h"
#include "report/traces/traces.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/group_words.h"
#include "report/words/kept_words.h"
#include "report/words/order.h"
#include "report/words/page.h"
#include "report/words/printable.h"
#include "report/words/run_words.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostProblems = 50;
constexpr std::size_t kMostNotes = 3;  ///< findings at the level of a note
constexpr std::size_t kMostKnown = 3;

class TextReport {
 public:
  TextReport(const Report& report, const Rendering& rendering)
      : report_(report),
        detail_(rendering.detail),
        rendering_(rendering),
        page_(rendering),
        verdicts_(worst_first(report.verdicts)),
        findings_(worst_first(report.findings)),
        groups_(problem_groups(report)) {}

  std::string render() {
    errors();
    gate();
    problems();
    inputs();
    if (detail_ != Detail::kQuiet) {
      known_findings();
      waived();
      kept();
      if (is_verbose()) {
        traces();
        loads();
        queues();
      }
      footer();
    }
    outcome();
    return page_.take();
  }

 private:
  bool is_verbose() const { return detail_ == Detail::kVerbose; }

  void errors() {
    for (const Error& problem : report_.problems) {
      page_.gap();
      const std::string place = name_text(to_string(problem.location));
      write_headline(page_, Gravity::kError, (place.empty() ? "" : place + ": ") + sentence_text(problem.message));
      write_detail(page_, "do", sentence_text(problem.hint), Paint::kBold);
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
        write_headline(page_, gravity(*verdict), budget_words(*verdict) + ": " + message_words(*verdict));
        write_detail(page_, "do", next_step(*verdict), Paint::kBold);
        write_detail(page_, "at", name_text(to_string(verdict->location)), Paint::kDim);
      } else {
        write_problem(page_, {gravity(*verdict), {verdict}, {}, false}, report_.rules, detail_);
      }
    }
    if (!report_.gate.empty()) {
      page_.gap();
    }
    for (const std::string& clause : report_.gate) {
      note(sentence_text(clause));
    }
  }

  /// Those that fit: of many, the worst; of notes, few.
  void problems() {
    std::size_t shown = 0;
    std::size_t notes = 0;
    std::size_t left_out = 0;
    const bool warnings_fail = report_.fail_level == Level::kWarning || report_.fail_level == Level::kNote;
    const Gravity mildest = warnings_fail ? Gravity::kWarns : Gravity::kUnclear;
    for (const Group& group : groups_) {
      const bool is_note = group.gravity == Gravity::kNote;
      const bool is_quiet = detail_ == Detail::kQuiet && group.gravity > mildest;
      const bool is_beyond = is_note ? notes >= kMostNotes : shown >= kMostProblems;
      if (is_quiet || (is_beyond && !is_verbose())) {
        left_out += is_quiet ? 0U : 1U;
        continue;
      }
      ++(is_note ? notes : shown);
      page_.gap();
      write_problem(page_, group, report_.rules, detail_);
    }
    if (left_out > 0) {
      page_.gap();
      page_.paragraph(
          0, "", Paint::kPlain,
          fmt::format("and {}, none worse than these: --verbose has all", counted(left_out, "more problem")), 0);
    }
  }

  void inputs() {
    for (const InputState state : {InputState::kUnreadable, InputState::kIncomplete}) {
      for (const Input& input : report_.inputs) {
        if (input.state == state && !is_told(input)) {
          page_.gap();
          write_headline(page_, Gravity::kUnclear, name_text(input.path) + ": " + input_words(input));
          write_detail(page_, "do", sentence_text(input.hint), Paint::kBold);
        }
      }
    }
  }

  /// Budgets that could not be measured for it name it, and what to do.
  bool is_told(const Input& input) const {
    return std::any_of(report_.verdicts.begin(), report_.verdicts.end(), [&](const Verdict& verdict) {
      return is_unmeasured(verdict) && verdict.hint == input.hint &&
             verdict.message.find(printable(input.path) + ": " + input.message) != std::string::npos;
    });
  }

  void known_findings() {
    std::vector<const Finding*> known;
    std::copy_if(findings_.begin(), findings_.end(), std::back_inserter(known),
                 [](const Finding* f) { return gravity(*f) == Gravity::kKnown || gravity(*f) == Gravity::kWaived; });
    if (known.empty()) {
      return;
    }
    page_.heading(fmt::format("{} not new in this change", counted(known.size(), "finding is", "findings are")));
    const std::size_t most = is_verbose() ? known.size() : std::min(known.size(), kMostKnown);
    for (std::size_t i = 0; i < most; ++i) {
      page_.paragraph(
          2, "", Paint::kPlain,
          fmt::format("{}: {} ({})", name_text(known[i]->rule), message_words(*known[i]), state_words(known[i]->state)),
          0);
    }
    if (known.size() > most) {
      page_.paragraph(2, "", Paint::kPlain, fmt::format("and {} more: --verbose has all", known.size() - most), 0);
    }
  }

  void waived() {
    bool any = false;
    for (const Verdict* verdict : verdicts_) {
      if (gravity(*verdict) == Gravity::kWaived) {
        if (!any) {
          page_.gap();
        }
        any = true;
        write_headline(page_, Gravity::kWaived, subject_words(*verdict) + ": " + message_words(*verdict));
      }
    }
  }

  void kept() {
    page_.gap();
    if (is_verbose()) {
      kept_list();
      return;
    }
    for (const std::string& line : {kept_words(report_), grown_words(report_)}) {
      if (!line.empty()) {
        page_.paragraph(0, "", Paint::kPlain, line, 0);
      }
    }
  }

  void kept_list() {
    std::vector<const Verdict*> kept = kept_verdicts(report_);
    if (kept.empty()) {
      return;
    }
    page_.heading(kept_heading(report_));
    std::size_t widest = 0;
    for (const Verdict* verdict : kept) {
      widest = std::max(widest, display_width(subject_words(*verdict)));
    }
    for (const Verdict* verdict : kept) {
      kept_line(*verdict, widest);
    }
    page_.gap();
  }

  void traces() {
    const std::vector<RouteTraffic> routes = route_traffic(report_.samples);
    if (routes.empty()) {
      return;
    }
    constexpr std::size_t kMostRoutes = 20;
    page_.heading(fmt::format("Traces ({})", counted(routes.size(), "route")));
    write_routes(page_, routes, kMostRoutes);
    if (!report_.traces.empty()) {
      page_.heading("The slowest of them");
      write_waterfall(page_, report_.traces.front(), rendering_);
    }
    page_.gap();
  }

  void loads() {
    const std::vector<LoadRow> rows = load_rows(report_.samples, report_.base_samples);
    if (rows.empty()) {
      return;
    }
    constexpr std::size_t kMostRows = 20;
    page_.heading("Load tests");
    write_loads(page_, rows, kMostRows);
    page_.gap();
  }

  void queues() {
    const std::vector<QueueRow> rows = queue_rows(report_.samples);
    if (rows.empty()) {
      return;
    }
    constexpr std::size_t kMostQueues = 20;
    page_.heading(fmt::format("Queues ({})", counted(rows.size(), "queue")));
    write_queues(page_, rows, kMostQueues);
    page_.gap();
  }

  void kept_line(const Verdict& v, std::size_t widest) {
    const std::string right = kept_numbers(v);
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
    for (const std::string& line : cause_lines(v)) {
      page_.paragraph(kIndent * 2, "", Paint::kPlain, line, 0, Paint::kDim);
    }
  }

  void note(const std::string& text) { page_.paragraph(0, "note", Paint::kDim, text, 0); }

  void footer() {
    for (const Input& input : report_.inputs) {
      if (input.state == InputState::kRead && !input.message.empty()) {
        note(name_text(input.path) + ": " + sentence_text(input.message));
      }
    }
    for (const std::string& text : report_.notes) {
      note(sentence_text(text));
    }
    if (report_.unbudgeted > 0) {
      note(counted(report_.unbudgeted, "measurement has", "measurements have") + " no budget: budgetcheck list");
    }
    for (const std::string& line : ways_on(report_, groups_)) {
      page_.paragraph(0, "", Paint::kPlain, line, 0, Paint::kDim);
    }
    if (!report_.inputs.empty()) {
      page_.paragraph(0, "", Paint::kPlain, base_words(report_.base), 0, Paint::kDim);
    }
  }

  void outcome() {
    const Paint paint = report_.outcome == Outcome::kPass           ? Paint::kGreen
                        : report_.outcome == Outcome::kInconclusive ? Paint::kYellow
                                                                    : Paint::kRed;
    if (detail_ == Detail::kQuiet) {
      page_.gap();
    }
    page_.paragraph(0, "", Paint::kPlain, outcome_words(report_), 0, paint);
  }

  const Report& report_;
  Detail detail_;
  const Rendering& rendering_;
  Page page_;
  std::vector<const Verdict*> verdicts_;
  std::vector<const Finding*> findings_;
  std::vector<Group> groups_;
};

}  // namespace

std::string render_text(const Report& report, const Rendering& rendering) {
  return TextReport(report, rendering).render();
}

}  // namespace budgetcheck
