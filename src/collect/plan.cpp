#include "collect/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/append.h"
#include "base/glob.h"
#include "base/text.h"
#include "collect/recognise.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kStandardInput = "-";

class Planner {
 public:
  Planner(const FileSystem& files, const std::vector<Format>& table, Facts& facts)
      : files_(files), table_(table), facts_(facts) {
    for (const Format& format : table) {
      if (format.group != nullptr) {
        plan_.groups.push_back(format.group());
      }
    }
  }

  void add(const InputSpec& spec) {
    const Format* named = named_format(table_, spec.settings);
    std::vector<std::string> paths = paths_of(spec);
    if (named == nullptr && spec.path != kStandardInput && expand(spec, paths)) {
      return;
    }
    if (paths.empty() && spec.optional) {
      facts_.notes.push_back(fmt::format("optional input '{}': no file", printable(join_path(spec.folder, spec.path))));
    } else if (paths.empty()) {
      facts_.inputs.push_back(missing_input(spec, named));
    }
    for (std::string& path : paths) {
      add_file(std::move(path), spec, named != nullptr);
    }
  }

  Plan take() {
    std::map<std::string, std::size_t> namesakes;
    for (const Plan::File& file : plan_.files) {
      ++namesakes[path_without_extension(file.disk_path)];
    }
    for (Plan::File& file : plan_.files) {
      file.has_namesake = namesakes[path_without_extension(file.disk_path)] > 1;
    }
    return std::move(plan_);
  }

 private:
  std::vector<std::string> paths_of(const InputSpec& spec) const {
    if (spec.path == kStandardInput) {
      return {std::string(kStandardInput)};
    }
    std::vector<std::string> paths = expand_path_glob(files_, spec.folder, spec.path);
    const std::string path = join_path(spec.folder, spec.path);
    if (paths.empty() && !is_glob(spec.path) && files_.kind(path) == FileKind::kOther) {
      paths.push_back(path);  // a pipe, such as <(command)
    }
    return paths;
  }

  /// Puts in the place of folders and lists what they stand for. True: groups have all that the spec names.
  bool expand(const InputSpec& spec, std::vector<std::string>& paths) {
    bool is_taken = false;
    for (const std::unique_ptr<FileGroup>& group : plan_.groups) {
      is_taken = group->take(spec, paths) || is_taken;
    }
    if (is_taken && paths.empty()) {
      return true;
    }
    const std::string folder = join_path(spec.folder, spec.path);
    if (paths.empty() && !is_glob(spec.path) && files_.kind(folder) == FileKind::kDirectory) {
      paths = expanded(folder);
      if (paths.empty() && std::any_of(plan_.groups.begin(), plan_.groups.end(),
                                       [&](const auto& group) { return group->take_folder(files_, spec); })) {
        return true;
      }
    }
    std::vector<std::string> all;
    for (std::string& path : paths) {
      std::vector<std::string> results = expanded(path);
      if (results.empty()) {
        all.push_back(std::move(path));
      } else {
        append_to(all, std::move(results));
      }
    }
    paths = std::move(all);
    return false;
  }

  std::vector<std::string> expanded(const std::string& path) const {
    for (const Format& format : table_) {
      if (format.expand != nullptr) {
        if (std::vector<std::string> paths = format.expand(files_, path); !paths.empty()) {
          return paths;
        }
      }
    }
    return {};
  }

  Input missing_input(const InputSpec& spec, const Format* named) const {
    Input input;
    input.path = join_path(spec.folder, spec.path);
    input.state = InputState::kUnreadable;
    if (!is_glob(spec.path) && files_.kind(input.path) == FileKind::kDirectory) {
      input.message = "a folder, not a file";
      input.hint = fmt::format("name the files in it, for example '{}/*.json'", printable(input.path));
      return input;
    }
    input.message = is_glob(spec.path) ? "no file matches this pattern" : "there is no such file";
    if (spec.path.find('\\') != std::string::npos) {
      std::string slashes = spec.path;
      std::replace(slashes.begin(), slashes.end(), '\\', '/');
      input.hint = fmt::format("write '/' between folders, on Windows too: {}", printable(slashes));
      return input;
    }
    const bool may_be_optional = !spec.location.file.empty() && (named == nullptr || !named->is_named_at_top);
    input.hint = may_be_optional ? "check the path and the step that writes it, or mark the input optional: true"
                                 : "check the path and the step that writes it";
    return input;
  }

  void add_file(std::string path, const InputSpec& spec, bool is_named) {
    const auto [at, is_new] = by_path_.try_emplace(path, plan_.files.size());
    if (is_new) {
      plan_.files.push_back({std::move(path), &spec});
    } else if (!is_glob(spec.path) && (is_named || is_glob(plan_.files[at->second].spec->path))) {
      plan_.files[at->second].spec = &spec;
    }
  }

  const FileSystem& files_;
  const std::vector<Format>& table_;
  Facts& facts_;
  Plan plan_;
  std::map<std::string, std::size_t> by_path_;
};

}  // namespace

Plan plan_inputs(const FileSystem& files, const std::vector<InputSpec>& specs, const std::vector<Format>& table,
                 Facts& facts) {
  Planner planner(files, table, facts);
  for (const InputSpec& spec : specs) {
    planner.add(spec);
  }
  return planner.take();
}

}  // namespace budgetcheck
