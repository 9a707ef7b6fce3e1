#include "cli/init/project/script_commands.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostCommands = 500;
constexpr std::size_t kMostWords = 100;

/// What only starts another command.
bool is_runner(std::string_view word) {
  constexpr std::array<std::string_view, 12> kRunners{"npx",  "pnpm", "yarn", "bunx", "exec",   "dlx",
                                                      "time", "env",  "sudo", "run",  "dotenv", "cross-env"};
  return std::find(kRunners.begin(), kRunners.end(), word) != kRunners.end();
}

bool is_variable(std::string_view word) {
  const std::size_t sign = word.find('=');
  return sign != 0 && sign != std::string_view::npos && !word.starts_with("-") &&
         word.substr(0, sign).find_first_of("/.-") == std::string_view::npos;
}

class Splitter {
 public:
  Splitter(std::string_view script, std::vector<ScriptCommand>& to) : script_(script), to_(to) {}

  void run(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
      const char c = line[at];
      if (c == '\'' || c == '"') {
        const std::size_t end = std::min(line.find(c, at + 1), line.size());
        word_ += line.substr(at + 1, end - at - 1);
        at = end;
      } else if (c == ' ' || c == '\t' || c == '\n') {
        end_word();
      } else if (c == '&' || c == '|' || c == ';' || c == '(' || c == ')') {
        end_command();
      } else {
        word_ += c;
      }
    }
    end_command();
  }

 private:
  void end_word() {
    if (word_.empty()) {
      return;
    }
    const bool starts = command_.words.empty();
    if (starts && is_variable(word_)) {
      command_.variables.push_back(word_);
    } else if (!(starts && (is_runner(word_) || word_.starts_with("-"))) && command_.words.size() < kMostWords) {
      command_.words.push_back(word_);
    }
    word_.clear();
  }

  void end_command() {
    end_word();
    if (!command_.words.empty() && to_.size() < kMostCommands) {
      command_.script = script_;
      to_.push_back(std::move(command_));
    }
    command_ = {};
  }

  std::string_view script_;
  std::vector<ScriptCommand>& to_;
  ScriptCommand command_;
  std::string word_;
};

}  // namespace

bool ScriptCommand::runs(std::string_view command) const {
  std::size_t at = 0;
  for (const std::string_view wanted : split(command, ' ')) {
    while (at != 0 && at < words.size() && words[at].starts_with("-")) {
      ++at;
    }
    if (at >= words.size() || words[at] != wanted) {
      return false;
    }
    ++at;
  }
  return true;
}

std::string ScriptCommand::option(const std::vector<std::string_view>& names) const {
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string_view name : names) {
      const std::string_view word = words[i];
      if (word == name && i + 1 < words.size()) {
        return words[i + 1];
      }
      if (word.starts_with(name) && word.substr(name.size()).starts_with("=")) {
        return std::string(word.substr(name.size() + 1));
      }
    }
  }
  return {};
}

bool ScriptCommand::has_word(std::string_view word) const {
  return std::any_of(words.begin(), words.end(), [&](const std::string& own) {
    return own == word || (own.starts_with(word) && own.substr(word.size()).starts_with("="));
  });
}

std::string ScriptCommand::line() const { return join(words, " "); }

std::vector<ScriptCommand> script_commands(const json::Value& package) {
  std::vector<ScriptCommand> commands;
  const json::Value* scripts = package.find("scripts");
  if (scripts == nullptr || !scripts->is_object()) {
    return commands;
  }
  for (const bool is_build : {true, false}) {
    for (const json::Member& member : *scripts->object()) {
      const std::string* text = member.value.string();
      if (text != nullptr && (member.key == "build") == is_build) {
        Splitter(member.key, commands).run(*text);
      }
    }
  }
  return commands;
}

}  // namespace budgetcheck
