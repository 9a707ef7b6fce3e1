#include "cli/hook/hook_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <vector>

#include "base/file_system.h"
#include "base/platform/output_file.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/git_program.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "# budgetcheck hook";
constexpr std::string_view kBegin = "# budgetcheck hook: begin";
constexpr std::string_view kEnd = "# budgetcheck hook: end";
constexpr const char* kBefore = "pre-push.before-budgetcheck";
constexpr std::string_view kProgramLine = "installed=";

constexpr std::string_view kRun = "budgetcheck hook run";
constexpr std::string_view kIn = " --in ";

/// " --in apps/web": where the hook is to look, for a command line. The top alone needs no word.
std::string folders_words(const std::vector<std::string>& folders) {
  std::string out;
  if (folders != std::vector<std::string>{"."}) {
    for (const std::string& folder : folders) {
      out += std::string(kIn) + shell_word(folder);
    }
  }
  return out;
}

/// The part that finds the program and runs it, `feed` giving it git's lines.
std::string call(const std::string& feed, const std::vector<std::string>& folders) {
  const std::string words = folders_words(folders);
  return "if command -v budgetcheck >/dev/null 2>&1; then\n  " + feed + "budgetcheck hook run" + words +
         " \"$@\"\n"
         "elif [ -x ./node_modules/.bin/budgetcheck ]; then\n  " +
         feed + "./node_modules/.bin/budgetcheck hook run" + words + " \"$@\"\n";
}

constexpr std::string_view kNotThere =
    "else\n"
    "  echo \"budgetcheck: the program is not on PATH, so nothing was checked before this push\" >&2\n"
    "fi\n";

/// For a script that others wrote: standard input may have been read before.
std::string husky_block(const std::vector<std::string>& folders) {
  return std::string(kBegin) + "\n" + call("", folders) + std::string(kNotThere) + std::string(kEnd) + "\n";
}

struct Place {
  std::string top;          ///< of the working tree
  std::string folder;       ///< of hooks, as git will look for them
  std::string own;          ///< the repository's own folder, shared by its working trees
  bool configured = false;  ///< core.hooksPath is set
};

/// What git answers; nothing: it refuses, or cannot be run.
std::optional<std::string> ask_git(const std::string& folder, const std::vector<std::string>& arguments) {
  const GitRun ran = GitProgram(folder, process_variables(), true).run(arguments);
  return ran.ok ? std::optional<std::string>(trim(ran.output)) : std::nullopt;
}

std::string absolute(const std::string& folder, const std::string& path) {
  return path.starts_with('/') ? path : join_path(folder, path);
}

Expected<Place> find_place() {
  const auto top = ask_git(".", {"rev-parse", "--show-toplevel"});
  if (!top || top->empty()) {
    return fail(ErrorKind::kUsage, "this is not in the working tree of a git repository", {},
                "run it in the clone that you push from, and check that git is installed");
  }
  const auto folder = ask_git(*top, {"rev-parse", "--git-path", "hooks"});
  const auto own = ask_git(*top, {"rev-parse", "--git-common-dir"});
  if (!folder || !own) {
    return fail(ErrorKind::kUsage, "git does not say where its hooks are", {}, "try: git rev-parse --git-path hooks");
  }
  const auto configured = ask_git(*top, {"config", "--get", "core.hooksPath"});
  return Place{*top, absolute(*top, *folder), absolute(*top, *own), configured && !configured->empty()};
}

bool is_below(const std::string& path, const std::string& folder) {
  return relative_to(path, folder) != path || path == folder;
}

std::optional<std::string> read_text(const fs::path& path) {
  constexpr std::uintmax_t kMost = 1 << 20;
  std::error_code code;
  if (!fs::is_regular_file(path, code) || fs::file_size(path, code) > kMost) {
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Expected<void> write_script(const fs::path& path, const std::string& text) {
  constexpr unsigned kForAllToRun = 0755;
  // At once: a hook that is half written would stop every push.
  if (const SystemResult<> written = replace_file(path.string(), text, kForAllToRun, Missing::kMade); !written) {
    return fail(ErrorKind::kOutput, fmt::format("cannot write '{}': {}", printable(path.string()), written.error()), {},
                "check that its folder may be written");
  }
  return {};
}

/// Said where it is not the whole repository.
std::string guards_words(const std::vector<std::string>& folders) {
  return folders == std::vector<std::string>{"."} ? std::string() : fmt::format("it guards {}; ", join(folders, ", "));
}

std::string skip_words() { return "skip it once with git push --no-verify or BUDGETCHECK_SKIP=1 git push"; }

/// A tool that owns the hooks by a file of its own: that file is the team's to change.
struct Manager {
  std::string name;
  std::vector<std::string> files;
  std::string lines;  ///< to be added
  std::string then;   ///< what to run after that
};

std::vector<Manager> managers(const std::string& words) {
  return {{"lefthook",
           {"lefthook.yml", ".lefthook.yml", "lefthook.yaml", ".lefthook.yaml", ".config/lefthook.yml", "lefthook.toml",
            "lefthook.json"},
           "pre-push:\n  commands:\n    budgetcheck:\n      run: budgetcheck hook run" + words +
               " {1} {2}\n      use_stdin: true\n",
           "lefthook install"},
          {"pre-commit",
           {".pre-commit-config.yaml"},
           "  - repo: local\n    hooks:\n      - id: budgetcheck\n        name: budgetcheck\n"
           "        entry: budgetcheck hook run" +
               words +
               "\n        language: system\n        stages: [pre-push]\n"
               "        always_run: true\n        pass_filenames: false\n        verbose: true\n",
           "pre-commit install --hook-type pre-push"}};
}

std::optional<HookChange> by_manager(const Place& place, const std::vector<std::string>& folders) {
  const std::string words = folders_words(folders);
  for (const Manager& manager : managers(words)) {
    for (const std::string& file : manager.files) {
      const auto text = read_text(fs::path(place.top) / file);
      if (!text) {
        continue;
      }
      const bool runs = text->find(kRun) != std::string::npos || text->find("id: budgetcheck") != std::string::npos;
      if (runs && text->find(words) == std::string::npos) {
        return HookChange{
            kExitUsage, fmt::format("{} runs it, in {}, and not for what is here; put these words behind '{}' there:{}",
                                    manager.name, file, kRun, words)};
      }
      if (runs) {
        return HookChange{kExitPass,
                          fmt::format("{} runs it: it is in {} (after: {})", manager.name, file, manager.then)};
      }
      return HookChange{kExitUsage, fmt::format("{} manages the hooks of this repository, in {}, which is your team's "
                                                "to change; add these lines to it:\n\n{}\nand then run: {}",
                                                manager.name, file, manager.lines, manager.then)};
    }
  }
  return std::nullopt;
}

/// Where husky looks for hooks; nothing: it is not used here.
std::optional<std::string> husky_folder(const Place& place) {
  const std::string folder = join_path(place.top, ".husky");
  std::error_code code;
  const bool there = fs::is_directory(folder, code);
  const bool active = place.folder == folder || place.folder == folder + "/_";
  return active || (there && !place.configured) ? std::optional<std::string>(folder) : std::nullopt;
}

std::string without_block(const std::string& text) {
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = begin == std::string::npos ? begin : text.find(kEnd, begin);
  if (end == std::string::npos) {
    return text;
  }
  const std::size_t after = text.find('\n', end);
  return text.substr(0, begin) + (after == std::string::npos ? "" : text.substr(after + 1));
}

Expected<HookChange> install_in_husky(const Place& place, const std::string& folder, const HookScope& scope) {
  const fs::path path = fs::path(folder) / "pre-push";
  const auto old = read_text(path);
  const std::vector<std::string> before = old ? guarded_by(*old) : std::vector<std::string>();
  const std::vector<std::string> folders = guarded_with(before, scope);
  if (old && old->find(kBegin) != std::string::npos && before == folders) {
    return HookChange{kExitPass, "it is in .husky/pre-push already"};
  }
  std::error_code code;
  if (fs::is_symlink(path, code)) {  // its text would be copied into a file that people are told to commit
    return HookChange{kExitUsage, ".husky/pre-push is a link, so nothing was written; put the file itself there"};
  }
  std::string text = old ? without_block(*old) : "#!/bin/sh\n";
  text += text.ends_with('\n') ? "" : "\n";
  if (const auto written = write_script(path, text + husky_block(folders)); !written) {
    return tl::unexpected(written.error());
  }
  const bool active = place.folder.starts_with(folder);
  return HookChange{
      kExitPass,
      fmt::format("check runs before each push: {} .husky/pre-push, which husky runs; commit that file, it is for the "
                  "whole team; {}{}{}",
                  old ? "added to" : "written as", guards_words(folders), skip_words(),
                  active ? "" : ". husky is not active in this clone yet: run its prepare script (npm install)")};
}

/// A hook script of ours, as it was written and not edited since.
bool is_own(const std::string& text) {
  const std::size_t at = text.find("\n" + std::string(kProgramLine));
  if (text.find(kMark) == std::string::npos || at == std::string::npos) {
    return false;
  }
  const std::size_t begin = at + 1 + kProgramLine.size();
  const std::string word = text.substr(begin, text.find('\n', begin) - begin);
  std::string script = hook_script("", guarded_by(text));
  const std::string empty = std::string(kProgramLine) + shell_word("") + "\n";
  return text == replace_all(script, empty, std::string(kProgramLine) + word + "\n");
}

std::string one_line(const std::string& path, const std::vector<std::string>& folders) {
  return fmt::format("add this line to '{}' yourself:\n\n  budgetcheck hook run{} \"$@\"\n", printable(path),
                     folders_words(folders));
}

}  // namespace

std::vector<std::string> guarded_with(const std::vector<std::string>& before, const HookScope& scope) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& folder) {
    const bool is_named = scope.top_has_budgets && std::find(scope.apps_of_top.begin(), scope.apps_of_top.end(),
                                                             folder) != scope.apps_of_top.end();
    const bool is_guarded_by_top = is_named && std::find(out.begin(), out.end(), ".") != out.end();
    if (!is_guarded_by_top && std::find(out.begin(), out.end(), folder) == out.end()) {
      out.push_back(folder);
    }
  };
  const auto has_top = [](const std::vector<std::string>& folders) {
    return std::find(folders.begin(), folders.end(), ".") != folders.end();
  };
  // A hook of the top without a budgets file there guarded nothing.
  if (scope.folder == "." || (has_top(before) && scope.top_has_budgets)) {
    add(".");
  }
  for (const std::string& folder : before) {
    if (folder != ".") {
      add(folder);
    }
  }
  add(scope.folder);
  return out;
}

std::vector<std::string> guarded_by(const std::string& script) {
  const std::size_t at = script.find(kRun);
  if (at == std::string::npos) {
    return {};
  }
  std::string_view rest = std::string_view(script).substr(at + kRun.size());
  rest = rest.substr(0, rest.find('\n'));
  std::vector<std::string> out;
  while (rest.starts_with(kIn)) {
    rest.remove_prefix(kIn.size());
    std::size_t end = rest.find(' ');
    if (rest.starts_with('\'')) {  // as shell_word() quotes
      end = rest.find("' ");
      end = end == std::string_view::npos ? end : end + 1;
    }
    std::string word(rest.substr(0, end));
    if (word.size() > 1 && word.starts_with('\'') && word.ends_with('\'')) {
      word = replace_all(word.substr(1, word.size() - 2), "'\\''", "'");
    }
    out.push_back(std::move(word));
    rest.remove_prefix(std::min(end, rest.size()));
  }
  return out.empty() ? std::vector<std::string>{"."} : out;
}

std::string hook_script(const std::string& program, const std::vector<std::string>& folders) {
  return "#!/bin/sh\n" + std::string(kMark) +
         ": written by 'budgetcheck hook install', taken away by 'budgetcheck hook uninstall'.\n"
         "# Skip it once: git push --no-verify, or BUDGETCHECK_SKIP=1 git push\n" +
         std::string(kProgramLine) + shell_word(program) +
         "\n"
         "before=$(dirname -- \"$0\")/" +
         kBefore +
         "\n"
         "lines=$(cat)\n"
         "feed() { [ -z \"$lines\" ] || printf '%s\\n' \"$lines\"; }\n"
         "if [ -x \"$before\" ]; then\n"
         "  feed | \"$before\" \"$@\" || exit $?\n"
         "fi\n" +
         call("feed | ", folders) +
         "elif [ -n \"$installed\" ] && [ -x \"$installed\" ]; then\n"
         "  feed | \"$installed\" hook run" +
         folders_words(folders) + " \"$@\"\n" + std::string(kNotThere);
}

Expected<HookChange> install_hook(const std::string& program, const HookScope& scope) {
  const Expected<Place> place = find_place();
  if (!place) {
    return tl::unexpected(place.error());
  }
  if (const auto husky = husky_folder(*place)) {
    return install_in_husky(*place, *husky, scope);
  }
  if (auto managed = by_manager(*place, {scope.folder})) {
    return *managed;
  }
  const fs::path path = fs::path(place->folder) / "pre-push";
  const bool shared = !is_below(place->folder, place->own) && !is_below(place->folder, place->top);
  std::error_code code;
  const bool exists = fs::exists(fs::symlink_status(path, code));
  const bool in_tree = !is_below(place->folder, place->own);
  const auto old = read_text(path);
  const bool ours = old && old->find(kMark) != std::string::npos;
  const std::vector<std::string> folders = guarded_with(ours ? guarded_by(*old) : std::vector<std::string>(), scope);
  if (old && !ours && old->find(std::string(kRun) + folders_words({scope.folder})) != std::string::npos) {
    return HookChange{kExitPass, fmt::format("'{}' runs it already", printable(path.string()))};
  }
  if (shared) {
    return HookChange{
        kExitUsage,
        fmt::format("core.hooksPath is '{}', which other repositories use as well, so nothing was written there; {}",
                    printable(place->folder), one_line(path.string(), folders))};
  }
  if (exists && !ours && in_tree) {
    return HookChange{kExitUsage,
                      fmt::format("the hooks of this repository are files of its own (core.hooksPath), and there is "
                                  "one already; {}",
                                  one_line(path.string(), folders))};
  }
  const fs::path before = fs::path(place->folder) / kBefore;
  if (ours && !is_own(*old)) {
    return HookChange{kExitUsage,
                      fmt::format("'{}' was written by budgetcheck and edited since; take your lines out of it and run "
                                  "budgetcheck hook install again",
                                  printable(path.string()))};
  }
  if (exists && !ours) {
    if (fs::exists(fs::symlink_status(before, code))) {
      return HookChange{kExitUsage,
                        fmt::format("'{}' is there already, so the present hook cannot be kept beside it; move one of "
                                    "them away",
                                    printable(before.string()))};
    }
    fs::rename(path, before, code);
    if (code) {
      return fail(ErrorKind::kOutput, fmt::format("cannot rename '{}': {}", printable(path.string()), code.message()));
    }
  }
  if (const auto written = write_script(path, hook_script(program, folders)); !written) {
    if (exists && !ours) {
      fs::rename(before, path, code);
    }
    return tl::unexpected(written.error());
  }
  return HookChange{
      kExitPass,
      fmt::format("check runs before each push of this clone: written as '{}'{}{}; {}{}", printable(path.string()),
                  exists && !ours ? fmt::format("; the hook that was there runs first, from '{}'", kBefore) : "",
                  in_tree ? "; that folder is part of the repository: commit it, it is for the whole team" : "",
                  guards_words(folders), skip_words())};
}

Expected<HookChange> uninstall_hook() {
  const Expected<Place> place = find_place();
  if (!place) {
    return tl::unexpected(place.error());
  }
  std::error_code code;
  if (const auto husky = husky_folder(*place)) {
    const fs::path path = fs::path(*husky) / "pre-push";
    const auto text = read_text(path);
    if (!text || text->find(kBegin) == std::string::npos) {
      return HookChange{kExitPass, "there is nothing of budgetcheck in .husky/pre-push"};
    }
    const std::string rest = without_block(*text);
    if (trim(rest).empty() || trim(rest) == "#!/bin/sh") {
      fs::remove(path, code);
      return HookChange{kExitPass, ".husky/pre-push is removed: nothing else was in it"};
    }
    if (const auto written = write_script(path, rest); !written) {
      return tl::unexpected(written.error());
    }
    return HookChange{kExitPass, "taken out of .husky/pre-push"};
  }
  const fs::path path = fs::path(place->folder) / "pre-push";
  const auto text = read_text(path);
  if (!text || text->find(kMark) == std::string::npos) {
    if (const auto managed = by_manager(*place, {"."}); managed && managed->exit_code == kExitPass) {
      return HookChange{kExitUsage, fmt::format("{}; take its lines out of that file", managed->text)};
    }
    return HookChange{kExitPass, fmt::format("there is no hook of budgetcheck in '{}'", printable(place->folder))};
  }
  if (!is_own(*text)) {
    return HookChange{kExitUsage,
                      fmt::format("'{}' was edited since budgetcheck wrote it; take the lines of budgetcheck out of it "
                                  "yourself",
                                  printable(path.string()))};
  }
  fs::remove(path, code);
  const fs::path before = fs::path(place->folder) / kBefore;
  const bool restored = fs::exists(fs::symlink_status(before, code));
  if (restored) {
    fs::rename(before, path, code);
    if (code) {
      return fail(ErrorKind::kOutput,
                  fmt::format("cannot rename '{}': {}", printable(before.string()), code.message()));
    }
  }
  return HookChange{kExitPass,
                    fmt::format("'{}' is {}", printable(path.string()), restored ? "what it was before" : "removed")};
}

}  // namespace budgetcheck
