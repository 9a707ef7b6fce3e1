#include "judge/change/waivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "base/date.h"
#include "base/text.h"
#include "base/units.h"
#include "budget/select.h"

namespace budgetcheck {
namespace {

constexpr long kDaysOfWarning = 14;
constexpr long kLongestDays = 90;

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

/// A waiver answers for what the value does, not for what the change does to the budgets file.
bool is_breach(const Verdict& v) {
  return is_one_of(v.code, {"LIMIT_EXCEEDED", "REGRESSED", "REGRESSED_CONFIRMED", "PREEXISTING_BREACH"}) &&
         v.status != Status::kPass;
}

/// Not known to be a breach; with a waiver that accepts the value it need not be known.
bool may_be_breach(const Verdict& v) { return is_one_of(v.code, {"LIMIT_STRADDLED", "RERUN"}); }

bool is_over(const Waiver& waiver, const Verdict& v) {
  return waiver.ceiling && v.value && (v.limit_is_min ? *v.value < *waiver.ceiling : *v.value > *waiver.ceiling);
}

const Waiver* waiver_for(const std::vector<Waiver>& waivers, const Verdict& v) {
  const Waiver* best = nullptr;
  for (const Waiver& waiver : waivers) {
    const bool fits = waiver.budget == v.budget && where_matches(waiver.where, v.where);
    if (fits && (best == nullptr || waiver.where.size() > best->where.size())) {
      best = &waiver;
    }
  }
  return best;
}

std::string accepted_by(const Waiver& waiver) { return printable(waiver.owner) + ": " + printable(waiver.reason); }

void apply(const Waiver& waiver, const std::string& today, Verdict& v) {
  const bool breach = is_breach(v);
  if (!waiver.missing.empty()) {
    v.status = Status::kError;
    v.code = "WAIVER_INCOMPLETE";
    v.message = fmt::format("the waiver has no {}{}", join(waiver.missing, " and no "),
                            breach ? ", so it accepts nothing: " + v.message : "");
    v.hint = "a waiver names an owner, a reason and the last day on which it holds";
    v.location = waiver.location;
    return;
  }
  if (!breach && !may_be_breach(v)) {
    return;
  }
  const Status failed = v.status == Status::kWarn && v.code != "PREEXISTING_BREACH" ? Status::kWarn : Status::kFail;
  if (waiver.expires < today) {
    if (breach) {
      v.status = failed;
      v.code = "WAIVER_EXPIRED";
      v.message += fmt::format("; its waiver expired on {} ({})", waiver.expires, accepted_by(waiver));
      v.hint = "fix it, or renew the waiver with a new date and reason";
    }
  } else if (is_over(waiver, v)) {
    if (breach) {
      v.status = failed;
      v.code = "WAIVER_CEILING";
      v.message += fmt::format("; its waiver accepts only up to {} ({})",
                               format_quantity(*waiver.ceiling, v.unit, *v.value), accepted_by(waiver));
      v.hint =
          fmt::format("bring it below the waiver's ceiling, or have the ceiling raised by {}", printable(waiver.owner));
    }
  } else {
    v.status = Status::kWaived;
    v.code = "WAIVED";
    v.message +=
        fmt::format("; accepted until {}{} ({})", waiver.expires,
                    waiver.ceiling ? " up to " + format_quantity(*waiver.ceiling, v.unit) : "", accepted_by(waiver));
    v.hint.clear();
  }
}

/// An incomplete waiver makes its budget an error even where nothing broke, and where nothing was judged.
void report_unused_incomplete(const Waiver& waiver, std::vector<Verdict>& verdicts) {
  Verdict verdict;
  verdict.budget = waiver.budget;
  verdict.where = waiver.where;
  verdict.status = Status::kError;
  verdict.code = "WAIVER_INCOMPLETE";
  verdict.message = "the waiver has no " + join(waiver.missing, " and no ");
  verdict.hint = "a waiver names an owner, a reason and the last day on which it holds";
  verdict.location = waiver.location;
  verdicts.push_back(std::move(verdict));
}

std::string life_note(const Waiver& waiver, long today) {
  const std::string name = "the waiver for '" + printable(waiver.budget) + "'";
  const auto last_day = day_number(waiver.expires);
  if (!last_day || *last_day < today) {
    return {};
  }
  const long left = *last_day - today;
  if (left <= kDaysOfWarning) {
    const std::string end = left == 0 ? "today" : "in " + counted(static_cast<std::size_t>(left), "day");
    return fmt::format("{} ends {} ({}, {})", name, end, waiver.expires, printable(waiver.owner));
  }
  if (left > kLongestDays) {
    return fmt::format("{} is valid for {} more days: let it end within {} days, or raise the limit instead", name,
                       left, kLongestDays);
  }
  return {};
}

}  // namespace

std::vector<std::string> apply_waivers(const std::vector<Waiver>& waivers, const std::string& today,
                                       std::vector<Verdict>& verdicts) {
  std::vector<std::string> notes;
  std::set<const Waiver*> used;
  std::set<std::string_view> judged;
  for (Verdict& verdict : verdicts) {
    const Waiver* waiver = waiver_for(waivers, verdict);
    if (waiver == nullptr) {
      continue;
    }
    if (verdict.value) {
      judged.insert(waiver->budget);
    }
    const bool needed = is_breach(verdict) || may_be_breach(verdict);
    const bool first_incomplete = !waiver->missing.empty() && !used.contains(waiver);
    if (needed || first_incomplete) {
      apply(*waiver, today, verdict);
      used.insert(waiver);
    }
  }
  const std::optional<long> day = day_number(today);
  for (const Waiver& waiver : waivers) {
    const bool is_used = used.contains(&waiver);
    if (!waiver.missing.empty()) {
      if (!is_used) {
        report_unused_incomplete(waiver, verdicts);
      }
    } else if (!is_used && judged.contains(waiver.budget)) {
      notes.push_back(
          fmt::format("the waiver for '{}' is no longer needed: nothing that it accepts is broken, so remove it",
                      printable(waiver.budget)));
    } else if (std::string note = day ? life_note(waiver, *day) : ""; !note.empty()) {
      notes.push_back(std::move(note));
    }
  }
  return notes;
}

}  // namespace budgetcheck
