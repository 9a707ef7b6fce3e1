#include "cli/command_line/command.h"

#include "base/text.h"

namespace budgetcheck {

Arguments no_arguments() {
  return {"", 0, 0, [](const std::vector<std::string>&) {}};
}

Arguments one_argument(std::string_view usage, std::string& to, bool optional) {
  return {usage, optional ? 0U : 1U, 1, [&to](const std::vector<std::string>& arguments) {
            to = arguments.empty() ? std::string() : arguments.front();
          }};
}

Arguments two_arguments(std::string_view usage, std::string& first, std::string& second) {
  return {usage, 2, 2, [&first, &second](const std::vector<std::string>& arguments) {
            first = arguments.front();
            second = arguments.back();
          }};
}

Arguments any_arguments(std::string_view usage, std::vector<std::string>& to, std::size_t least) {
  return {usage, least, Arguments::kAnyNumber, [&to](const std::vector<std::string>& arguments) { to = arguments; }};
}

Arguments action_arguments(std::string& action, std::vector<std::string>& rest) {
  return {"", 1, Arguments::kAnyNumber, [&action, &rest](const std::vector<std::string>& arguments) {
            action = arguments.front();
            rest.assign(arguments.begin() + 1, arguments.end());
          }};
}

std::string usage_of(const Command& command) {
  std::vector<std::string> actions;
  for (const Action& action : command.actions) {
    actions.push_back(std::string(action.name) + (action.usage.empty() ? "" : " ") + std::string(action.usage));
  }
  return actions.empty() ? std::string(command.arguments.usage) : join(actions, "|");
}

}  // namespace budgetcheck
