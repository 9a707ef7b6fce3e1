#include "collect/bundle/pages/page_list.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::uint64_t kMaxBytes = std::uint64_t{8} << 20;
constexpr std::size_t kMostRoutes = 5000;
constexpr std::size_t kDeepest = 50;  // routes in routes

std::string read_text(const FileSystem& files, const std::string& path) {
  if (files.kind(path) != FileKind::kRegular || files.size(path) > kMaxBytes) {
    return {};
  }
  const auto content = files.open(path);
  return content ? std::string((*content)->bytes()) : std::string();
}

std::optional<json::Value> read_object(const std::string& path, std::string_view text) {
  const std::size_t begin = text.find('{');
  const std::size_t end = text.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
    return std::nullopt;
  }
  const std::string object(text.substr(begin, end - begin + 1));
  ExpectedAll<json::Value> value = json::read_json(path, object);
  return value ? std::optional(std::move(*value)) : std::nullopt;
}

void add_texts(const json::Value* list, std::vector<std::string>& to) {
  if (list == nullptr || !list->is_array()) {
    return;
  }
  for (const json::Value& element : *list->array()) {
    if (element.string() != nullptr) {
      to.push_back(*element.string());
    }
  }
}

bool is_true(const json::Value& value, std::string_view key) {
  const json::Value* found = value.find(key);
  return found != nullptr && found->boolean() != nullptr && *found->boolean();
}

/// What a route of React Router or its entry loads.
void add_module(const json::Value& value, std::vector<std::string>& to) {
  for (const char* key : {"module", "clientLoaderModule", "clientMiddlewareModule"}) {
    const std::string file(value.string_or(key, ""));
    if (!file.empty()) {
      to.push_back(file);
    }
  }
  add_texts(value.find("imports"), to);
  add_texts(value.find("css"), to);
}

/// Pages of one name (a layout and its index) are one: that with the most files.
void put_page(ListedPage page, std::map<std::string, ListedPage>& to) {
  const auto [at, is_new] = to.emplace(page.name, page);
  if (!is_new && at->second.files.size() < page.files.size()) {
    at->second = std::move(page);
  }
}

std::vector<ListedPage> values_of(std::map<std::string, ListedPage>& pages) {
  std::vector<ListedPage> out;
  for (auto& [name, page] : pages) {
    out.push_back(std::move(page));
  }
  return out;
}

/// A literal of JavaScript as a minifier writes it, as JSON: names in quotes, true for !0.
std::string json_of(std::string_view script) {
  const auto is_word = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  };
  std::string out;
  for (std::size_t at = 0; at < script.size();) {
    const char c = script[at];
    if (c == '"') {
      std::size_t end = at + 1;
      while (end < script.size() && script[end] != '"') {
        end += script[end] == '\\' ? 2U : 1U;
      }
      end = std::min(end + 1, script.size());
      out += script.substr(at, end - at);
      at = end;
    } else if (c == '!') {
      out += script.substr(at, 2) == "!0" ? "true" : "false";
      at += 2;
    } else if (is_word(c)) {
      std::size_t end = at;
      while (end < script.size() && is_word(script[end])) {
        ++end;
      }
      const bool is_name = end < script.size() && script[end] == ':';
      out += is_name ? "\"" : "";
      out += script.substr(at, end - at);
      out += is_name ? "\"" : "";
      at = end;
    } else {
      out += c;
      ++at;
    }
  }
  return out;
}

/// The text between `open` and the next `close` after `from`; empty when there is none.
std::string_view between(std::string_view text, std::string_view open, std::string_view close, std::size_t from = 0) {
  const std::size_t begin = text.find(open, from);
  const std::size_t end = begin == std::string_view::npos ? begin : text.find(close, begin + open.size());
  return end == std::string_view::npos ? std::string_view()
                                       : text.substr(begin + open.size(), end - begin - open.size());
}

void add_quoted(std::string_view list, std::vector<std::string>& to) {
  for (std::size_t at = list.find('"'); at != std::string_view::npos; at = list.find('"', at + 1)) {
    const std::size_t end = list.find('"', at + 1);
    if (end == std::string_view::npos) {
      return;
    }
    to.emplace_back(list.substr(at + 1, end - at - 1));
    at = end;
  }
}

std::vector<std::size_t> numbers_in(std::string_view list) {
  std::vector<std::size_t> numbers;
  for (const std::string_view part : split(list, ',')) {
    const std::string_view digits = trim(part);
    if (!digits.empty() && digits.size() < 6 && digits.find_first_not_of("0123456789") == std::string_view::npos) {
      numbers.push_back(static_cast<std::size_t>(std::stoul(std::string(digits))));
    }
  }
  return numbers;
}

/// "users/[id]/index.vue" as Nuxt's router has it: "/users/:id".
std::string nuxt_route(std::string_view file) {
  std::string route;
  for (const std::string_view segment : split(file.substr(0, file.rfind('.')), '/')) {
    if (segment == "index" || (segment.starts_with("(") && segment.ends_with(")"))) {
      continue;
    }
    std::string text(segment);
    text = text.starts_with("[...") ? ":" + text.substr(4, text.size() - 5) + "(.*)*" : text;
    const bool is_optional = text.starts_with("[[");
    text = replace_all(replace_all(replace_all(replace_all(text, "[[", ":"), "]]", "?"), "[", ":"), "]", "");
    route += "/" + text + (is_optional && !text.ends_with("?") ? "?" : "");
  }
  return route.empty() ? "/" : route;
}

/// The modules of Nuxt's manifest by their keys.
class NuxtManifest {
 public:
  explicit NuxtManifest(const json::Value& modules) {
    for (const json::Member& member : *modules.object()) {
      modules_.emplace(member.key, &member.value);
    }
  }

  std::vector<ListedPage> pages() const {
    std::vector<std::string> first;
    std::map<std::string, std::string> page_keys;  // by the file below pages/, without its ending
    for (const auto& [key, value] : modules_) {
      const std::string_view below = below_folder(key, "pages/");
      if (is_true(*value, "isEntry")) {
        first.push_back(key);
      } else if (!below.empty() && key.ends_with(".vue")) {
        page_keys.emplace(below.substr(0, below.rfind('.')), key);
      } else if (below_folder(key, "layouts/").starts_with("default.")) {
        first.push_back(key);
      }
    }
    std::map<std::string, ListedPage> pages;
    if (page_keys.empty() && !first.empty()) {
      put_page(page_of("/", first), pages);
    }
    for (const auto& [file, key] : page_keys) {
      std::vector<std::string> keys = first;
      for (std::size_t slash = file.find('/'); slash != std::string::npos; slash = file.find('/', slash + 1)) {
        if (const auto parent = page_keys.find(file.substr(0, slash)); parent != page_keys.end()) {
          keys.push_back(parent->second);
        }
      }
      keys.push_back(key);
      if (pages.size() < kMostRoutes) {
        put_page(page_of(nuxt_route(file + ".vue"), keys), pages);
      }
    }
    return values_of(pages);
  }

 private:
  /// What follows the folder in a key such as "../layer/pages/a.vue"; empty: it is not in there, or in a package.
  static std::string_view below_folder(std::string_view key, std::string_view folder) {
    if (key.find("node_modules/") != std::string_view::npos) {
      return {};
    }
    const std::size_t at = key.starts_with(folder) ? 0 : key.find("/" + std::string(folder));
    return at == std::string_view::npos ? std::string_view() : key.substr(at + folder.size() + (at == 0 ? 0 : 1));
  }

  ListedPage page_of(std::string name, const std::vector<std::string>& keys) const {
    ListedPage page{std::move(name), {}};
    std::set<std::string> seen;
    std::vector<std::string> open = keys;
    while (!open.empty()) {
      const std::string key = std::move(open.back());
      open.pop_back();
      const auto found = modules_.find(key);
      if (found == modules_.end() || !seen.insert(key).second) {
        continue;
      }
      const std::string file(found->second->string_or("file", ""));
      if (!file.empty()) {
        page.files.push_back(file);
      }
      add_texts(found->second->find("css"), page.files);
      add_texts(found->second->find("imports"), open);
    }
    return page;
  }

  std::map<std::string, const json::Value*> modules_;
};

}  // namespace

std::vector<ListedPage> react_router_pages(const FileSystem& files, const std::string& client) {
  std::map<std::string, ListedPage> pages;
  for (const std::string& path : expand_path_glob(files, client, "assets/manifest-*.js", 10)) {
    const std::string text = read_text(files, path);
    if (!text.starts_with("window.__reactRouterManifest=") && !text.starts_with("window.__remixManifest=")) {
      continue;
    }
    const std::optional<json::Value> manifest = read_object(path, text);
    const json::Value* routes = manifest ? manifest->find("routes") : nullptr;
    const json::Value* entry = manifest ? manifest->find("entry") : nullptr;
    if (routes == nullptr || !routes->is_object() || entry == nullptr) {
      return {};
    }
    std::map<std::string_view, const json::Value*> by_id;
    std::set<std::string_view> parents;
    for (const json::Member& member : *routes->object()) {
      by_id.emplace(member.key, &member.value);
      parents.insert(member.value.string_or("parentId", ""));
    }
    for (const auto& [id, route] : by_id) {
      const bool is_index = is_true(*route, "index");
      const json::Value* has_page = route->find("hasDefaultExport");
      const bool is_data = has_page != nullptr && has_page->boolean() != nullptr && !*has_page->boolean();
      const bool is_page = is_index || !route->string_or("path", "").empty() || !parents.contains(id);
      if (!is_page || is_data || pages.size() >= kMostRoutes) {
        continue;
      }
      ListedPage page;
      const json::Value* at = route;
      std::vector<std::string> chain;
      for (std::size_t depth = 0; at != nullptr && depth < kDeepest; ++depth) {
        const std::string_view own = at->string_or("path", "");
        page.name = own.empty() ? page.name : "/" + std::string(own) + page.name;
        add_module(*at, page.files);
        const auto parent = by_id.find(at->string_or("parentId", ""));
        at = parent == by_id.end() ? nullptr : parent->second;
      }
      page.name = page.name.empty() ? "/" : page.name;
      add_module(*entry, page.files);
      put_page(std::move(page), pages);
    }
  }
  return values_of(pages);
}

std::vector<ListedPage> sveltekit_pages(const FileSystem& files, const std::string& client) {
  const std::string server = join_path(folder_of(client), "server");
  std::string text = read_text(files, join_path(server, "manifest-full.js"));
  text = text.empty() ? read_text(files, join_path(server, "manifest.js")) : text;
  const std::string_view start = between(text, "client: {", "\n");
  if (start.empty()) {
    return {};
  }
  std::vector<std::string> first;
  add_quoted(between(start, "imports:[", "]"), first);
  add_quoted(between(start, "stylesheets:[", "]"), first);
  std::vector<std::vector<std::string>> nodes;
  const std::string_view list = between(text, "nodes: [", "]");
  for (std::size_t at = list.find("'./"); at != std::string_view::npos; at = list.find("'./", at + 1)) {
    const std::string_view name = between(list, "'./", "'", at);
    const std::string node = read_text(files, join_path(server, name));
    nodes.emplace_back();
    add_quoted(between(node, "export const imports = [", "]"), nodes.back());
    add_quoted(between(node, "export const stylesheets = [", "]"), nodes.back());
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(nodes.size(), 2); ++i) {
    first.insert(first.end(), nodes[i].begin(), nodes[i].end());
  }
  std::map<std::string, ListedPage> pages;
  for (std::size_t at = text.find("id: \""); at != std::string::npos && pages.size() < kMostRoutes;) {
    const std::size_t next = text.find("id: \"", at + 1);
    const std::string_view route = std::string_view(text).substr(at, next - at);
    at = next;
    const std::string_view page = between(route, "page: {", "}");
    if (page.empty()) {
      continue;  // an endpoint
    }
    std::vector<std::size_t> used = numbers_in(between(page, "layouts: [", "]"));
    const std::string leaf(trim(page.substr(std::min(page.find("leaf:") + 5, page.size()))));
    const std::vector<std::size_t> own = numbers_in(leaf);
    used.insert(used.end(), own.begin(), own.end());
    ListedPage listed{std::string(between(route, "id: \"", "\"")), first};
    for (const std::size_t node : used) {
      if (node < nodes.size()) {
        listed.files.insert(listed.files.end(), nodes[node].begin(), nodes[node].end());
      }
    }
    put_page(std::move(listed), pages);
  }
  return values_of(pages);
}

std::vector<ListedPage> nuxt_pages(const FileSystem& files, const std::string& client) {
  for (const char* above : {"..", "../..", "../../.."}) {
    const std::string project = join_path(client, above);
    if (project == ".." || project.starts_with("../")) {
      break;  // what lies outside of the checkout is of another project
    }
    for (const std::string& path : expand_path_glob(files, project, "*/dist/server/client.manifest.mjs", 3)) {
      const std::string text = read_text(files, path);
      const std::optional<json::Value> modules = read_object(path, json_of(text));
      if (modules && modules->is_object()) {
        return NuxtManifest(*modules).pages();
      }
    }
  }
  return {};
}

}  // namespace budgetcheck
