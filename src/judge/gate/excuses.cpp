#include "judge/gate/excuses.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// As it may be pasted into the budgets file.
std::string yaml_word(const std::string& text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/*-";
  const std::string shown = printable(text);
  const bool is_plain = shown.find_first_not_of(kPlain) == std::string::npos;
  return is_plain ? shown : fmt::format("\"{}\"", replace_all(replace_all(shown, "\\", "\\\\"), "\"", "\\\""));
}

}  // namespace

const Loosened* Excuses::entry_for(const LoosenedSetting& loosened) const {
  const auto find = [&](const std::string& name) -> const Loosened* {
    const auto found = std::find_if(head_.loosened.begin(), head_.loosened.end(),
                                    [&](const Loosened& entry) { return !name.empty() && entry.setting == name; });
    return found == head_.loosened.end() ? nullptr : &*found;
  };
  const Loosened* own = find(loosened.setting);
  return own == nullptr ? find(loosened.whole) : own;
}

bool Excuses::is_of_the_base(const Loosened& entry) const {
  return std::any_of(base_.loosened.begin(), base_.loosened.end(), [&](const Loosened& was) {
    return was.setting == entry.setting && was.owner == entry.owner && was.reason == entry.reason &&
           was.expires == entry.expires;
  });
}

Excuses::Answer Excuses::judge(const LoosenedSetting& loosened) const {
  Answer answer;
  Verdict& verdict = answer.verdict;
  verdict.budget = loosened.setting;
  verdict.location = loosened.location;
  const Loosened* entry = entry_for(loosened);
  std::string fault = "gives no reason";
  if (entry != nullptr) {
    const bool is_over = !entry->expires.empty() && entry->expires < today_;
    fault = is_over                  ? "its reason has expired"
            : is_of_the_base(*entry) ? "its reason is that of an earlier change"
                                     : std::string();
  }
  if (fault.empty()) {
    answer.accepted = true;
    verdict.status = Status::kWarn;
    verdict.code = "GATE_LOOSENED";
    verdict.message = fmt::format("this change {}{} ({}: {})", loosened.what,
                                  entry->expires.empty() ? "" : ", until " + entry->expires, printable(entry->owner),
                                  printable(entry->reason));
    verdict.hint = "whoever owns the gate agrees by approving the change";
    verdict.owner = entry->owner;
    return answer;
  }
  verdict.status = loosened.level == Level::kError     ? Status::kFail
                   : loosened.level == Level::kWarning ? Status::kWarn
                                                       : Status::kPass;
  verdict.code = "GATE_LOOSENED_NO_REASON";
  verdict.message =
      fmt::format("this change {} and {}{}", loosened.what, fault, loosened.held.empty() ? "" : "; " + loosened.held);
  verdict.hint = fmt::format(
      "take it back, or say in the budgets file who loosens it and why: loosened: [{{ setting: {}, owner: …, reason: "
      "…, "
      "expires: YYYY-MM-DD }}]",
      yaml_word(loosened.setting));
  return answer;
}

Location Excuses::place_of(std::initializer_list<std::string_view> path) const {
  const json::Value* at = &head_.document;
  const json::Value* found = nullptr;
  for (const std::string_view key : path) {
    at = at == nullptr ? nullptr : at->find(key);
    found = at == nullptr ? found : at;
  }
  return found == nullptr ? Location::of(head_.path) : json::location_of(head_.path, *found);
}

}  // namespace budgetcheck
