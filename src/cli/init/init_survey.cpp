#include "cli/init/init_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "cli/check/collect_inputs.h"
#include "collect/collect.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostFiles = 50;  // of one glob

/// Where tools leave their results.
constexpr std::array<std::string_view, 31> kPlaces{".lighthouseci/lhr-*.json",
                                                   "reports/lhr-*.json",
                                                   "lighthouse-reports/*.json",
                                                   "lighthouse/*.json",
                                                   "reports/*.report.json",
                                                   "*.report.json",
                                                   "lhr*.json",
                                                   "dist/*stats.json",
                                                   "build/*stats.json",
                                                   "out/*stats.json",
                                                   ".next/*stats.json",
                                                   "public/*stats.json",
                                                   "reports/*stats.json",
                                                   "*stats.json",
                                                   "dist/meta*.json",
                                                   "build/meta*.json",
                                                   "meta.json",
                                                   "dist/.vite/*.json",
                                                   "build/.vite/*.json",
                                                   ".next/diagnostics/route-bundle-stats.json",
                                                   ".next/build-manifest.json",
                                                   "captures/*.har",
                                                   "har/*.har",
                                                   "reports/*.har",
                                                   "test-results/*.har",
                                                   "*.har",
                                                   "logs/*.ndjson",
                                                   "logs/*.jsonl",
                                                   "logs/*.log",
                                                   "*.ndjson",
                                                   "reports/*.ndjson"};

constexpr std::string_view kRouteStats = ".next/diagnostics/route-bundle-stats.json";

/// Where builds are written: read when the bundler wrote no stats file.
constexpr std::array<std::string_view, 7> kBuildFolders{"dist",         "build",        "out", ".output/public",
                                                        "public/build", "dist/browser", "www"};

bool has_file(const FileSystem& files, const std::string& pattern) {
  return !expand_path_glob(files, ".", pattern, 1).empty();
}

bool measures(const Facts& facts, std::string_view family) {
  return std::any_of(facts.samples.begin(), facts.samples.end(),
                     [&](const Sample& sample) { return sample.metric.starts_with(family); });
}

bool has_label(const Facts& facts, std::string_view label) {
  return std::any_of(facts.samples.begin(), facts.samples.end(), [&](const Sample& sample) {
    return sample.metric.starts_with("bundle.") && sample.where.find(label) != nullptr;
  });
}

bool has_packages(const Facts& facts) {
  return std::any_of(facts.parts.begin(), facts.parts.end(),
                     [](const Part& part) { return is_package_kind(part.kind) || is_module_kind(part.kind); });
}

bool is_a_build(const Facts& facts) {
  return measures(facts, "bundle.") || std::any_of(facts.unmeasured.begin(), facts.unmeasured.end(),
                                                   [](const Unmeasured& u) { return u.metric.starts_with("bundle."); });
}

class Surveyor {
 public:
  explicit Surveyor(const FileSystem& files) : files_(files) {}

  Survey run() {
    read_package();
    for (const std::string_view place : kPlaces) {
      // Turbopack's manifest does not contain what its route stats do.
      if (place != ".next/build-manifest.json" || files_.kind(std::string(kRouteStats)) != FileKind::kRegular) {
        look_at(std::string(place));
      }
    }
    look_at_folders();
    measure();
    name_found();
    name_missing();
    return std::move(survey_);
  }

 private:
  void read_package() {
    const auto content =
        files_.kind("package.json") == FileKind::kRegular ? files_.open("package.json") : fail(ErrorKind::kInput, "");
    if (!content) {
      name_projects();
      return;
    }
    const ExpectedAll<json::Value> package = json::read_json("package.json", (*content)->bytes());
    if (!package) {
      survey_.left_out.push_back(fmt::format("package.json: {}", package.error().front().message));
      return;
    }
    survey_.project = package->string_or("name", "");
    if (package->find("workspaces") != nullptr || files_.kind("pnpm-workspace.yaml") == FileKind::kRegular) {
      name_projects();
    }
    for (const std::string_view list : {"dependencies", "devDependencies"}) {
      const json::Value* names = package->find(list);
      for (const std::string_view name : {"next", "vite", "webpack", "@rspack/core", "esbuild", "rollup", "parcel",
                                          "react-scripts", "@angular/cli", "@prisma/client"}) {
        if (names != nullptr && names->find(name) != nullptr) {
          dependencies_.insert(std::string(name));
        }
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

  /// init looks at one folder. Run above the project, it names the folders of projects.
  void name_projects() {
    constexpr std::size_t kShown = 5;
    std::vector<std::string> folders;
    for (const char* pattern : {"*/package.json", "{apps,packages,projects}/*/package.json"}) {
      for (const std::string& path : expand_path_glob(files_, ".", pattern, kShown)) {
        folders.push_back(folder_of(path));
      }
    }
    const bool here = files_.kind("package.json") == FileKind::kRegular;
    if (!folders.empty()) {
      folders.resize(std::min(folders.size(), kShown));
      survey_.remarks.push_back(
          fmt::format("there are packages in {}{}; init looks at one folder: cd {}, then budgetcheck init",
                      join(folders, ", "), here ? "" : ", and none here", folders.front()));
    } else if (!here) {
      survey_.remarks.emplace_back("there is no package.json here; init looks at the folder that it is run in");
    }
  }

  bool depends_on(std::string_view name) const { return dependencies_.contains(std::string(name)); }

  /// The files themselves have sizes too, when the bundler left no stats file.
  void look_at_folders() {
    if (has_build_) {
      return;
    }
    for (const std::string_view folder : kBuildFolders) {
      const std::string path(folder);
      if (files_.kind(path) != FileKind::kDirectory) {
        continue;
      }
      // A server's build is not a bundle.
      constexpr std::array<std::string_view, 6> kBundlers{"vite",   "webpack",       "@rspack/core",
                                                          "rollup", "react-scripts", "parcel"};
      const bool is_site =
          std::any_of(kBundlers.begin(), kBundlers.end(), [&](std::string_view name) { return depends_on(name); }) ||
          depends_on("esbuild") || depends_on("@angular/cli") || has_file(files_, path + "/*.html");
      DraftInput input{path, "", "", {}};
      const Facts facts = is_site ? collect_one(input) : Facts();
      const bool is_read = !facts.inputs.empty() && facts.inputs.front().state == InputState::kRead;
      if (is_read && measures(facts, "bundle.")) {
        survey_.inputs.push_back(std::move(input));
        return;
      }
    }
  }

  Facts collect_one(const DraftInput& input) const { return collect_inputs(files_, {spec_of(input)}, {}); }

  static InputSpec spec_of(const DraftInput& input) {
    InputSpec spec;
    spec.path = input.path;
    spec.settings.set("root", input.root);
    spec.settings.set("schema", input.schema);
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
        complete(input, facts);
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
  void complete(DraftInput& input, const Facts& facts) const {
    const std::string schema = "prisma/schema.prisma";
    if (!facts.queries.logs.empty() && files_.kind(schema) == FileKind::kRegular) {
      input.schema = schema;
    }
    if (!is_a_build(facts)) {
      return;
    }
    std::set<std::string> tried;
    for (const std::string& root : {folder_of(input.path), std::string("dist"), std::string("build"),
                                    std::string("out"), std::string("public")}) {
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
    for (std::size_t round = 0; round < kPlaces.size() && !survey_.inputs.empty(); ++round) {
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
      survey_.found.push_back(fmt::format("{} ({}){}{}", input.path, what,
                                          input.root.empty() ? "" : fmt::format(", its files in {}", input.root),
                                          input.schema.empty() ? "" : fmt::format(", with {}", input.schema)));
      input.comments = {what};
    }
  }

  void name_missing() {
    if (!measures(survey_.facts, "bundle.")) {
      survey_.missing.push_back(fmt::format("what is shipped (a bundler's own stats file): {}", build_command()));
    } else if (!has_label(survey_.facts, "entry") && !has_label(survey_.facts, "route")) {
      survey_.missing.push_back(
          fmt::format("what each page loads (a folder shows only sums): {}, then remove budgets.yml and run init again",
                      build_command()));
    } else if (!measures(survey_.facts, "bundle.gzip")) {
      survey_.missing.emplace_back(
          "compressed sizes: run init where the files of the build are, or add their folder to the input: root: dist");
    } else if (!has_packages(survey_.facts) && depends_on("vite")) {
      survey_.missing.emplace_back(
          "which packages are in the bundle, so that check names what made it grow: npm install -D "
          "rollup-plugin-visualizer, add visualizer({ template: 'raw-data', filename: 'stats.json' }) of it to "
          "plugins in vite.config, build again, and add stats.json to the inputs");
    }
    const std::string url = depends_on("vite") ? "http://localhost:4173/" : "http://localhost:3000/";
    const std::string start = depends_on("next")   ? " while npx next start serves it"
                              : depends_on("vite") ? " while npx vite preview serves it"
                                                   : " while the app is served there";
    if (!measures(survey_.facts, "lighthouse.")) {
      survey_.missing.push_back(fmt::format(
          "what visitors feel (Lighthouse): npx @lhci/cli collect --numberOfRuns=5 --url={}{}", url, start));
    }
    if (!measures(survey_.facts, "payload.")) {
      survey_.missing.push_back(fmt::format(
          "what goes over the wire (a HAR file): npx playwright open --save-har=captures/home.har {}{}", url, start));
    }
    const bool prisma = depends_on("@prisma/client") || has_file(files_, "prisma/schema.prisma");
    if (!measures(survey_.facts, "queries.") && prisma) {
      survey_.missing.emplace_back(
          "what is asked of the database: let Prisma log its queries (log: [{ emit: 'event', level: 'query' }]) as "
          "JSON "
          "lines with a request id into logs/queries.ndjson while tests run; docs/query-logs.md says how");
    }
  }

  std::string build_command() const {
    if (depends_on("next") || has_file(files_, "next.config.*")) {
      return "npx next build";
    }
    if (depends_on("vite") || has_file(files_, "vite.config.*")) {
      return "npx vite build --manifest (the same as build: { manifest: true } in vite.config)";
    }
    if (depends_on("@rspack/core") || has_file(files_, "rspack.config.*")) {
      return "set stats: { assets: true, entrypoints: true, modules: true } in the config, then npx rspack build "
             "--json=dist/stats.json";
    }
    if (depends_on("webpack") || has_file(files_, "webpack.config.*")) {
      return "npx webpack --json=dist/stats.json";
    }
    if (depends_on("esbuild")) {
      return "npx esbuild with the options of your build and --metafile=meta.json";
    }
    return "let your bundler write it: npx vite build --manifest, npx webpack --json=dist/stats.json, npx next build, "
           "or esbuild's --metafile=meta.json";
  }

  const FileSystem& files_;
  Survey survey_;
  std::set<std::string> dependencies_;
  std::set<std::string> seen_;
  std::set<std::string> broken_;  ///< files that were left out already
  bool has_build_ = false;        ///< a bundler's stats file was found
};

}  // namespace

Survey survey_folder(const FileSystem& files) { return Surveyor(files).run(); }

}  // namespace budgetcheck
