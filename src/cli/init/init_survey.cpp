#include "cli/init/init_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "cli/check/collect_inputs.h"
#include "cli/init/init_missing.h"
#include "cli/init/init_telemetry.h"
#include "cli/init/measured.h"
#include "collect/bundle/bundlers/next_unfinished.h"
#include "collect/collect.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostFiles = 50;     // of one glob
constexpr std::size_t kMostPackages = 50;  // of a workspace
constexpr std::size_t kMostRounds = 50;

constexpr std::string_view kRouteStats = ".next/diagnostics/route-bundle-stats.json";
constexpr std::string_view kNextManifest = ".next/build-manifest.json";

/// Where tools leave their results.
constexpr std::array<std::string_view, 7> kReports{".lighthouseci/lhr-*.json",
                                                   "reports/lhr-*.json",
                                                   "lighthouse-reports/*.json",
                                                   "lighthouse/*.json",
                                                   "reports/*.report.json",
                                                   "*.report.json",
                                                   "lhr*.json"};
/// Where bundlers leave theirs, when nothing says it.
constexpr std::array<std::string_view, 14> kAccounts{
    "dist/*stats.json",    "build/*stats.json",  "out/*stats.json", ".next/*stats.json", "public/*stats.json",
    "reports/*stats.json", "*stats.json",        "dist/meta*.json", "build/meta*.json",  "meta.json",
    "dist/.vite/*.json",   "build/.vite/*.json", kRouteStats,       kNextManifest};
constexpr std::array<std::string_view, 10> kCaptures{
    "captures/*.har", "har/*.har",    "reports/*.har", "test-results/*.har", "*.har",
    "logs/*.ndjson",  "logs/*.jsonl", "logs/*.log",    "*.ndjson",           "reports/*.ndjson"};

/// Where load tools and polls of queues write. Both are told from other files by what is in them.
constexpr std::array<std::string_view, 13> kLoadTests{"load/*.json",
                                                      "load/*.ndjson",
                                                      "load/*.csv",
                                                      "load/*.jtl",
                                                      "load/*.txt",
                                                      "load-tests/*.json",
                                                      "load-tests/*.csv",
                                                      "load-tests/*.jtl",
                                                      "reports/load/*.json",
                                                      "reports/k6*.json",
                                                      "k6/*.json",
                                                      "summary.json",
                                                      "*.jtl"};
constexpr std::array<std::string_view, 6> kQueues{"captures/queues/*.ndjson", "captures/queues/*.csv",
                                                  "captures/queues/*.json",   "captures/queues/*.prom",
                                                  "queues/*.ndjson",          "queues/*.csv"};

/// Where builds are written: read when the bundler wrote no stats file.
constexpr std::array<std::string_view, 7> kBuildFolders{"dist",         "build",        "out", ".output/public",
                                                        "public/build", "dist/browser", "www"};

bool has_file(const FileSystem& files, const std::string& pattern) {
  return !expand_path_glob(files, ".", pattern, 1).empty();
}

class Surveyor {
 public:
  explicit Surveyor(const FileSystem& files) : files_(files) {}

  Survey run() {
    read_package();
    find_projects();
    look_at_places(kReports);
    look_at_builds();
    for (const std::string& place : telemetry_places()) {
      look_at_together(place, "trace.");
    }
    look_at_places(kLoadTests);
    for (const std::string_view place : kQueues) {
      look_at_together(std::string(place), "queue.");
    }
    look_at_places(kCaptures);
    measure();
    name_found();
    name_collectors(files_, survey_);
    name_missing(files_, survey_);
    return std::move(survey_);
  }

 private:
  void read_package() {
    const auto content =
        files_.kind("package.json") == FileKind::kRegular ? files_.open("package.json") : fail(ErrorKind::kInput, "");
    if (!content) {
      return;
    }
    const ExpectedAll<json::Value> package = json::read_json("package.json", (*content)->bytes());
    if (!package) {
      survey_.left_out.push_back(fmt::format("package.json: {}", package.error().front().message));
      return;
    }
    survey_.project = package->string_or("name", "");
    for (const std::string_view list : {"dependencies", "devDependencies"}) {
      survey_.depends_on_prisma = survey_.depends_on_prisma || package->at({list, "@prisma/client"}) != nullptr;
      const json::Value* packages = package->find(list);
      for (const json::Member& one :
           packages != nullptr && packages->object() != nullptr ? *packages->object() : json::Object()) {
        note_package(one.key);
      }
    }
    for (const std::string_view tool : {"size-limit", "bundlewatch", "bundlesize", "bundlemon"}) {
      if (package->find(tool) != nullptr) {
        survey_.found.push_back(fmt::format(
            "limits of {} in package.json; to start from those: budgetcheck init --from package.json", tool));
      }
    }
    for (const std::string_view file : {"lighthouserc.json", ".lighthouserc.json", "lighthouserc.yml", "budget.json",
                                        ".size-limit.json", "bundlewatch.config.json", ".bundlemonrc.json"}) {
      if (files_.kind(std::string(file)) == FileKind::kRegular) {
        survey_.found.push_back(fmt::format("limits in {0}; to start from those: budgetcheck init --from {0}", file));
      }
    }
  }

  void note_package(const std::string& name) {
    if (survey_.tracing_package.empty() && is_tracing_package(name)) {
      survey_.tracing_package = name;
    }
  }

  /// The project here, and those of the workspace.
  void find_projects() {
    std::vector<std::string> folders = workspace_folders(files_, ".", kMostPackages + 1);
    if (folders.size() > kMostPackages) {
      folders.resize(kMostPackages);
      survey_.remarks.push_back(fmt::format(
          "the workspace has more than {} packages; for one of the others run init in its folder", kMostPackages));
    }
    std::vector<Project> found = read_projects(files_, ".");
    if (!folders.empty()) {
      // The root of a workspace carries the tools of its packages, and builds something itself only when it is there.
      std::erase_if(found, [](const Project& project) { return project.client.empty() || project.is_guess; });
    }
    for (const std::string& folder : folders) {
      const std::vector<Project> members = read_projects(files_, folder);
      found.insert(found.end(), members.begin(), members.end());
    }
    for (const Project& project : found) {
      std::for_each(project.dependencies.begin(), project.dependencies.end(),
                    [&](const std::string& name) { note_package(name); });
    }
    std::erase_if(found, [](const Project& project) { return project.framework == nullptr; });
    survey_.projects = std::move(found);
    if (files_.kind("package.json") != FileKind::kRegular && survey_.projects.empty()) {
      survey_.remarks.emplace_back("there is no package.json here; init looks at the folder that it is run in");
    }
    for (const Project& project : survey_.projects) {
      survey_.remarks.insert(survey_.remarks.end(), project.notes.begin(), project.notes.end());
      survey_.found.push_back(fmt::format(
          "{}{}{}", project.framework->name, project.folder == "." ? "" : " in " + project.folder,
          project.is_unfinished ? fmt::format(", the build in {} is not complete (no {})", project.output, kNextBuildId)
          : project.client.empty() ? ", not built yet"
          : project.is_library     ? fmt::format(", its files in {}", project.client)
                                   : fmt::format(", the browser's files in {}", project.client)));
    }
  }

  template <std::size_t N>
  void look_at_places(const std::array<std::string_view, N>& places) {
    for (const std::string_view place : places) {
      look_at(std::string(place));
    }
  }

  /// The files of a place are one input where only together they are whole, as those of several services or metrics
  /// are.
  void look_at_together(const std::string& place, std::string_view family) {
    DraftInput input{place, "", "", {}};
    const std::vector<std::string> paths = expand_path_glob(files_, ".", place, kMostFiles);
    const Facts facts = paths.size() > 1 ? collect_one(input) : Facts();
    const bool is_whole =
        measures(facts, family) &&
        std::all_of(facts.inputs.begin(), facts.inputs.end(),
                    [](const Input& one) { return one.state == InputState::kRead; }) &&
        std::none_of(paths.begin(), paths.end(), [&](const auto& path) { return seen_.contains(path); });
    if (!is_whole) {
      look_at(place);
      return;
    }
    seen_.insert(paths.begin(), paths.end());
    complete(input, facts, {});
    survey_.inputs.push_back(std::move(input));
  }

  void look_at_builds() {
    bool is_settled = false;  // nothing but what the projects name is looked at
    for (const Project& project : survey_.projects) {
      if (project.is_library) {
        survey_.libraries.insert(app_of(survey_, project));
      }
      const bool is_elsewhere = survey_.projects.size() > 1 || project.folder != ".";
      if (is_elsewhere || (project.framework->decides && (!project.client.empty() || project.is_unfinished))) {
        is_settled = true;
        if (!look_at_accounts(project)) {
          look_at_folder(project.client, app_of(survey_, project));
        }
      }
    }
    if (is_settled) {
      return;
    }
    for (const Project& project : survey_.projects) {
      look_at_accounts(project);
    }
    for (const std::string_view place : kAccounts) {
      // Turbopack's manifest does not contain what its route stats do.
      if (place != kNextManifest || files_.kind(std::string(kRouteStats)) != FileKind::kRegular) {
        look_at(std::string(place));
      }
    }
    if (has_build_) {
      return;
    }
    if (!survey_.projects.empty()) {
      look_at_folder(survey_.projects.front().client, "");
      return;
    }
    for (const std::string_view folder : kBuildFolders) {
      // A folder without pages may be a server's build, which is no bundle.
      if (has_file(files_, std::string(folder) + "/*.html") && look_at_folder(std::string(folder), "")) {
        return;
      }
    }
  }

  /// The first file that tells what entries load, with the folder of its files.
  bool look_at_accounts(const Project& project) {
    if (project.client.empty()) {
      return false;
    }
    const bool is_named = project.framework->id != FrameworkId::kEsbuild && project.framework->id != FrameworkId::kBun;
    for (const std::string& path : project.accounts) {
      DraftInput input{path, "", "", {}, app_of(survey_, project)};
      const Facts facts = collect_one(input);
      if (!is_named && !is_a_build(facts)) {
        continue;  // any JSON file
      }
      seen_.insert(path);
      if (!is_usable(path, facts)) {
        continue;
      }
      complete(input, facts, {project.client, project.output, project.folder});
      const Facts whole = collect_one(input);
      if (has_entries(whole) && measures(whole, "bundle.gzip")) {
        has_build_ = true;
        survey_.inputs.push_back(std::move(input));
        return true;
      }
    }
    return false;
  }

  bool look_at_folder(const std::string& folder, const std::string& app) {
    if (folder.empty() || files_.kind(folder) != FileKind::kDirectory) {
      return false;
    }
    DraftInput input{folder, "", "", {}, app};
    const Facts facts = collect_one(input);
    const bool is_read = !facts.inputs.empty() && facts.inputs.front().state == InputState::kRead;
    if (!is_read || !measures(facts, "bundle.")) {
      return false;
    }
    survey_.inputs.push_back(std::move(input));
    return true;
  }

  Facts collect_one(const DraftInput& input) const { return collect_inputs(files_, {spec_of(input)}, {}); }

  static InputSpec spec_of(const DraftInput& input) {
    InputSpec spec;
    spec.path = input.path;
    spec.settings.set("root", input.root);
    spec.settings.set("schema", input.schema);
    if (!input.app.empty()) {
      spec.settings.set("app", input.app);
    }
    return spec;
  }

  void look_at(const std::string& place) {
    std::vector<std::string> paths;
    for (const std::string& path : expand_path_glob(files_, ".", place, kMostFiles)) {
      if (seen_.insert(path).second) {
        paths.push_back(path);
      }
    }
    std::vector<DraftInput> good;
    std::size_t strange = paths.empty() ? 1 : 0;  // files that are no input at all
    bool has_build = false;
    for (const std::string& path : paths) {
      DraftInput input{path, "", "", {}};
      const Facts facts = collect_one(input);
      has_build = has_build || is_a_build(facts);
      strange += facts.inputs.empty() || facts.inputs.front().format.empty() ? 1U : 0U;
      if (is_usable(path, facts)) {
        has_build_ = has_build_ || measures(facts, "bundle.");
        complete(input, facts, {});
        good.push_back(std::move(input));
      }
    }
    const bool seen_before = expand_path_glob(files_, ".", place, kMostFiles).size() != paths.size();
    // Tomorrow's results have other names, so the glob stays; a stats file has one name and a folder of its own.
    if (!good.empty() && is_glob(place) && strange == 0 && !has_build && !seen_before) {
      if (good.size() < paths.size()) {
        survey_.left_out.push_back(fmt::format(
            "the glob {} matches those too: until they are fixed or removed, check cannot judge (exit code 3)", place));
      }
      good.front().path = place;
      good.resize(1);
    }
    survey_.inputs.insert(survey_.inputs.end(), good.begin(), good.end());
  }

  bool is_usable(const std::string& path, const Facts& facts) {
    if (!facts.bundle.failed_builds.empty()) {
      survey_.left_out.push_back(
          fmt::format("{}: its build failed, so its sizes mean nothing; fix the build first", path));
      return false;
    }
    for (const Input& input : facts.inputs) {
      if (input.state != InputState::kRead) {
        // One line is enough for a file that is not an input at all: nobody asked for it.
        const bool is_unknown = input.format.empty() && input.message.starts_with("JSON of no known format");
        survey_.left_out.push_back(
            fmt::format("{}: {}{}", path, input.message, is_unknown || input.hint.empty() ? "" : "; " + input.hint));
        broken_.insert(path);
        return false;
      }
    }
    if (facts.samples.empty() && facts.queries.logs.empty()) {
      survey_.left_out.push_back(fmt::format("{}: it contains nothing that a budget could limit", path));
      return false;
    }
    return true;
  }

  /// The folder of the build's files, the schema of the database.
  void complete(DraftInput& input, const Facts& facts, std::vector<std::string> roots) const {
    const std::string schema = "prisma/schema.prisma";
    if (!facts.queries.logs.empty() && files_.kind(schema) == FileKind::kRegular) {
      input.schema = schema;
    }
    if (!is_a_build(facts)) {
      return;
    }
    if (!roots.empty() && measures(facts, "bundle.gzip")) {
      return;  // it knows where its files are
    }
    roots.push_back(folder_of(input.path));
    roots.insert(roots.end(), {"dist", "build", "out", "public"});
    std::set<std::string> tried;
    for (const std::string& root : roots) {
      if (!tried.insert(root).second || files_.kind(root) != FileKind::kDirectory) {
        continue;
      }
      DraftInput with_root = input;
      with_root.root = root;
      const Facts sized = collect_one(with_root);
      const bool is_whole = measures(sized, "bundle.gzip") &&
                            std::none_of(sized.samples.begin(), sized.samples.end(), [](const Sample& sample) {
                              return sample.metric == "bundle.gzip" && sample.lower_bound;
                            });
      if (is_whole && sized.inputs.front().state == InputState::kRead) {
        input.root = root;
        return;
      }
    }
  }

  /// All inputs together; one that contradicts another is left out.
  void measure() {
    for (std::size_t round = 0; round < kMostRounds && !survey_.inputs.empty(); ++round) {
      std::vector<InputSpec> specs;
      for (const DraftInput& input : survey_.inputs) {
        specs.push_back(spec_of(input));
      }
      survey_.facts = collect_inputs(files_, specs, {});
      const auto bad = std::find_if(survey_.facts.inputs.begin(), survey_.facts.inputs.end(), [&](const Input& input) {
        return input.state != InputState::kRead && !broken_.contains(input.path);
      });
      if (bad == survey_.facts.inputs.end()) {
        return;
      }
      const auto culprit = std::find_if(survey_.inputs.begin(), survey_.inputs.end(), [&](const DraftInput& input) {
        return path_glob_matches(input.path, bad->path);
      });
      if (culprit == survey_.inputs.end()) {
        return;
      }
      survey_.left_out.push_back(
          fmt::format("{}: {}{}", culprit->path, bad->message, bad->hint.empty() ? "" : "; " + bad->hint));
      survey_.inputs.erase(culprit);
      survey_.facts = Facts();
    }
  }

  void name_found() {
    for (DraftInput& input : survey_.inputs) {
      std::set<std::string> names;
      std::size_t count = 0;
      for (const Input& read : survey_.facts.inputs) {
        if (path_glob_matches(input.path, read.path) && !broken_.contains(read.path)) {
          names.insert(read.format);
          ++count;
        }
      }
      const std::string format = join({names.begin(), names.end()}, ", ");
      const std::string what = format == "files" ? "the files of a build"
                                                 : fmt::format("{} of the format {}", counted(count, "file"), format);
      const bool is_said =
          format == "files" && std::any_of(survey_.projects.begin(), survey_.projects.end(),
                                           [&](const Project& project) { return project.client == input.path; });
      if (!is_said) {
        survey_.found.push_back(fmt::format("{} ({}){}{}", input.path, what,
                                            input.root.empty() ? "" : fmt::format(", its files in {}", input.root),
                                            input.schema.empty() ? "" : fmt::format(", with {}", input.schema)));
      }
      input.comments = {what};
    }
  }

  const FileSystem& files_;
  Survey survey_;
  std::set<std::string> seen_;
  std::set<std::string> broken_;  ///< files that were left out already
  bool has_build_ = false;        ///< a bundler's stats file was found
};

}  // namespace

Survey survey_folder(const FileSystem& files) { return Surveyor(files).run(); }

}  // namespace budgetcheck
