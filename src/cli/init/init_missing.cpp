#include "cli/init/init_missing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"
#include "cli/init/init_telemetry.h"
#include "cli/init/measured.h"
#include "cli/init/project/advice.h"

namespace budgetcheck {
namespace {

class Missing {
 public:
  Missing(const FileSystem& files, Survey& survey) : files_(files), survey_(survey) {}

  void run() {
    name_builds();
    name_pages();
    name_queries();
    name_missing_traces(survey_);
  }

 private:
  void add(std::string what, std::vector<std::string> steps, std::string meanwhile = {}) {
    survey_.missing.push_back({std::move(what), std::move(meanwhile), std::move(steps)});
  }

  void name_builds() {
    for (const Project& project : survey_.projects) {
      const std::string app = app_of(survey_, project);
      const bool is_measured = survey_.projects.size() == 1 && measures(survey_.facts, "bundle.");
      if (project.client.empty() && !is_measured) {
        add(fmt::format("what is shipped by {}{}", project.framework->name,
                        project.folder == "." ? "" : " in " + project.folder),
            {build_command(project)});
      } else if (!project.client.empty() && !project.is_library && !has_entries(survey_.facts, app)) {
        name_account(project);
      }
    }
    if (survey_.projects.empty() && !measures(survey_.facts, "bundle.")) {
      add("what is shipped (package.json names no framework or bundler that init knows)",
          {"build the site, and name the folder of the files that a browser loads in inputs"});
    }
    const auto is_vite = [](const Project& project) {
      return project.framework->id == FrameworkId::kVite && !project.client.empty();
    };
    const bool has_sizes = measures(survey_.facts, "bundle.gzip");
    if (measures(survey_.facts, "bundle.") && !has_sizes) {
      add("compressed sizes",
          {"run init where the files of the build are, or add their folder to the input: root: dist"});
    } else if (has_sizes && !has_packages(survey_.facts) &&
               std::any_of(survey_.projects.begin(), survey_.projects.end(), is_vite)) {
      add("which packages are in the bundle, so that check names what grew",
          {"npm install -D rollup-plugin-visualizer",
           "in vite.config, plugins: visualizer({ template: 'raw-data', filename: 'stats.json' })",
           "build again, and add stats.json to inputs"});
    }
  }

  void name_account(const Project& project) {
    std::vector<std::string> steps = account_advice(project);
    if (!steps.empty()) {
      steps.emplace_back("then remove budgets.yml and run budgetcheck init again");
      add("what each page loads (a folder shows only sums)", std::move(steps));
    }
  }

  /// Pages are served one app at a time: the first that is built says how.
  void name_pages() {
    const auto is_site = [](const Project& project) { return !project.is_library; };
    const auto project = std::find_if(survey_.projects.begin(), survey_.projects.end(), is_site);
    if (project == survey_.projects.end() && !survey_.projects.empty()) {
      return;  // no page loads a library
    }
    const ServeAdvice serve = project == survey_.projects.end() ? ServeAdvice() : serve_advice(*project);
    const std::string start =
        serve.command.empty() ? "while the app is served there" : fmt::format("while {} runs", serve.command);
    if (!measures(survey_.facts, "lighthouse.")) {
      add("what visitors feel (Lighthouse)",
          {fmt::format("npx @lhci/cli collect --numberOfRuns=5 --url={}", serve.url)}, start);
    }
    if (!measures(survey_.facts, "payload.")) {
      add("what pages transfer (a HAR file)",
          {fmt::format("npx playwright open --save-har=captures/home.har {}", serve.url)}, start);
    }
  }

  void name_queries() {
    const bool uses_prisma = !expand_path_glob(files_, ".", "prisma/schema.prisma", 1).empty() ||
                             survey_.depends_on_prisma ||
                             std::any_of(survey_.projects.begin(), survey_.projects.end(),
                                         [](const Project& project) { return project.depends_on("@prisma/client"); });
    if (!measures(survey_.facts, "queries.") && uses_prisma) {
      add("what is asked of the database",
          {"let Prisma log its queries: log: [{ emit: 'event', level: 'query' }]",
           "write them as JSON lines with a request id into logs/queries.ndjson while tests run"});
    }
  }

  const FileSystem& files_;
  Survey& survey_;
};

}  // namespace

void name_missing(const FileSystem& files, Survey& survey) { Missing(files, survey).run(); }

std::string app_of(const Survey& survey, const Project& project) {
  if (survey.projects.size() < 2) {
    return {};
  }
  if (!project.target.empty()) {
    return project.target;
  }
  const auto same = std::count_if(survey.projects.begin(), survey.projects.end(),
                                  [&](const Project& other) { return other.name == project.name; });
  return project.name.empty() || same > 1 ? project.folder : project.name;
}

}  // namespace budgetcheck
