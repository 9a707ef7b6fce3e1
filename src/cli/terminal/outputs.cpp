#include "cli/terminal/outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/path.h"
#include "base/platform/read_files.h"
#include "base/platform/streams.h"
#include "base/text.h"
#include "cli/terminal/console.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kFileWidth = 100;
/// Annotations stand in a log together with the text.
constexpr std::string_view kBesideText = "github";

bool is_for_people(const std::string& format) {
  return format == "text" || format == "compact" || format == "markdown";
}

Error cannot_write(const std::string& path, const std::string& why) {
  // What stands in the way of a write (a link, a pipe) comes with what to do.
  const bool has_hint = why.find("; ") != std::string::npos;
  return {ErrorKind::kOutput,
          fmt::format("cannot write '{}': {}", printable(path), why),
          {},
          has_hint ? "" : "make its folder first (mkdir -p), and check that it may be written"};
}

Error would_overwrite(const OutputSpec& output, const std::string& other, std::string_view what) {
  const std::string same = join_path("", other) == join_path("", output.path)
                               ? fmt::format("which {}", what)
                               : fmt::format("which is the same file as '{}', and that {}", printable(other), what);
  return {ErrorKind::kOutput,
          fmt::format("--output {} would overwrite '{}', {}", printable(output.format), printable(output.path), same),
          {},
          "give it a file of its own, outside of what the inputs name"};
}

const ReportFormat& format_of(const std::string& name) {
  const auto found = std::find_if(report_formats().begin(), report_formats().end(),
                                  [&](const ReportFormat& format) { return format.name == name; });
  if (found == report_formats().end()) {
    throw InternalError("no output format " + name);
  }
  return *found;
}

}  // namespace

std::string render_report(const std::string& format, const Report& report, const Rendering& rendering) {
  return format_of(format).render(report, rendering);
}

Errors Outputs::open(const std::vector<OutputSpec>& specs) {
  Errors errors;
  for (const OutputSpec& spec : specs) {
    if (spec.path == "-") {
      outputs_.push_back({spec, std::nullopt});
      continue;
    }
    SystemResult<OutputFile> file = OutputFile::open(spec.path, OutputFile::Existing::kReplaced);
    if (!file) {
      errors.push_back(cannot_write(spec.path, file.error()));
      continue;
    }
    const std::optional<FileId> id = file->id();
    const auto same = std::find_if(outputs_.begin(), outputs_.end(),
                                   [&](const Output& other) { return id && other.file && other.file->id() == id; });
    if (same == outputs_.end()) {
      outputs_.push_back({spec, std::move(*file)});
    } else {
      errors.push_back(would_overwrite(spec, same->spec.path, "is another output"));
    }
  }
  return errors;
}

Errors Outputs::overwriting() const {
  Errors errors;
  for (const Output& output : outputs_) {
    const std::optional<FileId> id = output.file ? output.file->id() : std::nullopt;
    if (const std::string read = id ? read_as(*id) : ""; !read.empty()) {
      errors.push_back(would_overwrite(output.spec, read, "is read"));
    }
  }
  return errors;
}

Errors Outputs::write(const Render& render, const Rendering& on_stdout) {
  Errors errors = overwriting();
  if (!errors.empty()) {
    for (Output& output : outputs_) {
      if (output.file) {
        output.file->discard();
      }
    }
    return errors;
  }
  const bool stdout_taken = std::any_of(outputs_.begin(), outputs_.end(),
                                        [](const Output& o) { return !o.file && o.spec.format != kBesideText; });
  if (!stdout_taken) {
    outputs_.push_back({{"text", "-"}, std::nullopt});
  }
  // The log is read from its top, and annotations are shown elsewhere.
  std::stable_partition(outputs_.begin(), outputs_.end(), [](const Output& o) { return o.spec.format != kBesideText; });
  for (Output& output : outputs_) {
    const Rendering rendering = output.file ? Rendering{false, true, kFileWidth, on_stdout.detail} : on_stdout;
    std::string text = render(output.spec.format, rendering);
    text = sweep_ ? sweep_(std::move(text)) : std::move(text);
    // Not before now: a run that dies on the way leaves the old report, never half of a new one.
    const SystemResult<> written = output.file                         ? output.file->write(text)
                                   : is_for_people(output.spec.format) ? print(text)
                                                                       : print_document(text);
    if (!written) {
      errors.push_back(cannot_write(output.spec.path, written.error()));
    }
  }
  return errors;
}

}  // namespace budgetcheck
