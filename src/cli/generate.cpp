#include "cli/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/platform/output_file.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "generate/generator.h"
#include "generate/stale_files.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

using State = FileComparison::State;

constexpr std::size_t kMostDiffLines = 200;

std::vector<std::string> known_targets() { return {kGeneratedTargets.begin(), kGeneratedTargets.end()}; }

/// Leaves those that are asked for.
Errors choose(const std::vector<std::string>& asked, BudgetsFile& budgets) {
  Errors errors;
  std::vector<GeneratedTarget> chosen;
  for (const std::string& name : asked) {
    const auto found = std::find_if(budgets.generate.begin(), budgets.generate.end(),
                                    [&](const GeneratedTarget& one) { return one.target == name; });
    const std::vector<std::string> known = known_targets();
    if (found != budgets.generate.end()) {
      chosen.push_back(*found);
    } else if (std::find(known.begin(), known.end(), name) != known.end()) {
      errors.push_back({ErrorKind::kUsage, fmt::format("the budgets file does not say where '{}' goes", name),
                        Location::of(budgets.path),
                        fmt::format("add it: generate: {{ {}: ops/{}.conf }}", name, name)});
    } else {
      std::string hint = did_you_mean(name, nearest(name, known));
      errors.push_back({ErrorKind::kUsage,
                        fmt::format("'{}' is not a file that is written", printable(name)),
                        {},
                        hint.empty() ? "there are: " + join(known, ", ") : std::move(hint)});
    }
  }
  if (!asked.empty()) {
    budgets.generate = std::move(chosen);
  }
  if (asked.empty() && budgets.generate.empty()) {
    errors.push_back({ErrorKind::kUsage, "the budgets file names no file to write", Location::of(budgets.path),
                      "add generate: with a target and its file, for example generate: { nginx-limits: "
                      "ops/nginx/limits.conf }; there are: " +
                          join(known_targets(), ", ")});
  }
  return errors;
}

std::string words_of(const GeneratedFile& file, const FileComparison& compared) {
  const std::string path = printable(file.path);
  switch (compared.state) {
    case State::kSame:
      return fmt::format("{}: up to date\n", path);
    case State::kMissing:
      return fmt::format("{}: not there\n", path);
    case State::kUnreadable:
      return fmt::format("{}: cannot be read: {}\n", path, compared.problem);
    case State::kForeign:
    case State::kDiffers:
      break;
  }
  std::string text = fmt::format("{}: differs from line {} ({} is there, {} has to be there)\n", path,
                                 compared.diff.first_line, "-", "+");
  for (const std::string& line : compared.diff.lines) {
    text += "  " + line + "\n";
  }
  return compared.diff.more == 0 ? text : text + fmt::format("  and {} more\n", compared.diff.more);
}

int check_files(const FileSystem& files, const std::vector<GeneratedFile>& generated) {
  std::string text;
  bool all_same = true;
  for (const GeneratedFile& file : generated) {
    const FileComparison compared = compare_generated(files, file, kMostDiffLines);
    all_same = all_same && compared.state == State::kSame;
    text += words_of(file, compared);
  }
  if (!all_same) {
    text += "run budgetcheck generate, and commit what it writes\n";
  }
  (void)print(text);
  return all_same ? kExitPass : kExitFailed;
}

int write_files(const FileSystem& files, const std::vector<GeneratedFile>& generated) {
  Errors errors;
  std::vector<FileComparison> compared;
  for (const GeneratedFile& file : generated) {
    compared.push_back(compare_generated(files, file, 0));
    if (compared.back().state == State::kForeign) {
      errors.push_back(
          {ErrorKind::kUsage,
           fmt::format("'{}' was not written by budgetcheck generate, and stays as it is", printable(file.path)),
           file.location, "move it away, or name another file; limits.nginx compares your own file with the plans"});
    }
  }
  if (!errors.empty()) {
    return refuse(errors);
  }
  std::string text;
  for (std::size_t i = 0; i < generated.size(); ++i) {
    const GeneratedFile& file = generated[i];
    if (compared[i].state == State::kSame) {
      text += fmt::format("{}: up to date\n", printable(file.path));
      continue;
    }
    const SystemResult<> written =
        OutputFile::open(file.path, OutputFile::Existing::kReplaced, Missing::kMade).and_then([&](OutputFile out) {
          return out.write(file.text);
        });
    if (written) {
      text += fmt::format("{}: written\n", printable(file.path));
    } else {
      errors.push_back({ErrorKind::kOutput,
                        fmt::format("cannot write '{}': {}", printable(file.path), printable(written.error())),
                        file.location, "check that the folder may be written"});
    }
  }
  (void)print(text);
  return errors.empty() ? kExitPass : refuse(errors);
}

}  // namespace

int run_generate(const FileSystem& files, const GenerateOptions& options) {
  ExpectedAll<BudgetsFile> budgets =
      load_own_budgets(files, options.budgets, ".", "let budgetcheck init write one, or name a file with --budgets");
  if (!budgets) {
    return refuse(budgets.error());
  }
  if (const Errors errors = choose(options.targets, *budgets); !errors.empty()) {
    return refuse(errors);
  }
  const ExpectedAll<std::vector<GeneratedFile>> generated = generate_files(*budgets);
  if (!generated) {
    return refuse(generated.error());
  }
  return options.check ? check_files(files, *generated) : write_files(files, *generated);
}

Command generate_command(const std::shared_ptr<GenerateOptions>& options) {
  Command command;
  command.name = "generate";
  command.summary = "write the files that the budgets file declares: rate limits for nginx or Envoy";
  command.text =
      "The section generate says which, and where they go. The same budgets file always gives the same files. A file "
      "that somebody else wrote is not overwritten.";
  command.arguments = any_arguments("[TARGET...]", options->targets);
  command.arguments.words = known_targets;
  command.options = {
      switch_option("check", "write nothing: say what differs, and exit with 1 when a file does", options->check),
      budgets_option(options->budgets),
  };
  command.examples = {"budgetcheck generate", "budgetcheck generate nginx-limits", "budgetcheck generate --check"};
  command.run = [options](const FileSystem& files) { return run_generate(files, *options); };
  return command;
}

}  // namespace budgetcheck
