#include "cli/init/project/advice.h"

#include <fmt/format.h>

#include "base/path.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// The project's own script is what its pipeline runs; else the framework's command.
std::string own_or(const Project& project, std::string_view fallback) {
  const ScriptCommand* own = project.build_command();
  return "npx " + (own == nullptr ? std::string(fallback) : own->line());
}

/// Commands are run in the project's folder.
std::string in_folder(const Project& project, std::string command) {
  return project.folder == "." ? std::move(command) : fmt::format("cd {} && {}", project.folder, command);
}

std::string with_option(const Project& project, std::string_view fallback, std::string_view option) {
  const ScriptCommand* own = project.build_command();
  const std::string_view name = option.substr(0, option.find('='));
  const std::string command = own_or(project, fallback);
  return own != nullptr && own->has_word(name) ? command : command + " " + std::string(option);
}

/// webpack does not make the folder that it writes its stats into.
std::string stats_path(const Project& project) {
  return project.client.empty() ? "stats.json" : join_path(relative_to(project.output, project.folder), "stats.json");
}

std::string url_at(const Project& project, int port) {
  return fmt::format("http://localhost:{}{}", port, project.base_path);
}

std::string bare_command(const Project& project) {
  switch (project.framework->id) {
    case FrameworkId::kNext:
      return own_or(project, "next build");
    case FrameworkId::kNuxt:
      return own_or(project, "nuxt build");
    case FrameworkId::kSvelteKit:
      return "npx vite build";
    case FrameworkId::kReactRouter:
      return own_or(project, "react-router build");
    case FrameworkId::kRemix:
      return own_or(project, "remix vite:build");
    case FrameworkId::kAstro:
      return own_or(project, "astro build");
    case FrameworkId::kAngular:
      return project.target.empty() ? own_or(project, "ng build") : fmt::format("npx ng build {}", project.target);
    case FrameworkId::kGatsby:
      return own_or(project, "gatsby build");
    case FrameworkId::kCreateReactApp:
      return own_or(project, "react-scripts build");
    case FrameworkId::kVueCli:
      return own_or(project, "vue-cli-service build");
    case FrameworkId::kRsbuild:
      return own_or(project, "rsbuild build");
    case FrameworkId::kTsup:
      return own_or(project, "tsup");
    case FrameworkId::kVite:
      return own_or(project, "vite build");
    case FrameworkId::kRollup:
      return own_or(project, "rollup -c");
    case FrameworkId::kWebpack:
    case FrameworkId::kRspack:
    case FrameworkId::kParcel:
    case FrameworkId::kEsbuild:
    case FrameworkId::kBun:
      break;
  }
  const bool has_command = project.build_command() != nullptr;
  if (has_command) {
    return project.framework->id == FrameworkId::kBun ? project.build_command()->line() : own_or(project, "");
  }
  for (const ScriptCommand& command : project.commands) {
    if (command.script == "build") {
      return "npm run build";
    }
  }
  return project.framework->id == FrameworkId::kWebpack  ? "npx webpack"
         : project.framework->id == FrameworkId::kRspack ? "npx rspack build"
                                                         : "the command that builds it";
}

}  // namespace

std::string build_command(const Project& project) { return in_folder(project, bare_command(project)); }

std::vector<std::string> account_advice(const Project& project) {
  const bool has_command = project.build_command() != nullptr;
  switch (project.framework->id) {
    case FrameworkId::kVite:
      if (has_command || project.commands.empty()) {
        return {in_folder(project, with_option(project, "vite build", "--manifest")),
                "or the same for every build: build: { manifest: true } in vite.config"};
      }
      return {"build: { manifest: true } in vite.config, then the project's own build"};
    case FrameworkId::kWebpack:
      return {in_folder(project, with_option(project, "webpack", "--json=" + stats_path(project)))};
    case FrameworkId::kRspack:
      return {"set stats: { assets: true, entrypoints: true, modules: true } in the config",
              in_folder(project, with_option(project, "rspack build", "--json=" + stats_path(project)))};
    case FrameworkId::kEsbuild:
      if (has_command) {
        return {in_folder(project, with_option(project, "esbuild", "--metafile=meta.json"))};
      }
      return {"set metafile: true in the options of build() and write it:",
              "fs.writeFileSync('meta.json', JSON.stringify(result.metafile))"};
    case FrameworkId::kRollup:
      return {"npm install -D rollup-plugin-visualizer",
              "in the config, plugins: visualizer({ template: 'raw-data', filename: 'stats.json' })", "build again"};
    default:
      return {};
  }
}

ServeAdvice serve_advice(const Project& project) {
  const FrameworkId id = project.framework == nullptr ? FrameworkId::kEsbuild : project.framework->id;
  const std::string folder = project.client.empty() ? "" : relative_to(project.client, project.folder);
  const std::string serve = folder.empty() ? "" : in_folder(project, fmt::format("npx serve -s {}", folder));
  switch (id) {
    case FrameworkId::kNext:
      return project.is_exported
                 ? ServeAdvice{in_folder(project, fmt::format("npx serve {}", folder.empty() ? "out" : folder)),
                               url_at(project, 3000)}
                 : ServeAdvice{in_folder(project, "npx next start"), url_at(project, 3000)};
    case FrameworkId::kNuxt:
      // nuxt preview looks in .output alone.
      return {project.output == join_path(project.folder, project.framework->folder)
                  ? in_folder(project, "npx nuxt preview")
              : project.output == project.client || project.client.empty()
                  ? ""
                  : in_folder(project,
                              fmt::format("node {}/server/index.mjs", relative_to(project.output, project.folder))),
              url_at(project, 3000)};
    case FrameworkId::kSvelteKit:
      return {in_folder(project, "npx vite preview"), url_at(project, 4173)};
    case FrameworkId::kReactRouter:
      if (project.is_single_page) {
        return {serve, url_at(project, 3000)};
      }
      return project.depends_on("@react-router/serve") && !project.output.empty()
                 ? ServeAdvice{in_folder(project, fmt::format("npx react-router-serve {}",
                                                              join_path(relative_to(project.output, project.folder),
                                                                        "server/index.js"))),
                               url_at(project, 3000)}
                 : ServeAdvice{"", url_at(project, 3000)};
    case FrameworkId::kAstro:
      for (const char* adapter : {"@astrojs/vercel", "@astrojs/netlify", "@astrojs/cloudflare"}) {
        if (project.depends_on(adapter)) {
          return {"", url_at(project, 4321)};  // astro preview knows none of these
        }
      }
      return {in_folder(project, "npx astro preview"), url_at(project, 4321)};
    case FrameworkId::kVite: {
      const ScriptCommand* own = project.build_command();
      const std::string out = own == nullptr ? "" : own->option({"--outDir"});
      return {in_folder(project, out.empty() ? "npx vite preview" : fmt::format("npx vite preview --outDir {}", out)),
              url_at(project, 4173)};
    }
    case FrameworkId::kRsbuild:
      return {in_folder(project, "npx rsbuild preview"), url_at(project, 3000)};
    case FrameworkId::kGatsby:
      return {in_folder(project, "npx gatsby serve"), url_at(project, 9000)};
    case FrameworkId::kAngular:
    case FrameworkId::kCreateReactApp:
    case FrameworkId::kVueCli:
    case FrameworkId::kParcel:
      return {serve, "http://localhost:3000/"};
    default:
      return {};
  }
}

}  // namespace budgetcheck
