#include "cli/command_line/output_option.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/file_system.h"
#include "base/text.h"
#include "base/text/suggestion.h"

namespace budgetcheck {
namespace {

constexpr const char* kStdout = "-";

Error usage(std::string message, std::string hint) {
  return {ErrorKind::kUsage, std::move(message), {}, std::move(hint)};
}

std::vector<std::string> names_of(const std::vector<OutputFormat>& formats) {
  std::vector<std::string> names;
  for (const OutputFormat& format : formats) {
    names.emplace_back(format.name);
  }
  return names;
}

/// Reads FORMAT or FORMAT=PATH.
OutputSpec read_spec(const std::string& value, const std::vector<OutputFormat>& formats, Errors& errors) {
  const std::size_t equals = value.find('=');
  OutputSpec output{value.substr(0, equals), kStdout};
  const auto known = std::find_if(formats.begin(), formats.end(),
                                  [&](const OutputFormat& format) { return format.name == output.format; });
  if (known != formats.end() && !known->default_path.empty()) {
    output.path = known->default_path;
  }
  if (equals != std::string::npos) {
    output.path = value.substr(equals + 1);
  }
  if (known == formats.end()) {
    const std::vector<std::string> names = names_of(formats);
    const std::string near = nearest(output.format, names);
    errors.push_back(
        usage(fmt::format("unknown output format '{}'", printable(output.format)),
              near.empty() ? fmt::format("formats: {}", join(names, ", ")) : did_you_mean(output.format, near)));
  } else if (output.path.empty()) {
    errors.push_back(usage(fmt::format("--output {} names no file", printable(value)),
                           fmt::format("write --output {}=FILE", output.format)));
  }
  return output;
}

/// Standard output takes one report. Annotations may stand behind the text of the same log.
bool share_stdout(const std::vector<OutputSpec>& outputs) {
  std::size_t reports = 0;
  bool other_than_text = false;
  bool annotations = false;
  for (const OutputSpec& output : outputs) {
    if (output.path != kStdout) {
      continue;
    }
    const bool is_annotations = output.format == "github";
    annotations = annotations || is_annotations;
    reports += is_annotations ? 0U : 1U;
    other_than_text = other_than_text || (!is_annotations && output.format != "text");
  }
  return reports > 1 || (annotations && other_than_text);
}

}  // namespace

Option output_option(std::vector<OutputFormat> formats, std::vector<OutputSpec>& to) {
  std::vector<std::string> words = names_of(formats);
  std::string text = fmt::format("a report in one of these formats: {}", join(names_of(formats), ", "));
  return {"output",
          "FORMAT[=PATH]",
          std::move(text),
          true,
          [formats = std::move(formats), &to](const std::vector<std::string>& values) {
            Errors errors;
            for (const std::string& value : values) {
              to.push_back(read_spec(value, formats, errors));
            }
            if (share_stdout(to)) {
              errors.push_back(usage("two outputs would both go to standard output",
                                     "give all but one a file, as in --output json=budgetcheck.json"));
            }
            return errors;
          },
          [words = std::move(words)] { return words; }};
}

Errors overwritten(const std::vector<OutputSpec>& outputs, const std::vector<std::string>& read) {
  std::vector<std::string> taken;
  for (const std::string& path : read) {
    if (!path.empty()) {
      taken.push_back(join_path("", path));
    }
  }
  const std::size_t number_read = taken.size();
  Errors errors;
  for (const OutputSpec& output : outputs) {
    if (output.path == kStdout) {
      continue;
    }
    const std::string path = join_path("", output.path);
    const auto found = std::find(taken.begin(), taken.end(), path);
    if (found != taken.end()) {
      const bool is_read = static_cast<std::size_t>(found - taken.begin()) < number_read;
      errors.push_back(usage(fmt::format("--output {} would overwrite '{}', {}", printable(output.format),
                                         printable(path), is_read ? "which is read" : "another output"),
                             "give it a file of its own"));
    }
    taken.push_back(path);
  }
  return errors;
}

}  // namespace budgetcheck
