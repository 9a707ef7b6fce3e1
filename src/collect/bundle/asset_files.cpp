#include "collect/bundle/asset_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/glob.h"
#include "base/text.h"
#include "collect/bundle/build_names.h"
#include "collect/bundle/bundlers/next_unfinished.h"
#include "collect/bundle/input.h"
#include "collect/bundle/pages/folder_pages.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// What a bundler writes for a browser, and nothing else that a gate reads.
bool is_asset(std::string_view path) {
  const std::string_view type = asset_type(path);
  return !is_side_file(path) && type != "json" && type != "html" && type != "other";
}

/// In a folder whose name begins with a dot, or such a file: tools keep notes of their own there (".vite").
bool is_hidden(std::string_view name) {
  constexpr std::string_view kPublic = ".well-known";
  while (!name.empty()) {
    const std::size_t slash = std::min(name.find('/'), name.size());
    const std::string_view segment = name.substr(0, slash);
    if (segment.starts_with(".") && segment != kPublic) {
      return true;
    }
    name.remove_prefix(std::min(slash + 1, name.size()));
  }
  return false;
}

/// The folder that the pattern spells out: "dist/assets" of "dist/assets/*.js".
std::string literal_folder(const std::string& pattern) {
  const std::size_t wild = pattern.find_first_of("*?{[\\");
  const std::string literal = pattern.substr(0, wild);
  const std::size_t slash = literal.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : literal.substr(0, slash);
}

bool is_below(std::string_view path, std::string_view folder) {
  return folder == "." || path == folder || folder == "/" ||
         (path.starts_with(folder) && path.substr(folder.size()).starts_with("/"));
}

BuildWords words() {
  BuildWords words;
  words.document = "the input";
  words.plural = false;
  words.no_entries = "a folder of files does not say which entry loads them";
  words.no_entries_hint =
      "pass what the bundler writes: webpack's stats, esbuild's metafile, Vite's manifest, the folder .next";
  words.no_modules = "a folder of files lists no modules, so the packages in the bundle are not known";
  words.no_modules_hint = words.no_entries_hint;
  return words;
}

std::vector<NamedFile> each_once(const FileSystem& files, std::vector<NamedFile> named, Account& account) {
  const auto by_path = [](const NamedFile& a, const NamedFile& b) { return a.path < b.path; };
  std::stable_sort(named.begin(), named.end(), by_path);
  named.erase(std::unique(named.begin(), named.end(), [](const auto& a, const auto& b) { return a.path == b.path; }),
              named.end());  // several inputs may name one file
  if (const std::size_t copies = leave_out_copies(files, named); copies != 0) {
    account.note(fmt::format("{} in two of the inputs with the same content: counted once",
                             copies == 1 ? "1 file is" : fmt::format("{} files are", copies)));
  }
  return named;
}

void say_of_servers(const std::vector<ServerFiles>& servers, Account& account) {
  for (const ServerFiles& one : servers) {
    if (one.client.empty()) {
      account.note(fmt::format("scripts in '{}' are counted too", printable(one.server)),
                   "if they run on a server and no browser loads them, name the folder of the browser's files");
    } else {
      account.note(fmt::format("only '{}' is counted: {} beside it {} of the server", printable(one.client),
                               counted(one.left_out, "file"), one.left_out == 1 ? "is" : "are"));
    }
  }
}

}  // namespace

void AssetFiles::add(Files& to, const std::string& root, std::vector<std::string> paths, const std::string& shown) {
  std::string folder = root;
  std::vector<ServerFiles> servers = leave_out_server(root, paths);
  for (ServerFiles& one : servers) {
    const bool holds_all = !one.client.empty() && std::all_of(paths.begin(), paths.end(), [&](const auto& path) {
      return is_below(path, one.client);
    });
    folder = holds_all ? one.client : folder;
    to.servers.push_back(std::move(one));
  }
  if (to.paths.empty()) {
    to.root = folder;
  }
  while (!is_below(folder, to.root)) {
    to.root = folder_of(to.root);
  }
  for (std::string& path : paths) {
    if (to.paths.size() >= kMaxFiles) {
      to.too_many = true;
      break;
    }
    to.paths.push_back({std::move(path), to.shown.size()});
  }
  to.shown.push_back(shown);
}

bool AssetFiles::take(const InputSpec& spec, std::vector<std::string>& paths) {
  // Some load tools write their result as JavaScript, and such an input names its test.
  if (spec.settings.find("test") != nullptr || std::none_of(paths.begin(), paths.end(), is_asset)) {
    return false;
  }
  Files& files = apps_[spec.settings.text("app")];
  files.precompressed = files.precompressed || spec.settings.is_true("precompressed");
  files.is_folder = false;
  const bool pattern = is_glob(spec.path);
  std::vector<std::string> taken;
  std::erase_if(paths, [&](const std::string& path) {
    const bool page = pattern && asset_type(path) == "html" && !is_side_file(path);
    if (is_asset(path) || page) {
      taken.push_back(path);
      return true;
    }
    return pattern && is_side_file(path);
  });
  const std::string given = spec.settings.path("root");
  const std::string root = given.empty() ? join_path(spec.folder, literal_folder(spec.path)) : given;
  const bool inside = std::all_of(taken.begin(), taken.end(), [&](const auto& path) { return is_below(path, root); });
  add(files, inside ? root : join_path(spec.folder, literal_folder(spec.path)), std::move(taken),
      join_path(spec.folder, spec.path));
  return true;
}

bool AssetFiles::take_folder(const FileSystem& files, const InputSpec& spec) {
  const std::string root = join_path(spec.folder, spec.path);
  std::vector<std::string> paths = expand_path_glob(files, root, "**/*", kMaxFiles + 1);
  std::erase_if(paths,
                [&](const std::string& path) { return is_side_file(path) || is_hidden(relative_to(path, root)); });
  if (std::none_of(paths.begin(), paths.end(), is_asset)) {
    return false;
  }
  Files& to = apps_[spec.settings.text("app")];
  to.precompressed = to.precompressed || spec.settings.is_true("precompressed");
  to.is_folder = to.shown.empty();
  add(to, root, std::move(paths), root);
  return true;
}

void AssetFiles::collect(const CollectContext& context, Facts& facts) const {
  for (const auto& [app, files] : apps_) {
    collect(app, files, context, facts);
  }
}

void AssetFiles::collect(const std::string& app, const Files& files, const CollectContext& context, Facts& facts) {
  if (files.paths.empty()) {
    return;
  }
  Input input;
  input.path = files.shown.size() == 1 ? files.shown.front() : files.root;
  input.format = "files";
  input.families.emplace_back("bundle.");
  Build build;
  build.words = words();
  build.has_files = true;
  Account account(input);
  for (const std::string& shown : files.shown) {
    if (const std::string next = unfinished_next_build(*context.files, shown); !next.empty()) {
      say_unfinished_next_build(next, account, {input.path, 0, 0, {}}, facts);
      facts.inputs.push_back(std::move(input));
      return;
    }
  }
  const std::vector<NamedFile> named = each_once(*context.files, files.paths, account);
  std::vector<std::string> names;
  for (const NamedFile& file : named) {
    names.push_back(relative_to(file.path, files.root));
  }
  std::vector<std::string> labels = stable_names_of_build(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    input.bytes += context.files->size(named[i].path);
    build.files.push_back({names[i], std::move(labels[i]), asset_type(names[i]), {}});
  }
  say_of_servers(files.servers, account);
  if (files.too_many) {
    account.incomplete(fmt::format("there are more than {} files", kMaxFiles),
                       "name the folder that the bundler writes into, and no other");
    build.hidden_files = 1;
  } else if (files.is_folder) {
    add_pages(*context.files, files.root, build);
  }
  Source source{input.path, files.root};
  source.settings.set("precompressed", json::Value(files.precompressed));
  source.settings.set("app", app);
  add_bundle(build, files.root, source, context, input, facts);
  facts.inputs.push_back(std::move(input));
}

Format asset_files_format() {
  Format format{"files", {"bundle."}};
  format.is_given_as = "a build's folder or files (dist/**/*.js)";
  format.page =
      "The scripts, styles, fonts, images, media and wasm files of a build without a bundler's document: name the "
      "folder (`dist`) or patterns (`dist/assets/*.js`). All inputs of this kind are one build together (those of one "
      "`app`), with sums by type and by file. Of one folder that holds pages, or beside which React Router, SvelteKit "
      "or "
      "Nuxt leaves its list of routes, it is known what each page loads first. `root: dist` is what file names are "
      "relative to, and `precompressed: "
      "true` takes the sizes of the `.gz` and `.br` files beside the files.";
  format.group = [] { return std::unique_ptr<FileGroup>(new AssetFiles); };
  return format;
}

}  // namespace budgetcheck
