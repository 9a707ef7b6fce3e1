#include "cli/explain/explain_usage.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/explain/budgets_keys.h"
#include "cli/explain/text_page.h"
#include "collect/format.h"
#include "report/format.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kColumn = 14;

/// The commands that take the option, by what it means there.
struct Meaning {
  std::string value;
  std::string text;
  std::vector<std::string> commands;
};

std::vector<Meaning> meanings_of(std::string_view option_name) {
  std::vector<Meaning> meanings;
  for (const Command& command : all_commands()) {
    for (const Option& option : command.options) {
      if (!equals_ignoring_case(option.name, option_name)) {
        continue;
      }
      const std::string text = option.text + (option.repeatable ? "; may be repeated" : "");
      auto known = std::find_if(meanings.begin(), meanings.end(), [&](const Meaning& one) { return one.text == text; });
      if (known == meanings.end()) {
        known = meanings.insert(meanings.end(), {std::string(option.value), text, {}});
      }
      known->commands.emplace_back(command.name);
    }
  }
  return meanings;
}

void add_option(std::vector<std::string>& pages, const std::string& name) {
  const std::string own = lower(name == "-o" ? "output" : name.starts_with("--") ? name.substr(2) : name);
  for (const Meaning& meaning : meanings_of(own)) {
    TextPage page;
    page.line(fmt::format("Option --{}{}{}", own, meaning.value.empty() ? "" : " ", meaning.value));
    page.line();
    page.field("Of", join(meaning.commands, ", "), kColumn);
    page.field("Does", meaning.text, kColumn);
    page.field("More", fmt::format("budgetcheck help {}", meaning.commands.front()), kColumn);
    pages.push_back(page.str());
  }
}

void add_command(std::vector<std::string>& pages, const std::string& name) {
  for (const Command& command : all_commands()) {
    if (equals_ignoring_case(command.name, name)) {
      TextPage page;
      page.line(fmt::format("Command {}: {}", command.name, command.summary));
      if (!command.text.empty()) {
        page.line();
        page.text(command.text);
      }
      page.line();
      page.field("For example", command.examples.front(), kColumn);
      page.field("More", fmt::format("budgetcheck help {}", command.name), kColumn);
      pages.push_back(page.str());
    }
  }
}

void add_output(std::vector<std::string>& pages, const std::string& name) {
  for (const ReportFormat& format : report_formats()) {
    if (equals_ignoring_case(format.name, name)) {
      TextPage page;
      page.line(fmt::format("Output {}: {}", format.name, format.description));
      page.line();
      page.field("Written by", fmt::format("budgetcheck check --output {}=FILE", format.name), kColumn);
      page.field("Without FILE",
                 format.default_path.empty() ? "to standard output" : fmt::format("to {}", format.default_path),
                 kColumn);
      page.field("More", "docs/outputs.md", kColumn);
      pages.push_back(page.str());
    }
  }
}

void add_input(std::vector<std::string>& pages, const std::string& name) {
  for (const Format& format : formats()) {
    if (!format.page.empty() && equals_ignoring_case(format.name, name)) {
      TextPage page;
      page.line(fmt::format("Input {}{}{}", format.name, format.is_given_as.empty() ? "" : ": ", format.is_given_as));
      page.line();
      page.text(format.page);
      pages.push_back(page.str());
    }
  }
}

void add_key(std::vector<std::string>& pages, const std::string& name) {
  for (const BudgetsKey& key : budgets_keys()) {
    const std::size_t dot = key.path.rfind('.');
    const bool is_last =
        dot != std::string::npos && equals_ignoring_case(std::string_view(key.path).substr(dot + 1), name);
    if (!is_last && !equals_ignoring_case(key.path, name)) {
      continue;
    }
    TextPage page;
    page.line(fmt::format("Budgets file, {}{}{}", key.path, key.title.empty() ? "" : ": ", key.title));
    page.line();
    page.text(key.text);
    bool has_heading = false;
    for (const BudgetsKey& inner : budgets_keys()) {
      if (inner.path.starts_with(key.path + ".") && inner.path.find('.', key.path.size() + 1) == std::string::npos) {
        if (!std::exchange(has_heading, true)) {
          page.heading("May hold");
        }
        page.field(inner.path.substr(key.path.size() + 1), inner.text, 16, 2);
      }
    }
    pages.push_back(page.str());
  }
}

}  // namespace

std::vector<std::string> explain_usage(const std::string& name) {
  std::vector<std::string> pages;
  add_key(pages, name);
  add_command(pages, name);
  add_option(pages, name);
  add_output(pages, name);
  add_input(pages, name);
  return pages;
}

}  // namespace budgetcheck
