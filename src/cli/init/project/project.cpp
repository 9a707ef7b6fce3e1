#include "cli/init/project/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/glob.h"
#include "base/text.h"
#include "cli/init/project/build_folder.h"
#include "cli/init/project/config_text.h"
#include "cli/init/project/entry_points.h"
#include "cli/init/project/nx.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostConfigs = 10;
constexpr std::size_t kMostAccounts = 20;

std::optional<json::Value> read_json_file(const FileSystem& files, const std::string& path) {
  if (files.kind(path) != FileKind::kRegular) {
    return std::nullopt;
  }
  const auto content = files.open(path);
  if (!content) {
    return std::nullopt;
  }
  ExpectedAll<json::Value> value = json::read_json(path, (*content)->bytes());
  return value ? std::optional(std::move(*value)) : std::nullopt;
}

bool is_script(std::string_view path) {
  constexpr std::array<std::string_view, 8> kEndings{".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx", ".jsx"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view end) { return path.ends_with(end); });
}

bool names(const std::vector<std::string_view>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

struct Config {
  std::string path;
  ConfigText text;
};

class ProjectReader {
 public:
  ProjectReader(const FileSystem& files, const std::string& folder) : files_(files) {
    project_.folder = join_path(folder, "");
    if (std::optional<json::Value> package = read_json_file(files_, in_project("package.json"))) {
      package_ = std::move(*package);
    }
    project_.name = package_.string_or("name", "");
    for (const std::string_view list : {"dependencies", "devDependencies", "peerDependencies"}) {
      const json::Value* packages = package_.find(list);
      if (packages != nullptr && packages->is_object()) {
        for (const json::Member& member : *packages->object()) {
          project_.dependencies.insert(member.key);
        }
      }
    }
    project_.commands = script_commands(package_);
    nx_ = read_nx_build(files_, project_.folder);
  }

  std::vector<Project> run() {
    recognise();
    if (project_.framework == nullptr) {
      return {project_};
    }
    read_configs();
    if (project_.framework->id == FrameworkId::kAngular) {
      return angular_projects();
    }
    read_traits();
    const std::vector<WantedFolder> wanted = wanted_folders();
    find_folder(project_.framework->id == FrameworkId::kTsup ? joined_formats(files_, project_.folder, wanted)
                                                             : wanted);
    // What other packages import is in the build, and no page is.
    project_.is_library =
        project_.is_library || (!project_.client.empty() && !project_.framework->decides &&
                                has_entry_point_in(package_, relative_to(project_.client, project_.folder)) &&
                                expand_path_glob(files_, project_.client, "**/*.html", 1).empty());
    return {project_};
  }

 private:
  std::string in_project(std::string_view path) const { return join_path(project_.folder, path); }

  /// The framework that most speaks for: what scripts run says more than a configuration, and that more than a package.
  void recognise() {
    int best = 0;
    for (const Framework& framework : frameworks()) {
      const bool has_package = std::any_of(framework.packages.begin(), framework.packages.end(),
                                           [&](std::string_view name) { return project_.depends_on(name); });
      int points = has_package ? 1 + (framework.decides ? 8 : 0) : 0;
      for (const ScriptCommand& command : project_.commands) {
        if (std::any_of(framework.commands.begin(), framework.commands.end(),
                        [&](std::string_view start) { return command.runs(start); })) {
          points += command.script.starts_with("build") ? 6 : 4;
          break;
        }
      }
      points += has_config(framework) ? 2 : 0;
      points += nx_.framework == &framework ? 9 : 0;
      if (points > best) {
        best = points;
        project_.framework = &framework;
      }
    }
  }

  /// A file of a name that others use too must name the bundler.
  bool has_config(const Framework& framework) const {
    const bool by_content = framework.id == FrameworkId::kEsbuild || framework.id == FrameworkId::kBun;
    for (const std::string& path : config_paths(framework)) {
      if (!by_content) {
        return framework.id != FrameworkId::kRemix || project_.depends_on("@remix-run/dev");
      }
      const auto content = files_.open(path);
      if (content && ConfigText((*content)->bytes()).mentions(framework.id == FrameworkId::kBun ? "Bun" : "esbuild")) {
        return true;
      }
    }
    return false;
  }

  std::vector<std::string> config_paths(const Framework& framework) const {
    std::vector<std::string> paths;
    const auto add = [&](const std::string& path) {
      if (paths.size() < kMostConfigs && files_.kind(path) == FileKind::kRegular &&
          std::find(paths.begin(), paths.end(), path) == paths.end()) {
        paths.push_back(path);
      }
    };
    for (const ScriptCommand& command : project_.commands) {
      const bool is_build = std::any_of(framework.commands.begin(), framework.commands.end(),
                                        [&](std::string_view start) { return command.runs(start); });
      const std::string config = is_build ? command.option({"--config", "-c"}) : "";
      if (!config.empty()) {
        add(in_project(config));
      }
    }
    for (const std::string_view pattern : framework.configs) {
      for (const std::string& path : expand_path_glob(files_, project_.folder, std::string(pattern), kMostConfigs)) {
        add(path);
      }
    }
    if (framework.id == FrameworkId::kEsbuild || framework.id == FrameworkId::kBun) {
      for (const ScriptCommand& command : project_.commands) {
        if (!command.words.empty() && names({"node", "bun", "tsx", "deno", "ts-node"}, command.words.front())) {
          for (const std::string& word : command.words) {
            if (is_script(word)) {
              add(in_project(word));
            }
          }
        }
      }
    }
    return paths;
  }

  void read_configs() {
    for (const std::string& path : config_paths(*project_.framework)) {
      if (const auto content = files_.open(path)) {
        configs_.push_back({path, ConfigText((*content)->bytes())});
      }
    }
  }

  std::string literal(const std::vector<Config>& configs, std::string_view key) const {
    for (const Config& config : configs) {
      for (const ConfigValue& value : config.text.find(key)) {
        if (value.is_literal) {
          return value.text;
        }
      }
    }
    return {};
  }

  bool says(std::string_view key, std::string_view text) const { return literal(configs_, key) == text; }

  void read_traits() {
    const FrameworkId id = project_.framework->id;
    const bool is_vite_library =
        id == FrameworkId::kVite && std::any_of(configs_.begin(), configs_.end(), [](const Config& config) {
          return !config.text.find("build.lib").empty();
        });
    project_.is_library = id == FrameworkId::kTsup || is_vite_library;
    project_.is_exported = id == FrameworkId::kNext && says("output", "export");
    project_.is_single_page = id == FrameworkId::kReactRouter &&
                              std::any_of(configs_.begin(), configs_.end(),
                                          [](const Config& config) { return config.text.has_false("ssr"); });
    std::string base;
    for (const std::string_view key : {"basePath", "base", "app.baseURL", "paths.base", "basename"}) {
      base = base.empty() ? literal(configs_, key) : base;
    }
    if (base.starts_with("/")) {
      project_.base_path = base.ends_with("/") ? base : base + "/";
    }
  }

  /// Vite's folder is seen from its `root`.
  std::string vite_root() const {
    const std::string root = project_.framework->id == FrameworkId::kVite ? literal(configs_, "root") : "";
    return root.empty() || root.starts_with("/") ? project_.folder : in_project(root);
  }

  std::vector<WantedFolder> wanted_folders() {
    std::vector<WantedFolder> wanted;
    const std::string root = vite_root();
    const auto add = [&](const std::string& path, std::string_view below, bool is_certain, const std::string& from) {
      if (!path.empty() && !path.starts_with("/") && wanted.size() < kMostConfigs * 2) {
        wanted.push_back({join_path(from, path), std::string(below), is_certain});
      }
    };
    for (const ScriptCommand& command : project_.commands) {
      const bool is_build = std::any_of(project_.framework->commands.begin(), project_.framework->commands.end(),
                                        [&](std::string_view start) { return command.runs(start); });
      if (is_build && !command.has_word("--ssr")) {
        add(folder_named(command.option(project_.framework->options)), "", true, root);
      }
      for (const std::string& variable : command.variables) {
        constexpr std::string_view kBuildPath = "BUILD_PATH=";
        if (project_.framework->id == FrameworkId::kCreateReactApp && variable.starts_with(kBuildPath)) {
          add(variable.substr(kBuildPath.size()), "", true, project_.folder);
        }
      }
    }
    bool is_computed = false;
    for (const FolderKey& key : project_.framework->keys) {
      for (const Config& config : configs_) {
        for (const ConfigValue& value : config.text.find(key.key)) {
          const std::string from = value.is_from_file ? folder_of(config.path) : root;
          if (value.is_literal) {
            add(folder_named(value.text), key.below, true, from);
            continue;
          }
          if (value.is_object) {
            continue;  // another key looks into it
          }
          is_computed = true;
          project_.notes.push_back(fmt::format(
              "{} computes '{}' (line {}), so where the build lies is known from the disk alone; if init names another "
              "folder, put the right one into inputs",
              config.path, key.key, value.line));
          for (const std::string& candidate : value.candidates) {
            add(folder_named(candidate), key.below, false, from);
          }
        }
      }
    }
    add_others(wanted);
    const bool is_said = is_any_certain(wanted);
    if (!is_said || project_.is_exported) {
      if (project_.is_exported) {
        wanted.push_back({in_project("out"), "", !is_computed});
      }
      wanted.push_back({join_path(root, project_.framework->folder), "", false});
    }
    if (is_computed && !project_.framework->decides) {
      for (const char* usual : {"build", "public", "out", "www"}) {
        wanted.push_back({join_path(root, usual), "", false});
      }
    }
    return wanted;
  }

  /// Bundlers that write one file name it in the place of a folder.
  static std::string folder_named(const std::string& path) {
    return is_script(path) ? folder_of(path) : path.empty() ? path : join_path(path, "");
  }

  /// What is said elsewhere than in the framework's own configuration.
  void add_others(std::vector<WantedFolder>& wanted) const {
    const FrameworkId id = project_.framework->id;
    if (!nx_.output.empty()) {
      wanted.push_back({join_path("", nx_.output), "", true});
      if (id == FrameworkId::kNext) {
        wanted.push_back({join_path(nx_.output, project_.framework->folder), "", true});
      }
    }
    if (id == FrameworkId::kParcel) {
      const json::Value* targets = package_.find("targets");
      if (targets != nullptr && targets->is_object()) {
        for (const json::Member& target : *targets->object()) {
          const std::string folder(target.value.string_or("distDir", ""));
          if (!folder.empty()) {
            wanted.push_back({in_project(folder), "", true});
          }
        }
      }
    }
    if (id == FrameworkId::kSvelteKit) {
      // What an adapter copies, where the folder that it copies from is gone.
      wanted.push_back({in_project(project_.framework->folder), "", false});
      for (const std::string_view key : {"adapter.pages", "adapter.assets", "adapter.out"}) {
        const std::string folder = literal(configs_, key);
        if (!folder.empty()) {
          wanted.push_back({in_project(folder), key == "adapter.out" ? "client" : ".", false});
        }
      }
      wanted.push_back({in_project("build"), "client", false});
      wanted.push_back({in_project("build"), ".", false});
    }
    if (id == FrameworkId::kAstro) {
      const std::string out = literal(configs_, "outDir");
      const std::string client = literal(configs_, "build.client");
      if (!client.empty()) {
        wanted.insert(wanted.begin(), {in_project(out.empty() ? project_.framework->folder : out), client, true});
      }
    }
  }

  void find_folder(const std::vector<WantedFolder>& wanted) {
    const BuildFolder build = find_build(files_, *project_.framework, project_.folder, wanted);
    project_.output = build.output;
    project_.client = build.client;
    project_.is_guess = build.is_guess;
    if (project_.framework->id == FrameworkId::kNext && !build.client.empty() &&
        !has_whole_next_build(files_, project_.output)) {
      project_.is_unfinished = true;
      project_.client.clear();
      return;
    }
    if (build.is_guess) {
      project_.notes.push_back(
          fmt::format("nothing names the folder of {}'s build; {} holds what only its build writes",
                      project_.framework->name, project_.client));
    }
    std::vector<std::string_view> patterns = project_.framework->accounts;
    const std::string manifest = literal(configs_, "build.manifest");
    if (!manifest.empty() && project_.framework->id == FrameworkId::kVite) {
      patterns.insert(patterns.begin(), manifest);
    }
    for (const std::string_view pattern : patterns) {
      add_accounts(project_.output, std::string(pattern));
    }
    if (project_.framework->id == FrameworkId::kEsbuild || project_.framework->id == FrameworkId::kBun) {
      // A metafile lies where whoever wrote the build put it.
      for (const ScriptCommand& command : project_.commands) {
        const std::string metafile = command.option({"--metafile"});
        if (!metafile.empty()) {
          add_accounts(project_.folder, metafile);
        }
      }
      add_accounts(project_.folder, "*.json");
      add_accounts(project_.folder, "{reports,report,meta,stats,build,dist}/*.json");
    }
  }

  void add_accounts(const std::string& folder, const std::string& pattern) {
    for (const std::string& path : expand_path_glob(files_, folder, pattern, kMostAccounts)) {
      if (std::find(project_.accounts.begin(), project_.accounts.end(), path) == project_.accounts.end()) {
        project_.accounts.push_back(path);
      }
    }
  }

  /// The workspace file names a folder for each project, or leaves it to the default: dist/PROJECT.
  std::vector<Project> angular_projects() {
    std::vector<Project> found;
    std::optional<json::Value> workspace = read_json_file(files_, in_project("angular.json"));
    workspace = workspace ? std::move(workspace) : read_json_file(files_, in_project(".angular.json"));
    const json::Value* projects = workspace ? workspace->find("projects") : nullptr;
    if (projects != nullptr && projects->is_object()) {
      for (const json::Member& member : *projects->object()) {
        if (member.value.string_or("projectType", "application") == "application") {
          add_angular(member.key, member.value, found);
        }
      }
    }
    if (found.empty()) {
      std::vector<WantedFolder> wanted;
      add_others(wanted);
      wanted.push_back({in_project("dist"), "", false});
      find_folder(wanted);
      found.push_back(project_);
    }
    for (Project& project : found) {
      project.target = found.size() > 1 ? project.target : "";
    }
    return found;
  }

  void add_angular(const std::string& name, const json::Value& value, std::vector<Project>& found) {
    const json::Value* targets = value.find("architect");
    targets = targets == nullptr ? value.find("targets") : targets;
    const json::Value* build = targets == nullptr ? nullptr : targets->find("build");
    const json::Value* path = build == nullptr ? nullptr : build->at({"options", "outputPath"});
    WantedFolder wanted{in_project("dist/" + name), "", true};
    if (path != nullptr && path->string() != nullptr) {
      wanted.path = in_project(*path->string());
    } else if (path != nullptr) {
      wanted.path = in_project(path->string_or("base", "dist/" + name));
      const json::Value* browser = path->find("browser");
      wanted.below = browser == nullptr || browser->string() == nullptr ? ""
                     : browser->string()->empty()                       ? "."
                                                                        : *browser->string();
    }
    for (const ScriptCommand& command : project_.commands) {
      const std::string option = command.runs("ng build") ? command.option(project_.framework->options) : "";
      if (!option.empty()) {
        wanted.path = in_project(option);
      }
    }
    Project project = project_;
    std::swap(project, project_);
    project_.target = name;
    find_folder({wanted});
    std::swap(project, project_);
    found.push_back(std::move(project));
  }

  const FileSystem& files_;
  Project project_;
  json::Value package_;
  NxBuild nx_;
  std::vector<Config> configs_;
};

}  // namespace

const ScriptCommand* Project::build_command() const {
  for (const ScriptCommand& command : commands) {
    if (framework != nullptr && !command.has_word("--ssr") &&
        std::any_of(framework->commands.begin(), framework->commands.end(),
                    [&](std::string_view start) { return command.runs(start); })) {
      return &command;
    }
  }
  return nullptr;
}

std::vector<Project> read_projects(const FileSystem& files, const std::string& folder) {
  return ProjectReader(files, folder).run();
}

}  // namespace budgetcheck
