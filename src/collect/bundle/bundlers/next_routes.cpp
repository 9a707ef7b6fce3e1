#include "collect/bundle/bundlers/next_routes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRoutes = 20'000;
constexpr std::size_t kMaxDepth = 64;  ///< folders of one route

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
  void add(const std::vector<std::string>& from) {
    for (const std::string& file : from) {
      if (seen_.insert(file).second) {
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

/// "%5Bid%5D" → "[id]". Chunks are named as in a URL there.
std::string decode(std::string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
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

  void add(const std::string& route, const std::vector<std::string>& list) {
    if (routes_.size() >= kMaxRoutes && !routes_.contains(route)) {
      unread_.insert("it has more than " + std::to_string(kMaxRoutes) + " routes");
      return;
    }
    routes_[route].add(list);
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

  void add_app_route(const std::string& route) {
    app_routes_ = true;
    add(route, root_files_);
  }

  void add_from_app_manifest(const FileContent& content) {
    const Expected<json::Value> document = read_part("app-build-manifest.json", content, {"pages"});
    if (!document) {
      unread_.insert("app-build-manifest.json is not valid JSON");
      return;
    }
    const FileLists pages = lists(document->find("pages"));
    std::unordered_map<std::string, const std::vector<std::string>*> by_key;
    for (const auto& [key, list] : pages) {
      by_key.emplace(key, &list);
    }
    for (const auto& [key, list] : pages) {
      const std::string route = app_route(key);
      if (route.empty()) {
        continue;
      }
      add_app_route(route);
      // Layouts and templates around a page: those in its folder and in the folders above it.
      std::string folder = key;
      std::size_t depth = 0;
      for (std::size_t at = folder.rfind('/'); at != std::string::npos && depth < kMaxDepth;
           at = folder.rfind('/'), ++depth) {
        folder.resize(at);
        for (const char* name : {"/layout", "/template"}) {
          if (const auto found = by_key.find(folder + name); found != by_key.end()) {
            add(route, *found->second);
          }
        }
      }
      add(route, list);
    }
  }

  void add_from_references(const FileContent& content) {
    const Expected<json::Value> document = read_part("app-paths-manifest.json", content, {"*"});
    if (!document || !document->is_object()) {
      unread_.insert("server/app-paths-manifest.json is not valid JSON");
      return;
    }
    for (const json::Member& page : *document->object()) {
      const std::string route = app_route(page.key);
      const std::string* script = page.value.string();
      if (route.empty() || script == nullptr) {
        continue;
      }
      add_app_route(route);
      const std::string stem = script->ends_with(".js") ? script->substr(0, script->size() - 3) : *script;
      const auto manifest = open_inside(*files_, folder_, "server/" + stem + "_client-reference-manifest.js");
      if (manifest == nullptr || !add_references(route, page.key, *manifest)) {
        unread_.insert("the client reference manifest of '" + printable(route) + "' cannot be read");
      }
    }
  }

  /// The manifest is a script: globalThis.__RSC_MANIFEST["/page"]={…};
  bool add_references(const std::string& route, const std::string& key, const FileContent& content) {
    const std::string_view script = content.bytes();
    const std::size_t begin = script.find("]={");
    const std::size_t end = script.rfind('}');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
      return false;
    }
    const auto text = content_from_string(script.substr(begin + 2, end - begin - 1));
    const Expected<json::Value> document =
        read_part("client-reference-manifest", *text, {"clientModules/*/chunks", "entryCSSFiles"});
    if (!document) {
      return false;
    }
    const json::Value* modules = document->find("clientModules");
    if (modules == nullptr || !modules->is_object()) {
      return false;
    }
    for (const json::Member& module : *modules->object()) {
      add_module(route, key, module);
    }
    if (const json::Value* styles = document->find("entryCSSFiles"); styles != nullptr && styles->is_object()) {
      for (const json::Member& entry : *styles->object()) {
        add_styles(route, key, entry);
      }
    }
    return true;
  }

  /// A manifest holds what pages of the same layouts refer to as well, whose chunks this page never asks for. Styles
  /// are in a file of their own; the script that their module would need is not loaded.
  void add_module(const std::string& route, const std::string& key, const json::Member& module) {
    constexpr std::array<std::string_view, 5> kStyles{".css", ".scss", ".sass", ".less", ".styl"};
    const std::string_view path = std::string_view(module.key).substr(0, module.key.find('?'));
    if (std::any_of(kStyles.begin(), kStyles.end(), [&](std::string_view end) { return path.ends_with(end); })) {
      return;
    }
    const std::string own = "static/chunks/app" + key + "-";
    std::vector<std::string> chunks;
    for (const std::string& text : texts(module.value.find("chunks"))) {
      std::string chunk = decode(text);
      if (!chunk.starts_with("static/")) {
        continue;  // the chunk's id
      }
      const bool of_page =
          chunk.starts_with("static/chunks/app/") && chunk.substr(chunk.rfind('/') + 1).starts_with("page-");
      if (of_page && !chunk.starts_with(own)) {
        return;
      }
      chunks.push_back(std::move(chunk));
    }
    add(route, chunks);
  }

  void add_styles(const std::string& route, const std::string& key, const json::Member& entry) {
    if (entry.key.ends_with("/page") && !entry.key.ends_with(key)) {
      return;
    }
    const json::Array* list = entry.value.array();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      const std::string* plain = (*list)[i].string();
      const std::string file = plain != nullptr ? *plain : std::string((*list)[i].string_or("path", ""));
      if (!file.empty()) {
        add(route, {decode(file)});
      }
    }
  }

  const FileSystem* files_;
  std::string folder_;
  std::vector<std::string> root_files_;
  std::map<std::string, FileSet> routes_;
  std::set<std::string> unread_;
  bool app_routes_ = false;
};

}  // namespace

std::string app_route(std::string_view key) {
  if (!key.starts_with("/") || !(key == "/page" || key.ends_with("/page"))) {
    return {};
  }
  std::string route;
  std::string_view rest = key.substr(1, key.size() - std::string_view("/page").size());
  while (!rest.empty()) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view segment = rest.substr(0, slash);
    const bool group = segment.starts_with("(") && segment.ends_with(")");
    if (!segment.empty() && !group && !segment.starts_with("@")) {
      route += "/" + std::string(segment);
    }
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
  return route.empty() ? "/" : route;
}

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
