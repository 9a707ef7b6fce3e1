#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "report/html/html_sections.h"
#include "report/words/finding_words.h"
#include "report/words/group_words.h"
#include "report/words/markup.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostOpen = 10;    ///< problems that are seen at once; others are a click away
constexpr std::size_t kMostInFull = 60;  ///< with cause, fix and pictures
constexpr std::size_t kMostInShort = 300;
constexpr std::size_t kLinesAtOnce = 5;  ///< budgets and findings of one problem
constexpr std::size_t kMostLines = 300;  ///< of all problems together
constexpr std::size_t kMostActions = 3;
constexpr std::size_t kMostCauses = 3;
constexpr std::size_t kMostLocations = 4;
constexpr std::size_t kMostLinks = 4;

/// The first ones, each by `write`, and how many more there are.
template <typename Write>
std::string first_of(const std::vector<std::string>& texts, std::size_t most, Write write) {
  std::string out;
  for (std::size_t i = 0; i < std::min(texts.size(), most); ++i) {
    out += write(texts[i]);
  }
  return texts.size() > most ? out + fmt::format("<p class=\"quiet\">and {} more</p>", texts.size() - most) : out;
}

class ToDoList {
 public:
  explicit ToDoList(const HtmlReport& html) : html_(html), groups_(problem_groups(html.report)) {
    for (std::size_t i = 0; i < html.verdicts.size(); ++i) {
      rows_.emplace(html.verdicts[i], fmt::format("v{}", i));
    }
    for (std::size_t i = 0; i < html.findings.size(); ++i) {
      rows_.emplace(html.findings[i], fmt::format("f{}", i));
    }
  }

  std::string render() {
    if (groups_.empty()) {
      return "";
    }
    const bool broke = groups_.front().gravity < Gravity::kWarns;
    std::string out = fmt::format(
        "<section class=\"panel todo\" aria-labelledby=\"todo\"><h2 id=\"todo\">{} <span "
        "class=\"count\">{}</span></h2>\n"
        "<ol>\n",
        broke ? "What broke, and how to fix it" : "Warnings, and how to fix them",
        counted(groups_.size(), broke ? "problem" : "warning"));
    for (std::size_t i = 0; i < std::min(groups_.size(), kMostOpen); ++i) {
      out += item(groups_[i]);
    }
    return out + "</ol>\n" + more() + "</section>\n";
  }

 private:
  static std::string pill(Gravity gravity) { return html_pill(gravity, gravity_class(gravity)); }

  std::string link(const void* row, const std::string& name) const {
    const auto found = rows_.find(row);
    const std::string text = html_text(name, 120);
    return found == rows_.end() ? "<b>" + text + "</b>" : fmt::format("<a href=\"#{}\">{}</a>", found->second, text);
  }

  /// One budget or finding: its name leads to its row.
  std::string line(const Group& group, std::size_t index, const std::vector<GroupLine>& lines) const {
    const bool is_verdict = index < group.verdicts.size();
    const Finding* finding = is_verdict ? nullptr : group.findings[index - group.verdicts.size()];
    const std::string name =
        is_verdict ? budget_words(*group.verdicts[index]) : rule_title(finding->rule, html_.report.rules);
    const void* row = is_verdict ? static_cast<const void*>(group.verdicts[index]) : finding;
    const Gravity g = lines[index].gravity;
    const std::string other = g == group.gravity ? "" : std::string(gravity_class(g)) + ": ";
    return fmt::format("<p class=\"what\">{} <span>{}{}</span></p>", link(row, name), other,
                       html_text(lines[index].text, 400));
  }

  std::string lines_of(const Group& group) {
    const std::vector<GroupLine> lines = group_lines(group);
    const std::size_t at_once = std::min(lines.size(), kLinesAtOnce);
    std::string out;
    for (std::size_t i = 0; i < at_once; ++i) {
      out += line(group, i, lines);
    }
    if (lines.size() == at_once) {
      return out;
    }
    const std::size_t shown = std::min(lines.size() - at_once, kMostLines - std::min(kMostLines, lines_));
    lines_ += shown;
    out += fmt::format("<details class=\"also\"><summary>and {} more, none worse</summary>", lines.size() - at_once);
    for (std::size_t i = at_once; i < at_once + shown; ++i) {
      out += line(group, i, lines);
    }
    return out + rest(lines.size() - at_once - shown) + "</details>";
  }

  /// Where that is listed which has no room here.
  std::string rest(std::size_t count) const {
    if (count == 0) {
      return "";
    }
    const std::string budgets = html_.verdicts.empty() ? "" : "<a href=\"#verdicts\">all budgets</a>";
    const std::string findings = html_.findings.empty() ? "" : "<a href=\"#findings\">all findings</a>";
    return fmt::format("<p>{} more {} among {}; the json report lists all of them.</p>", count,
                       count == 1 ? "is" : "are",
                       budgets + (budgets.empty() || findings.empty() ? "" : " and ") + findings);
  }

  /// To what is behind its budgets and findings, each place once.
  std::vector<PageLink> links_of(const Group& group) const {
    std::vector<PageLink> links;
    std::set<std::string> known;
    const auto add = [&](const std::vector<PageLink>& more) {
      for (const PageLink& link : more) {
        // A row that is linked is in its group.
        const auto row = known.lower_bound(link.target + "-");
        const bool has_row = row != known.end() && row->starts_with(link.target + "-");
        if (links.size() < kMostLinks && !has_row && known.insert(link.target).second) {
          links.push_back(link);
        }
      }
    };
    for (std::size_t i = 0; i < std::min(group.findings.size(), kLinesAtOnce); ++i) {
      add(html_.links.of(*group.findings[i]));
    }
    for (std::size_t i = 0; i < std::min(group.verdicts.size(), kLinesAtOnce); ++i) {
      add(html_.links.of(*group.verdicts[i]));
    }
    return links;
  }

  std::string places_of(const Group& group) const {
    std::vector<std::string> places = group_places(group);
    const std::size_t all = places.size();
    std::string out;
    for (std::size_t i = 0; i < std::min(all, kMostLocations); ++i) {
      out += (i == 0 ? "" : ", ") + ("<code>" + html_text(places[i], 200) + "</code>");
    }
    out += all > kMostLocations ? fmt::format(" and {} more", all - kMostLocations) : "";
    return out.empty() ? "" : "<p class=\"at\">" + out + "</p>";
  }

  std::string item(const Group& group) {
    std::string out = fmt::format("<li class=\"{}\">{}<div>", gravity_class(group.gravity), pill(group.gravity));
    out += lines_of(group);
    out += first_of(group_actions(group, html_.report.rules), kMostActions, [](const std::string& text) {
      return "<p class=\"do\"><b>Fix</b> " + html_text(text, 400) + "</p>";
    });
    out += first_of(group_causes(group), kMostCauses,
                    [](const std::string& text) { return "<p class=\"cause\">" + html_text(text, 200) + "</p>"; });
    out += html_see(links_of(group)) + places_of(group) + "</div>";
    const auto with_bars = std::find_if(group.verdicts.begin(), group.verdicts.end(),
                                        [](const Verdict* verdict) { return bars_beside(*verdict).has_value(); });
    return out + (with_bars == group.verdicts.end() ? "" : html_beside(**with_bars)) + "</li>\n";
  }

  std::string in_short(const Group& group) const {
    const std::vector<GroupLine> lines = group_lines(group);
    const std::string more =
        lines.size() > 1 ? fmt::format(" <span class=\"quiet\">and {} more of it</span>", lines.size() - 1) : "";
    return "<li>" + line(group, 0, lines) + more + "</li>\n";
  }

  /// What is not seen at once.
  std::string more() {
    if (groups_.size() <= kMostOpen) {
      return "";
    }
    std::string out = fmt::format("<details class=\"more\"><summary>and {} more</summary>\n<ol start=\"{}\">\n",
                                  groups_.size() - kMostOpen, kMostOpen + 1);
    for (std::size_t i = kMostOpen; i < std::min(groups_.size(), kMostInFull); ++i) {
      out += item(groups_[i]);
    }
    out += "</ol>\n";
    if (groups_.size() > kMostInFull) {
      out += fmt::format("<ol class=\"short\" start=\"{}\">\n", kMostInFull + 1);
      for (std::size_t i = kMostInFull; i < std::min(groups_.size(), kMostInShort); ++i) {
        out += in_short(groups_[i]);
      }
      out += "</ol>\n";
    }
    return out + rest(groups_.size() - std::min(groups_.size(), kMostInShort)) + "</details>\n";
  }

  const HtmlReport& html_;
  std::vector<Group> groups_;
  std::unordered_map<const void*, std::string> rows_;  ///< ids of verdicts' and findings' rows
  std::size_t lines_ = 0;                              ///< in the page so far, of problems with many
};

}  // namespace

std::string html_to_do(const HtmlReport& html) { return ToDoList(html).render(); }

}  // namespace budgetcheck
