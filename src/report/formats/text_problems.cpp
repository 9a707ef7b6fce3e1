#include "report/formats/text_problems.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "report/words/finding_words.h"
#include "report/words/group_words.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLabelColumn = 5;  ///< "FAIL" and a space; "UNCLEAR" takes more, below it stands nothing else
constexpr std::size_t kNarrowColumn = 2;
constexpr std::size_t kLongSql = 600;
constexpr std::size_t kMostLines = 10;  ///< of a problem: budgets and findings
constexpr std::size_t kMostActions = 3;
constexpr std::size_t kMostCauses = 5;
constexpr std::size_t kMostPlaces = 4;
constexpr std::size_t kMostStatements = 3;  ///< of one loop

class Problem {
 public:
  Problem(Page& page, const Group& group, const RuleSet& rules, Detail detail)
      : page_(page), group_(group), rules_(rules), is_verbose_(detail == Detail::kVerbose) {}

  void write() {
    lines();
    list("do", group_actions(group_, rules_), kMostActions, Paint::kBold);
    list("grew", group_causes(group_), kMostCauses);
    for (const Finding* finding : shown_findings()) {
      evidence(*finding);
    }
    until();
    if (is_verbose_) {
      list("goal", group_reasons(group_), kMostActions);
    }
    places();
  }

 private:
  std::size_t most(std::size_t usual) const { return is_verbose_ ? 1'000'000 : usual; }

  /// The budgets and findings. In a list each says where it is: they have nothing else in common.
  void lines() {
    const std::vector<GroupLine> all = group_lines(group_);
    for (std::size_t i = 0; i < std::min(all.size(), most(kMostLines)); ++i) {
      const GroupLine& line = all[i];
      const std::string text = (line.gravity == group_.gravity ? "" : prefix(line)) + line.text;
      if (i == 0) {
        write_headline(page_, group_.gravity, text);
      } else {
        // What a finding says of a broken budget is why it broke.
        write_detail(page_, i >= group_.verdicts.size() && !group_.verdicts.empty() ? "why" : "also", text,
                     Paint::kBold);
      }
    }
    if (all.size() > most(kMostLines)) {
      page_.paragraph(0, "", Paint::kPlain,
                      fmt::format("and {} more, none worse (--verbose lists all)", all.size() - kMostLines), column());
    }
  }

  static std::string prefix(const GroupLine& line) { return lower(status_word(line.gravity)) + ": "; }
  std::size_t column() const { return page_.narrow() ? kNarrowColumn : kLabelColumn; }

  void list(std::string_view label, const std::vector<std::string>& texts, std::size_t usual,
            Paint paint = Paint::kPlain) {
    for (std::size_t i = 0; i < std::min(texts.size(), most(usual)); ++i) {
      write_detail(page_, label, texts[i], paint);
    }
    if (texts.size() > most(usual)) {
      write_detail(page_, "", fmt::format("and {} more", texts.size() - usual));
    }
  }

  /// A list says one thing of many: what one of them rests on is for --verbose.
  std::vector<const Finding*> shown_findings() const {
    std::vector<const Finding*> shown = group_.findings;
    shown.resize(group_.is_list && !is_verbose_ ? 0 : std::min(shown.size(), most(kMostActions)));
    return shown;
  }

  void evidence(const Finding& finding) {
    const Evidence& e = finding.evidence;
    // One line, to be recognised; where the fix names the model, it says more than the statement.
    const std::size_t longest = is_verbose_ ? kLongSql : std::min(kLongSql, page_.width() - column());
    if (!is_verbose_ && !finding.fix.model.empty()) {
      return;
    }
    write_detail(page_, "sql", sql_text(e.sql, longest), Paint::kCyan);
    std::size_t shown = 0;
    for (const std::string& other : e.statements) {
      if (other != e.sql && ++shown <= most(kMostStatements)) {
        write_detail(page_, "with", sql_text(other, longest), Paint::kCyan);
      }
    }
    if (!is_verbose_) {
      return;
    }
    for (const auto& [label, text] : evidence_lines(finding)) {
      const bool fits = display_width(label) < kLabelColumn;
      write_detail(page_, fits ? label : "also", fits ? text : label + ": " + text);
    }
    write_detail(page_, "after", sql_text(e.parent_sql, longest), Paint::kCyan);
  }

  void until() {
    for (const Verdict* verdict : group_.verdicts) {
      if (!verdict->enforced_from.empty()) {
        write_detail(
            page_, "note",
            fmt::format("until {} this is a warning, from then on it fails", name_text(verdict->enforced_from)));
        return;
      }
    }
  }

  void places() {
    std::vector<std::string> places = group_places(group_);
    const std::size_t all = places.size();
    places.resize(std::min(all, most(kMostPlaces)));
    if (all > places.size()) {
      places.push_back(fmt::format("{} more", all - places.size()));
    }
    write_detail(page_, "at", join(places, ", "), Paint::kDim);
  }

  Page& page_;
  const Group& group_;
  const RuleSet& rules_;
  bool is_verbose_;
};

}  // namespace

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

void write_headline(Page& page, Gravity gravity, std::string_view text) {
  page.paragraph(0, status_word(gravity), paint_of(gravity), text, page.narrow() ? kNarrowColumn : kLabelColumn,
                 Paint::kBold);
}

void write_detail(Page& page, std::string_view label, std::string_view text, Paint paint) {
  if (!text.empty()) {
    const std::size_t indent =
        label.empty() || page.narrow() ? 0 : kLabelColumn - 1 - std::min(kLabelColumn - 1, display_width(label));
    page.paragraph(indent, label, Paint::kDim, text, page.narrow() ? kNarrowColumn : kLabelColumn - indent, paint);
  }
}

void write_problem(Page& page, const Group& group, const RuleSet& rules, Detail detail) {
  Problem(page, group, rules, detail).write();
}

}  // namespace budgetcheck
