#include "cli/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/append.h"
#include "base/glob.h"
#include "base/text.h"
#include "base/variables.h"
#include "baseline/history.h"
#include "cli/check/collect_inputs.h"
#include "cli/chosen_budgets.h"
#include "cli/command_line/output_option.h"
#include "cli/compare_inputs.h"
#include "cli/stored_name.h"
#include "cli/terminal/outputs.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/terminal.h"
#include "detect/detect.h"
#include "detect/keys_seen_from.h"
#include "json/writer.h"
#include "judge/change/comparison.h"
#include "model/exit_code.h"
#include "report/compare/compare.h"
#include "results/read.h"

namespace budgetcheck {
namespace {

Error usage(std::string message, std::string hint) {
  return {ErrorKind::kUsage, std::move(message), {}, std::move(hint)};
}

ComparedSide side_of(Results results, const std::string& label) {
  ComparedSide side;
  side.label = label;
  side.commit = std::move(results.commit);
  side.measured_at = std::move(results.measured_at);
  side.env = std::move(results.env);
  side.samples = std::move(results.samples);
  side.parts = std::move(results.parts);
  side.findings = std::move(results.findings);
  return side;
}

/// A side, and whether all of it could be read.
struct ReadSide {
  ComparedSide side;
  bool whole = true;
  bool is_measured = false;  ///< now, from files, and not read back from results
  std::string uncompressed;  ///< why a build's files have no compressed sizes, and what to do; empty: they have
};

/// The results that are stored for a revision (refs/notes/budgetcheck). Nothing: `word` is not a revision.
std::optional<ExpectedAll<ReadSide>> stored_results(const FileSystem& files, const CompareOptions& options,
                                                    const std::string& app, const std::string& word) {
  HistoryRequest request;
  request.revision = word;
  request.app = app;
  request.remote = options.remote;
  request.fetch = !options.no_fetch;
  request.limit = 1;
  ExpectedAll<History> history = read_history(files, process_variables(), request);
  if (!history) {
    return std::nullopt;
  }
  if (history->records.empty()) {
    Errors errors;
    for (const std::string& remark : history->remarks) {
      errors.push_back({ErrorKind::kInput, remark, {}, ""});
    }
    errors.push_back({ErrorKind::kInput,
                      fmt::format("no results are stored for '{}' or before it", printable(word)),
                      {},
                      "budgetcheck baseline show lists what is stored; baseline push stores results"});
    return tl::unexpected(std::move(errors));
  }
  ReadSide read;
  read.side = side_of(std::move(history->records.front().results), word);
  read.side.stored = true;
  if (read.side.commit != history->start) {
    constexpr std::size_t kShortCommit = 7;
    read.side.notes.push_back(
        fmt::format("no results are stored for {} itself: those of the nearest commit before it are compared, {}",
                    history->start.substr(0, kShortCommit), read.side.commit.substr(0, kShortCommit)));
  }
  return read;
}

/// What was measured for this comparison: files of any format that is known, with the rules' findings.
ExpectedAll<ReadSide> measured(Facts facts, const std::string& word, const BudgetsFile& budgets) {
  ReadSide read;
  read.side.label = word;
  Errors errors;
  for (const Input& input : facts.inputs) {
    if (input.state == InputState::kUnreadable) {
      errors.push_back({ErrorKind::kInput, input.message, Location::of(input.path), input.hint});
    } else if (!input.message.empty()) {
      read.whole = read.whole && input.state == InputState::kRead;
      read.side.notes.push_back(printable(input.path) + ": " + input.message);
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  for (const Unmeasured& gap : facts.unmeasured) {
    if (gap.metric == "bundle.gzip" && read.uncompressed.empty()) {
      read.uncompressed = gap.reason + (gap.hint.empty() ? "" : "; " + gap.hint);
    }
  }
  read.side.findings = detect(facts, budgets.rules).all;
  see_keys_from(budgets.folder, read.side.findings);
  read.side.env = std::move(facts.env);
  read.side.samples = std::move(facts.samples);
  read.side.parts = std::move(facts.parts);
  return read;
}

/// The results of one of several apps in a results file; nothing: it is another file.
std::optional<ExpectedAll<ReadSide>> results_of_app(const FileSystem& files, const std::string& app,
                                                    const std::string& word) {
  const auto content = files.kind(word) == FileKind::kRegular ? files.open(word) : fail(ErrorKind::kInput, "");
  if (!content || apps_in_results(word, (*content)->bytes()).empty()) {
    return std::nullopt;
  }
  ExpectedAll<Results> results = read_results(word, (*content)->bytes(), app);
  if (!results) {
    return tl::unexpected(std::move(results.error()));
  }
  ReadSide read;
  read.side = side_of(std::move(*results), word);
  return read;
}

Facts facts_of(const FileSystem& files, const BudgetsFile& budgets, const InputSpec& spec) {
  RouteNames names;
  add_selected(budgets, names);
  return collect_inputs(files, {spec}, budgets.routes, {}, names);
}

bool is_whole(const Facts& facts) {
  return std::all_of(facts.inputs.begin(), facts.inputs.end(),
                     [](const Input& input) { return input.state == InputState::kRead; });
}

/// What the tool itself tells of a build, when the folder does not hold its files: that is less, and not wrong.
Facts without_root(const FileSystem& files, const BudgetsFile& budgets, ComparedInput& input, Facts with_root) {
  InputSpec spec = input.spec;
  spec.settings.set("root", "");
  Facts facts = facts_of(files, budgets, spec);
  if (!is_whole(facts)) {
    return with_root;
  }
  for (const Input& one : with_root.inputs) {
    if (one.state != InputState::kRead && input.rootless.empty()) {
      input.rootless = one.message;
    }
  }
  input.spec = std::move(spec);
  input.root.clear();
  return facts;
}

ExpectedAll<ReadSide> read_files(const FileSystem& files, const BudgetsFile& budgets, ComparedInput& input) {
  const std::string word = input.spec.path;
  Facts facts = facts_of(files, budgets, input.spec);
  if (!input.root.empty() && !is_whole(facts)) {
    facts = without_root(files, budgets, input, std::move(facts));
  }
  if (facts.inputs.size() != 1 || facts.inputs.front().format != "samples" ||
      facts.inputs.front().state == InputState::kUnreadable) {
    ExpectedAll<ReadSide> read = measured(std::move(facts), word, budgets);
    if (read) {
      read->is_measured = true;
    }
    return read;
  }
  // A results file knows more of itself than its samples: findings, commit, time.
  Expected<std::unique_ptr<FileContent>> content = files.open(facts.inputs.front().path);
  ExpectedAll<Results> results =
      content ? read_results(word, (*content)->bytes()) : tl::unexpected(Errors{content.error()});
  if (!results) {
    return tl::unexpected(std::move(results.error()));
  }
  ReadSide read;
  read.side = side_of(std::move(*results), word);
  return read;
}

ExpectedAll<ReadSide> read_side(const FileSystem& files, const CompareOptions& options, const BudgetsFile& budgets,
                                const Expected<std::string>& app, ComparedInput& input) {
  const std::string word = input.spec.path;
  const FileKind kind = word == "-" ? FileKind::kOther : files.kind(word);
  if (kind == FileKind::kDirectory) {
    return tl::unexpected(Errors{usage(fmt::format("'{}' is a folder", printable(word)),
                                       fmt::format("name the files in it: '{}/*.json'", printable(word)))});
  }
  if (kind != FileKind::kMissing || !expand_path_glob(files, ".", word).empty()) {
    if (std::optional<ExpectedAll<ReadSide>> read = results_of_app(files, app.value_or(""), word)) {
      return std::move(*read);
    }
    return read_files(files, budgets, input);
  }
  if (std::optional<ExpectedAll<ReadSide>> stored = stored_results(files, options, app.value_or(""), word)) {
    if (!app) {
      return tl::unexpected(Errors{app.error()});
    }
    if (!*stored) {
      return tl::unexpected(std::move(stored->error()));
    }
    return std::move(**stored);
  }
  return tl::unexpected(Errors{
      is_glob(word) ? usage(fmt::format("no file matches '{}'", printable(word)),
                            "check the path and the step that writes the files; quote patterns")
                    : usage(fmt::format("'{}' is neither a file nor a commit with stored results", printable(word)),
                            "name a results file (check --output json=FILE writes one), a file that check "
                            "reads, or a commit that 'budgetcheck baseline show' lists")});
}

bool measures(const ReadSide& read, std::string_view metric) {
  return std::any_of(read.side.samples.begin(), read.side.samples.end(),
                     [&](const Sample& sample) { return sample.metric == metric; });
}

bool is_build(const ReadSide& read) { return measures(read, "bundle.raw"); }
bool is_compressed(const ReadSide& read) { return measures(read, "bundle.gzip"); }

/// Compressed sizes of one side alone would be a list of what only that side has.
void level(const FileSystem& files, const BudgetsFile& budgets, ComparedInput& input, ReadSide& read,
           const ReadSide& other) {
  if (!read.is_measured || input.root.empty() || !is_build(other) || is_compressed(other)) {
    return;
  }
  input.spec.settings.set("root", "");
  input.root.clear();
  if (ExpectedAll<ReadSide> again = read_files(files, budgets, input)) {
    read = std::move(*again);
  }
}

/// Which files were compressed, or why none were and what to do.
void say_root(const ComparedInput& input, ReadSide& read) {
  if (!read.is_measured || !is_build(read)) {
    return;
  }
  const std::string like = fmt::format("'{}' ({})", printable(input.like), to_string(input.described_at));
  if (!input.root.empty()) {
    read.side.notes.push_back(fmt::format("gzip and brotli sizes are of the files under '{}', by the root of {}",
                                          printable(input.root), like));
  } else if (!input.rootless.empty()) {
    read.side.notes.push_back(
        fmt::format("gzip and brotli sizes are not compared: {}; keep it with the files of its build, as {} is",
                    input.rootless, like));
  }
}

std::string render(const std::string& format, const ResultsComparison& comparison, const Rendering& rendering) {
  for (const CompareFormat& known : compare_formats()) {
    if (known.name == format) {
      return known.render(comparison, rendering);
    }
  }
  throw InternalError(fmt::format("no output format {}", format));
}

}  // namespace

int run_compare(const FileSystem& files, const CompareOptions& options, const Rendering& on_stdout) {
  Outputs outputs;
  if (const Errors unopened = outputs.open(options.outputs); !unopened.empty()) {
    return refuse(unopened);
  }
  ExpectedAll<BudgetsFile> budgets = load_chosen_budgets(files, options.budgets);
  if (!budgets) {
    return refuse(budgets.error());
  }
  const Expected<std::string> app = stored_name(files, *budgets, options.app);
  ComparedInputs inputs = compared_inputs(*budgets, options.base, options.head);
  if (!options.schema.empty()) {
    inputs.base.spec.settings.set("schema", options.schema);
    inputs.head.spec.settings.set("schema", options.schema);
  }
  ExpectedAll<ReadSide> base = read_side(files, options, *budgets, app, inputs.base);
  ExpectedAll<ReadSide> head = read_side(files, options, *budgets, app, inputs.head);
  if (!base || !head) {
    Errors errors = base ? Errors() : std::move(base.error());
    if (!head) {
      std::move(head.error().begin(), head.error().end(), std::back_inserter(errors));
    }
    return refuse(errors);
  }
  level(files, *budgets, inputs.base, *base, *head);
  level(files, *budgets, inputs.head, *head, *base);
  say_root(inputs.base, *base);
  say_root(inputs.head, *head);
  if (!head->uncompressed.empty() && !is_compressed(*base) && inputs.base.rootless.empty() &&
      inputs.head.rootless.empty()) {
    head->side.notes.push_back("gzip and brotli sizes are not compared: " + head->uncompressed);
  }
  const bool whole = base->whole && head->whole;
  ResultsComparison comparison = compare_sides(std::move(base->side), std::move(head->side), budgets->catalogue);
  comparison.tool_version = BUDGETCHECK_VERSION;
  comparison.app = app.value_or("");
  outputs.sweep_with(sweep_of(budgets->telemetry.personal_data, json::to_json(budgets->document)));
  const Errors unwritten = outputs.write(
      [&](const std::string& format, const Rendering& rendering) { return render(format, comparison, rendering); },
      on_stdout);
  if (!unwritten.empty()) {
    return refuse(unwritten);
  }
  return whole ? kExitPass : kExitCannotJudge;
}

Command compare_command(const std::shared_ptr<CompareOptions>& options) {
  CompareOptions& o = *options;
  Command command;
  command.name = "compare";
  command.summary = "show what differs between two results, reports or commits, without budgets";
  command.text =
      "BASE and HEAD are results files, files that check reads (quote a pattern of several), or commits with stored "
      "results.";
  command.arguments = two_arguments("BASE HEAD", o.base, o.head);
  command.options = {budgets_option(o.budgets), output_option(output_formats(compare_formats()), o.outputs),
                     schema_option(o.schema)};
  append_to(command.options, store_options(o));
  command.examples = {"budgetcheck compare base.json head.json", "budgetcheck compare main~20 main",
                      "budgetcheck compare 'a/lhr-*.json' 'b/lhr-*.json' --output markdown=diff.md"};
  command.verify = [options] {
    return overwritten(options->outputs, {options->base, options->head, options->budgets});
  };
  command.run = [options](const FileSystem& files) {
    return run_compare(files, *options, rendering_for(kStandardOutput, process_variables()));
  };
  return command;
}

}  // namespace budgetcheck
