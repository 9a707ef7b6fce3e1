#include "collect/account.h"

#include <fmt/format.h>

#include <utility>

#include "base/text.h"

namespace budgetcheck {

Account::Account(Input& input, std::size_t at_most)
    : input_(input), at_most_(at_most), said_(input.message.empty() ? 0 : 1), shown_(input.message.size()) {}

void Account::incomplete(std::string_view text, std::string_view hint) {
  input_.state = InputState::kIncomplete;
  note(text, hint);
}

void Account::incomplete(std::string_view text, std::string_view hint, std::string_view metric, Location location,
                         Facts& facts) {
  incomplete(text, hint);
  facts.unmeasured.push_back(
      {std::string(metric), {}, std::string(text), std::string(hint), std::move(location), true});
}

void Account::note(std::string_view text, std::string_view hint) {
  if (input_.hint.empty()) {
    input_.hint = hint;
  }
  ++said_;
  if (said_ > at_most_) {
    input_.message.resize(shown_);
    input_.message += "; " + counted(said_ - at_most_, "more note");
    return;
  }
  if (!input_.message.empty()) {
    input_.message += "; ";
  }
  input_.message += text;
  shown_ = input_.message.size();
}

void describe_unreadable(const Error& error, std::string_view hint, Input& input) {
  input.state = InputState::kUnreadable;
  input.hint = error.hint.empty() ? std::string(hint) : error.hint;
  const Location& at = error.location;
  input.message = at.line == 0     ? error.message
                  : at.column == 0 ? fmt::format("{} (line {})", error.message, at.line)
                                   : fmt::format("{} (line {}, column {})", error.message, at.line, at.column);
}

}  // namespace budgetcheck
