#include "cli/command_line/help_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "cli/explain/exit_text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLeft = 26;
constexpr std::size_t kWidth = 80;

/// "  left   right", the right column wrapped.
std::string row(const std::string& left, std::string_view right) {
  std::string out;
  std::string margin = "  " + left;
  if (margin.size() >= kLeft) {
    out = margin + "\n";
    margin.clear();
  }
  for (const std::string& line : wrap(right, kWidth - kLeft)) {
    margin.resize(kLeft, ' ');
    out += margin + line + "\n";
    margin.clear();
  }
  return out;
}

std::string paragraph(std::string_view text) { return join(wrap(text, kWidth), "\n") + "\n"; }

/// "exit codes: 0 within budgets, 1 failed, …", from the lowest.
std::string exit_codes() {
  std::vector<ExitText> texts = exit_texts();
  std::sort(texts.begin(), texts.end(), [](const ExitText& a, const ExitText& b) { return a.code < b.code; });
  std::vector<std::string> parts;
  for (const ExitText& text : texts) {
    parts.push_back(fmt::format("{} {}", static_cast<int>(text.code), text.title));
  }
  return paragraph(fmt::format("exit codes: {}", join(parts, ", ")));
}

std::string examples_of(const Command& command) {
  std::string out = "\nexamples:\n";
  for (const std::string_view example : command.examples) {
    out += fmt::format("  {}\n", example);
  }
  return out;
}

std::string options_of(const Command& command) {
  std::string out = "\noptions:\n";
  for (const Option& option : command.options) {
    const std::string text = option.text + (option.repeatable ? "; may be repeated" : "");
    out += row(fmt::format("--{}{}{}", option.name, option.value.empty() ? "" : " ", option.value), text);
  }
  return out + row("-h, --help", "show this help");
}

}  // namespace

std::string help_on_all(const std::vector<Command>& commands) {
  std::string out =
      "usage: budgetcheck [check] [INPUT...] [options]\n"
      "       budgetcheck COMMAND [options]\n\n"
      "Decides whether a change may land, from what CI already produces.\n\n"
      "commands:\n";
  for (const Command& command : commands) {
    out += row(std::string(command.name), command.summary);
  }
  out += examples_of(commands.front());
  out += "\nbudgetcheck help COMMAND shows what a command takes, with examples.\n\n";
  return out + exit_codes();
}

std::string help_on(const Command& command, bool is_default) {
  const std::string arguments = usage_of(command);
  std::string out = fmt::format("usage: budgetcheck {}{}{} [options]\n\n",
                                is_default ? fmt::format("[{}]", command.name) : std::string(command.name),
                                arguments.empty() ? "" : " ", arguments);
  out += paragraph(command.summary);
  if (!command.text.empty()) {
    out += "\n" + paragraph(command.text);
  }
  for (const Action& action : command.actions) {
    out += (&action == &command.actions.front() ? "\n" : "") +
           row(fmt::format("{}{}{}", action.name, action.usage.empty() ? "" : " ", action.usage), action.text);
  }
  out += examples_of(command) + options_of(command);
  return is_default ? out + "\n" + exit_codes() : out;
}

}  // namespace budgetcheck
