#include "report/words/group_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/number.h"
#include "base/text.h"
#include "budget/catalogue.h"
#include "report/words/cause_words.h"
#include "report/words/finding_words.h"
#include "report/words/printable.h"
#include "report/words/verdict_words.h"

namespace budgetcheck {
namespace {

void add_once(std::vector<std::string>& to, std::string text) {
  if (!text.empty() && std::find(to.begin(), to.end(), text) == to.end()) {
    to.push_back(std::move(text));
  }
}

/// A finding says what drives the metric up, with its fix: the general hint on the metric adds nothing.
bool is_explained(const Verdict& verdict, const Group& group) {
  return !group.findings.empty() && (verdict.code == "LIMIT_EXCEEDED" || verdict.code == "REGRESSED");
}

/// The hint says what its metric's row in the catalogue says of every budget on it.
bool is_general(const Verdict& verdict) {
  const std::optional<Metric> metric = shipped_metrics().find(verdict.metric);
  return metric && !metric->advice.empty() && verdict.hint == metric->advice;
}

/// The request of a capture, counted from 1 as viewers do.
std::optional<double> request_of(const Location& location) {
  constexpr std::string_view kEntry = "/log/entries/";
  const std::size_t entry = location.line == 0 ? location.pointer.find(kEntry) : std::string::npos;
  const auto number =
      entry == std::string::npos ? std::nullopt : parse_number(location.pointer.substr(entry + kEntry.size()));
  return number ? std::optional<double>(*number + 1) : std::nullopt;
}

/// A place that can be opened. A capture or a report of one line is opened as a whole.
std::string place_words(const Location& location) {
  return name_text(to_string(location.line == 0 ? Location::of(location.file) : location));
}

/// The requests that findings of `rule` are about: " (request 2, 6)".
std::string requests_of(const Group& group, const std::string& rule, const std::string& file) {
  std::vector<std::string> numbers;
  for (const Finding* finding : group.findings) {
    const std::optional<double> number = request_of(finding->location);
    if (number && finding->rule == rule && finding->location.file == file) {
      add_once(numbers, format_number(*number));
    }
  }
  constexpr std::size_t kMost = 5;
  const std::string more = numbers.size() > kMost ? ", …" : "";
  numbers.resize(std::min(numbers.size(), kMost));
  return numbers.empty() ? "" : fmt::format(" (request {}{})", join(numbers, ", "), more);
}

std::string budget_place(const Verdict& verdict) {
  if (verdict.location.file.empty()) {
    return {};
  }
  std::string names = budget_words(verdict);
  append_part(names, " ", name_text(verdict.owner));
  return fmt::format("{} {}", place_words(verdict.location), names);
}

void add_evidence_place(const Finding& finding, std::vector<std::string>& places, std::vector<std::string>& files) {
  const Evidence& e = finding.evidence;
  if (e.input.empty() || (e.input == finding.location.file && e.line == finding.location.line)) {
    return;
  }
  files.push_back(e.input);
  const bool is_told = e.route.empty() || message_words(finding).find(name_text(e.route)) != std::string::npos;
  add_once(places, place_words({e.input, e.line, 0, {}}) + (is_told ? "" : " on " + name_text(e.route)));
}

}  // namespace

namespace {

/// "not measured: dist: there is no such file (4 budgets: a, b, c and 1 more)".
std::string unmeasured_line(const Group& group) {
  constexpr std::size_t kMostNamed = 3;
  std::vector<std::string> budgets = group_budgets(group);
  const std::size_t all = budgets.size();
  budgets.resize(std::min(all, kMostNamed));
  const std::string more = all > budgets.size() ? fmt::format(" and {} more", all - budgets.size()) : "";
  return fmt::format("{} ({}: {}{})", message_words(*group.verdicts.front()), counted(all, "budget"),
                     join(budgets, ", "), more);
}

}  // namespace

std::string verdict_line(const Verdict& verdict) {
  const std::string numbers = numbers_sentence(verdict);
  // The numbers say everything of a broken limit; every other code has its own sentence, with the numbers in it.
  const bool are_enough = verdict.code == "LIMIT_EXCEEDED" && !numbers.empty();
  return subject_words(verdict) + ": " + (are_enough ? numbers : message_words(verdict));
}

std::vector<GroupLine> group_lines(const Group& group) {
  std::vector<GroupLine> lines;
  const auto says_the_same = [&](const Verdict* verdict) {
    return is_unmeasured(*verdict) && verdict->message == group.verdicts.front()->message;
  };
  if (group.verdicts.size() > 1 && std::all_of(group.verdicts.begin(), group.verdicts.end(), says_the_same)) {
    lines.push_back({group.gravity, unmeasured_line(group)});
  } else {
    for (const Verdict* verdict : group.verdicts) {
      lines.push_back({gravity(*verdict), verdict_line(*verdict)});
    }
  }
  for (const Finding* finding : group.findings) {
    const bool is_worse = finding->state == FindingState::kWorse;
    lines.push_back({gravity(*finding),
                     message_words(*finding) + (is_worse ? fmt::format(" ({})", state_words(finding->state)) : "")});
  }
  return lines;
}

std::vector<std::string> group_actions(const Group& group, const RuleSet& rules) {
  std::vector<std::string> actions;
  for (const Finding* finding : group.findings) {
    add_once(actions, next_step(*finding, rules));
  }
  // What is known of one tool's measurement is true of the other's.
  const bool is_general_enough = actions.empty() && std::all_of(group.verdicts.begin(), group.verdicts.end(),
                                                                [](const Verdict* v) { return is_general(*v); });
  for (const Verdict* verdict : group.verdicts) {
    if (!is_explained(*verdict, group) && (is_general_enough || group.is_list || !is_general(*verdict))) {
      add_once(actions, next_step(*verdict));
    }
  }
  return actions;
}

std::vector<std::string> group_causes(const Group& group) {
  std::vector<std::string> causes;
  for (const Verdict* verdict : group.verdicts) {
    for (std::string& line : cause_lines(*verdict)) {
      add_once(causes, std::move(line));
    }
  }
  return causes;
}

std::vector<std::string> group_places(const Group& group) {
  std::vector<std::string> places;
  std::vector<std::string> files;  // that findings name: what was measured there needs no place of its own
  for (const Finding* finding : group.findings) {
    if (!finding->location.file.empty()) {
      files.push_back(finding->location.file);
      add_once(places,
               fmt::format("{}{} {}", place_words(finding->location),
                           requests_of(group, finding->rule, finding->location.file), name_text(finding->rule)));
    }
    add_evidence_place(*finding, places, files);
  }
  for (const Verdict* verdict : group.verdicts) {
    const Location& measured = verdict->sample_location;
    if (!measured.file.empty() && std::find(files.begin(), files.end(), measured.file) == files.end()) {
      add_once(places, measured.pointer.empty() ? place_words(measured) : name_text(measured.file));
    }
  }
  for (const Verdict* verdict : group.verdicts) {
    add_once(places, budget_place(*verdict));
  }
  return places;
}

std::vector<std::string> group_budgets(const Group& group) {
  std::vector<std::string> budgets;
  for (const Verdict* verdict : group.verdicts) {
    add_once(budgets, verdict->budget == "*" ? "" : name_text(verdict->budget));
  }
  return budgets;
}

std::vector<std::string> group_rules(const Group& group) {
  std::vector<std::string> rules;
  for (const Finding* finding : group.findings) {
    add_once(rules, name_text(finding->rule));
  }
  return rules;
}

std::vector<std::string> group_reasons(const Group& group) {
  std::vector<std::string> reasons;
  for (const Verdict* verdict : group.verdicts) {
    add_once(reasons, sentence_text(verdict->why));
  }
  return reasons;
}

}  // namespace budgetcheck
