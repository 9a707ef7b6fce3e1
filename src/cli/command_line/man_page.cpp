#include "cli/command_line/man_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "cli/explain/exit_text.h"

namespace budgetcheck {
namespace {

/// Text of a page: a backslash and a dash mean something in it, and a point or a quote at the beginning of a line.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : ascii(text)) {
    out += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  }
  return out.starts_with('.') || out.starts_with('\'') ? "\\&" + out : out;
}

std::string bold(std::string_view text) { return fmt::format("\\fB{}\\fR", roff(text)); }
std::string italic(std::string_view text) { return text.empty() ? "" : fmt::format("\\fI{}\\fR", roff(text)); }

/// A term in the margin and what it means.
std::string item(const std::string& term, std::string_view text) {
  return fmt::format(".TP\n{}\n{}\n", term, roff(text));
}

std::string with_space(const std::string& text) { return text.empty() ? text : " " + text; }

std::string command_section(const Command& command, bool is_default) {
  std::string out = fmt::format(".SS {}\n", roff(command.name));
  out += fmt::format("{} {}{} [\\fIoptions\\fR]\n.PP\n", bold("budgetcheck"),
                     is_default ? "[" + bold(command.name) + "]" : bold(command.name),
                     with_space(italic(usage_of(command))));
  out += roff(command.summary) + ".\n";
  if (!command.text.empty()) {
    out += fmt::format(".PP\n{}\n", roff(command.text));
  }
  for (const Action& action : command.actions) {
    out += item(bold(action.name) + with_space(italic(action.usage)), action.text);
  }
  for (const Option& option : command.options) {
    out += item(bold(fmt::format("--{}", option.name)) + with_space(italic(option.value)),
                option.text + (option.repeatable ? "; may be repeated" : ""));
  }
  out += ".PP\nFor example:\n.PP\n.nf\n";
  for (const std::string_view example : command.examples) {
    out += fmt::format(".RS 4\n{}\n.RE\n", roff(example));
  }
  return out + ".fi\n";
}

std::string exit_codes() {
  std::string out = ".SH EXIT STATUS\nWhen several hold, the first of this list wins.\n";
  for (const ExitText& text : exit_texts()) {
    out += item(bold(fmt::format("{}", static_cast<int>(text.code))), fmt::format("{}. {}", text.title, text.sentence));
  }
  return out;
}

}  // namespace

std::string man_page(const std::vector<Command>& commands) {
  std::string out =
      ".\\\" Made by `budgetcheck explain --docs docs` from the table of commands.\n"
      ".TH BUDGETCHECK 1 \"\" \"budgetcheck\" \"User Commands\"\n"
      ".SH NAME\n"
      "budgetcheck \\- decides in CI whether a change may land\n"
      ".SH SYNOPSIS\n"
      "\\fBbudgetcheck\\fR [\\fBcheck\\fR] [\\fIINPUT...\\fR] [\\fIoptions\\fR]\n"
      ".br\n"
      "\\fBbudgetcheck\\fR \\fICOMMAND\\fR [\\fIoptions\\fR]\n"
      ".SH DESCRIPTION\n"
      "It reads what CI already produces (Lighthouse results, bundle stats, HAR captures, access logs, query logs),\n"
      "measures it against one budgets file in git, and says what broke, where, by how much, and what to do about it.\n"
      ".SH COMMANDS\n";
  for (const Command& command : commands) {
    out += command_section(command, &command == &commands.front());
  }
  out += ".PP\nEach of them takes " + bold("--help") + ".\n";
  out += exit_codes();
  out +=
      ".SH FILES\n"
      ".TP\n"
      "\\fIbudgets.yml\\fR\n"
      "The budgets file, also as .yaml, .json or .jsonc, in the working directory or in a folder above it.\n"
      ".SH SEE ALSO\n"
      "\\fBbudgetcheck explain\\fR shows what a rule, a metric, a verdict or an option means.\n";
  return out;
}

}  // namespace budgetcheck
