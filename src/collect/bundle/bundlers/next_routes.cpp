#include "collect/bundle/bundlers/next_routes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "collect/bundle/bundlers/next_references.h"
#include "collect/bundle/bundlers/next_segments.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRoutes = 20'000;

using FileLists = std::vector<std::pair<std::string, std::vector<std::string>>>;

std::vector<std::string> texts(const json::Value* list) {
  std::vector<std::string> out;
  if (list != nullptr && list->is_array()) {
    for (const json::Value& element : *list->array()) {
      if (const std::string* text = element.string()) {
        out.push_back(*text);
      }
    }
  }
  return out;
}

FileLists lists(const json::Value* object) {
  FileLists out;
  if (object != nullptr && object->is_object()) {
    for (const json::Member& member : *object->object()) {
      out.emplace_back(member.key, texts(&member.value));
    }
  }
  return out;
}

/// A route's files in the order in which they are named.
class FileSet {
 public:
  void add(const std::vector<std::string>& from, bool styles) {
    for (const std::string& file : from) {
      if ((styles || !file.ends_with(".css")) && seen_.insert(file).second) {
        files_.push_back(file);
      }
    }
  }
  std::vector<std::string> take() { return std::move(files_); }

 private:
  std::vector<std::string> files_;
  std::unordered_set<std::string> seen_;
};

const std::vector<std::string>* find(const FileLists& all, std::string_view key) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.first == key; });
  return found == all.end() ? nullptr : &found->second;
}

Expected<json::Value> read_part(const std::string& path, const FileContent& content,
                                std::initializer_list<const char*> wanted) {
  json::Selector selector;
  for (const char* one : wanted) {
    selector.keep(one);
  }
  return json::select(path, content, selector);
}

/// A file of the build's folder. Links that lead out of it are not followed.
std::unique_ptr<FileContent> open_inside(const FileSystem& files, const std::string& folder, const std::string& name) {
  const std::string inside = join_path("", name);
  const std::string path = join_path(folder, inside);
  if (inside.starts_with("/") || inside.starts_with("..") || files.kind(path) != FileKind::kRegular) {
    return nullptr;
  }
  const std::string real = files.real_path(path);
  const std::string real_folder = files.real_path(folder);
  if (real_folder != "." && !real.starts_with(real_folder + "/")) {
    return nullptr;
  }
  Expected<std::unique_ptr<FileContent>> content = files.open(real);
  return content ? std::move(*content) : nullptr;
}

class RouteReader {
 public:
  RouteReader(const FileSystem* files, std::string folder, std::vector<std::string> root_files)
      : files_(files), folder_(std::move(folder)), root_files_(std::move(root_files)) {}

  void add(const std::string& route, const std::vector<std::string>& list, bool styles = true) {
    if (routes_.size() >= kMaxRoutes && !routes_.contains(route)) {
      unread_.insert("it has more than " + std::to_string(kMaxRoutes) + " routes");
      return;
    }
    routes_[route].add(list, styles);
  }

  void lacks(const std::string& clause) { unread_.insert(clause); }

  void add_app_routes() {
    read_app_routes();
    if (app_routes_ && root_files_.empty()) {
      unread_.insert("build-manifest.json lists no rootMainFiles");
    }
  }

  NextRoutes take() {
    NextRoutes out;
    for (auto& [route, list] : routes_) {
      out.routes.push_back({route, list.take()});
    }
    out.unread.assign(unread_.begin(), unread_.end());
    return out;
  }

 private:
  void read_app_routes() {
    if (files_ == nullptr || folder_.empty()) {
      if (!root_files_.empty()) {
        unread_.insert("routes of the App Router are in other files of the build's folder");
      }
      return;
    }
    if (const auto manifest = open_inside(*files_, folder_, "app-build-manifest.json")) {
      add_from_app_manifest(*manifest);
    } else if (const auto paths = open_inside(*files_, folder_, "server/app-paths-manifest.json")) {
      add_from_references(*paths);
    } else if (!root_files_.empty()) {
      unread_.insert("there is no app-build-manifest.json and no server/app-paths-manifest.json");
    }
  }

  void add_from_app_manifest(const FileContent& content) {
    const Expected<json::Value> document = read_part("app-build-manifest.json", content, {"pages"});
    if (!document) {
      unread_.insert("app-build-manifest.json is not valid JSON");
      return;
    }
    std::unordered_map<std::string, std::vector<std::string>> files;
    std::vector<std::string> keys;
    for (auto& [key, list] : lists(document->find("pages"))) {
      keys.push_back(key);
      files.emplace(key, std::move(list));
    }
    const NextSegments segments(keys);
    for (const auto& [route, pages] : segments.pages()) {
      add_app_route(route);
      for (const auto& [key, styles] : segments.of_route(route)) {
        add(route, files[key], styles);
      }
    }
  }

  void add_from_references(const FileContent& content) {
    const Expected<json::Value> document = read_part("app-paths-manifest.json", content, {"*"});
    if (!document || !document->is_object()) {
      unread_.insert("server/app-paths-manifest.json is not valid JSON");
      return;
    }
    std::map<std::string, NextReferences> manifests;
    std::vector<std::string> keys;
    for (const json::Member& page : *document->object()) {
      const std::string route = app_route(page.key);
      const std::string* script = page.value.string();
      if (route.empty() || script == nullptr) {
        continue;
      }
      if (manifests.size() >= kMaxRoutes) {
        unread_.insert("it has more than " + std::to_string(kMaxRoutes) + " pages");
        break;
      }
      keys.push_back(page.key);
      std::optional<NextReferences> found = references_of(page.key, *script);
      if (!found) {
        unread_.insert("the client reference manifest of '" + printable(route) + "' cannot be read");
        continue;
      }
      for (const auto& [key, files] : *found) {
        if (app_route(key).empty()) {  // pages are those of app-paths-manifest.json
          keys.push_back(key);
        }
      }
      manifests.emplace(page.key, std::move(*found));
    }
    const NextSegments segments(keys);
    for (const auto& [route, pages] : segments.pages()) {
      add_app_route(route);
      const std::map<std::string, bool> loaded = segments.of_route(route);
      std::set<std::string> shown(pages.begin(), pages.end());
      for (const auto& [key, styles] : loaded) {
        shown.insert(key);
      }
      for (const std::string& page : shown) {
        if (const auto manifest = manifests.find(page); manifest != manifests.end()) {
          add_references(route, manifest->second, loaded);
        }
      }
    }
  }

  void add_references(const std::string& route, const NextReferences& references,
                      const std::map<std::string, bool>& loaded) {
    for (const auto& [key, files] : references) {
      if (key.empty() || loaded.contains(key)) {
        add(route, files);  // this version loads the styles of errors too
      }
    }
  }

  std::optional<NextReferences> references_of(const std::string& page, const std::string& script) const {
    const std::string stem = script.ends_with(".js") ? script.substr(0, script.size() - 3) : script;
    const auto manifest = open_inside(*files_, folder_, "server/" + stem + "_client-reference-manifest.js");
    return manifest == nullptr ? std::nullopt : read_next_references(manifest->bytes(), page);
  }

  void add_app_route(const std::string& route) {
    app_routes_ = true;
    add(route, root_files_);
  }

  const FileSystem* files_;
  std::string folder_;
  std::vector<std::string> root_files_;
  std::map<std::string, FileSet> routes_;
  std::set<std::string> unread_;
  bool app_routes_ = false;
};

}  // namespace

Expected<NextRoutes> read_next_routes(const std::string& path, const FileContent& manifest, const FileSystem* files,
                                      const std::string& folder) {
  Expected<json::Value> document = read_part(path, manifest, {"pages", "rootMainFiles", "chunkLoadingGlobal"});
  if (!document) {
    return tl::unexpected(std::move(document.error()));
  }
  RouteReader reader(files, folder, texts(document->find("rootMainFiles")));
  const FileLists pages = lists(document->find("pages"));
  const std::vector<std::string>* app = find(pages, "/_app");
  for (const auto& [route, list] : pages) {
    if (route == "/_app" || route == "/_document" || route == "/_error") {
      continue;
    }
    if (app != nullptr) {
      reader.add(route, *app);
    } else {
      reader.lacks("build-manifest.json does not say what every page loads ('/_app')");
    }
    reader.add(route, list);
  }
  const bool turbopack = document->string_or("chunkLoadingGlobal", "") == "TURBOPACK";
  if (!turbopack) {
    reader.add_app_routes();
  }
  NextRoutes routes = reader.take();
  routes.turbopack = turbopack;
  return routes;
}

}  // namespace budgetcheck
