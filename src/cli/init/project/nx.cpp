#include "cli/init/project/nx.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

const Framework* framework_of(std::string_view executor) {
  constexpr std::array<std::pair<std::string_view, FrameworkId>, 12> kExecutors{{
      {"@nx/next:", FrameworkId::kNext},
      {"@nrwl/next:", FrameworkId::kNext},
      {"@nx/angular:", FrameworkId::kAngular},
      {"@nrwl/angular:", FrameworkId::kAngular},
      {"@angular-devkit/", FrameworkId::kAngular},
      {"@angular/build:", FrameworkId::kAngular},
      {"@nx/vite:", FrameworkId::kVite},
      {"@nx/webpack:", FrameworkId::kWebpack},
      {"@nx/rspack:", FrameworkId::kRspack},
      {"@nx/nuxt:", FrameworkId::kNuxt},
      {"@nx/remix:", FrameworkId::kRemix},
      {"@nx/esbuild:", FrameworkId::kEsbuild},
  }};
  for (const auto& [start, id] : kExecutors) {
    if (executor.starts_with(start)) {
      const auto found = std::find_if(frameworks().begin(), frameworks().end(),
                                      [id = id](const Framework& framework) { return framework.id == id; });
      return found == frameworks().end() ? nullptr : &*found;
    }
  }
  return nullptr;
}

}  // namespace

NxBuild read_nx_build(const FileSystem& files, const std::string& folder) {
  NxBuild build;
  const std::string path = join_path(folder, "project.json");
  const auto content = files.kind(path) == FileKind::kRegular ? files.open(path) : fail(ErrorKind::kInput, "");
  if (!content) {
    return build;
  }
  const ExpectedAll<json::Value> project = json::read_json(path, (*content)->bytes());
  const json::Value* target = project ? project->at({"targets", "build"}) : nullptr;
  if (target == nullptr) {
    return build;
  }
  build.framework = framework_of(target->string_or("executor", ""));
  const json::Value* options = target->find("options");
  std::string output(options == nullptr ? "" : options->string_or("outputPath", ""));
  output = replace_all(output, "{workspaceRoot}/", "");
  output = replace_all(output, "{projectRoot}", folder);
  output = replace_all(output, "{projectName}", project->string_or("name", "{"));
  build.output = output.find('{') == std::string::npos ? output : "";
  return build;
}

}  // namespace budgetcheck
