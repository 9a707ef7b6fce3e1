#include "cli/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/append.h"
#include "base/glob.h"
#include "base/platform/output_file.h"
#include "base/platform/read_files.h"
#include "base/text.h"
#include "cli/command_line/output_option.h"
#include "cli/command_line/shared_options.h"
#include "cli/terminal/console.h"
#include "cli/terminal/refuse.h"
#include "cli/terminal/timings.h"
#include "collect/join.h"
#include "collect/measure.h"
#include "model/exit_code.h"
#include "results/measured/measured.h"

namespace budgetcheck {
namespace {

/// The files that the arguments name, in their order. Errors: one that names none.
ExpectedAll<std::vector<std::string>> named_parts(const FileSystem& files, const std::vector<std::string>& arguments) {
  std::vector<std::string> paths;
  Errors errors;
  for (const std::string& argument : arguments) {
    std::vector<std::string> found = expand_path_glob(files, ".", argument);
    if (found.empty() && !is_glob(argument) && files.kind(argument) == FileKind::kOther) {
      found.push_back(argument);
    }
    if (found.empty()) {
      errors.push_back(
          {ErrorKind::kUsage,
           fmt::format("{} '{}'", is_glob(argument) ? "no file matches" : "there is no file", printable(argument)),
           {},
           "merge takes files that budgetcheck measure wrote; quote patterns"});
    }
    append_to(paths, std::move(found));
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return paths;
}

ExpectedAll<std::vector<MeasuredPart>> read_parts(const FileSystem& files, const std::vector<std::string>& paths) {
  std::vector<MeasuredPart> parts;
  Errors errors;
  for (const std::string& path : paths) {
    const Expected<std::unique_ptr<FileContent>> content = files.open(path);
    Expected<Measured> measured = content ? read_measured(path, **content) : tl::unexpected(content.error());
    if (measured) {
      parts.push_back({path, std::move(*measured)});
    } else {
      errors.push_back(std::move(measured.error()));
    }
  }
  if (!errors.empty()) {
    return tl::unexpected(std::move(errors));
  }
  return parts;
}

/// Opened when all was read, so that who dies before leaves no empty part. Why it cannot be written; empty: it is.
std::string write_document(const std::string& output, const std::string& text) {
  if (output.empty() || output == "-") {
    const SystemResult<> written = print_document(text);
    return written ? "" : written.error();
  }
  SystemResult<OutputFile> file = OutputFile::open(output, OutputFile::Existing::kReplaced);
  if (!file) {
    return file.error();
  }
  if (const std::optional<FileId> id = file->id(); id && !read_as(*id).empty()) {
    file->discard();
    return "it is read";
  }
  const SystemResult<> written = file->write(text);
  return written ? "" : written.error();
}

Error problem_of(const Input& input) {
  return {ErrorKind::kInput, input.message, Location::of(input.path), input.hint, {}};
}

}  // namespace

int write_measured_to(const std::string& output, const Measured& measured) {
  const Facts facts = combine(measured);
  const std::string text = write_measured(measured, facts);
  if (const std::string why = write_document(output, text); !why.empty()) {
    return refuse({{ErrorKind::kOutput,
                    fmt::format("cannot write '{}': {}", printable(output), why),
                    {},
                    "give it a file of its own in a folder that is there"}});
  }
  for (const std::string& doubt : measured.doubts) {
    say_aside(doubt);
  }
  bool is_whole = true;
  const auto say = [&](const Input& input) {
    is_whole = false;
    say_aside(to_string(problem_of(input)));
  };
  for (const MeasuredInput& one : measured.inputs) {
    for (const Input& input : one.facts.inputs) {
      if (input.state == InputState::kUnreadable || one.is_torn) {
        say(input);
      } else if (input.state == InputState::kIncomplete) {
        // It was read, and check judges how much that matters. Who reads this may mend it where the log still is.
        say_aside(to_string(problem_of(input)));
      }
    }
  }
  for (const MeasuredSchema& schema : measured.schemas) {
    if (schema.input.state == InputState::kUnreadable) {
      say(schema.input);
    }
  }
  return is_whole ? kExitPass : kExitCannotJudge;
}

int run_merge(const FileSystem& files, const MergeCommand& options) {
  const ExpectedAll<std::vector<std::string>> paths = named_parts(files, options.arguments);
  if (!paths) {
    return refuse(paths.error());
  }
  Timings timings;
  const TimedFiles timed(files, timings);
  timings.begin("read");
  ExpectedAll<std::vector<MeasuredPart>> parts = read_parts(timed, *paths);
  if (!parts) {
    return refuse(parts.error());
  }
  timings.begin("join");
  const ExpectedAll<Measured> joined = join_measured(std::move(*parts));
  if (!joined) {
    return refuse(joined.error());
  }
  timings.begin("write");
  const int code = write_measured_to(options.output, *joined);
  if (options.timings) {
    print_aside(timings.table());
  }
  return code;
}

Command merge_command(const std::shared_ptr<MergeCommand>& options) {
  MergeCommand& o = *options;
  Command command;
  command.name = "merge";
  command.summary = "put together what measure wrote, as if one run had read all of it";
  command.text =
      "A PART is a file that measure wrote, or a quoted pattern of several. The inputs come in the order of the parts, "
      "and the parts of a log in their own. A part that is missing makes the log incomplete, and the exit code 3.";
  command.arguments = any_arguments("PART...", o.arguments, 1);
  command.options = {
      text_option("output", "FILE", "where the results go, - is standard output (the default); -o is short for it",
                  o.output),
      timings_option(o.timings),
  };
  command.examples = {
      "budgetcheck merge part-1.json part-2.json --output all.json",
      "budgetcheck merge 'part-*.json' --output all.json",
  };
  command.verify = [options] {
    return overwritten({{"json", options->output.empty() ? "-" : options->output}}, options->arguments);
  };
  command.run = [options](const FileSystem& files) { return run_merge(files, *options); };
  return command;
}

}  // namespace budgetcheck
