#include "collect/bundle/pages/folder_pages.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/glob.h"
#include "base/path.h"
#include "collect/bundle/pages/html_page.h"
#include "collect/bundle/pages/page_list.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostPages = 300;
constexpr std::uint64_t kMaxPageBytes = std::uint64_t{4} << 20;
constexpr std::uint64_t kMaxScriptBytes = std::uint64_t{64} << 20;

bool is_remote(std::string_view url) { return url.starts_with("//") || url.find("://") != std::string_view::npos; }

/// The path of a URL, without its host, query and fragment.
std::string path_of(std::string_view url) {
  const std::size_t scheme = url.find("//");
  if (is_remote(url) && scheme != std::string_view::npos) {
    const std::size_t slash = url.find('/', scheme + 2);
    url = slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
  }
  return std::string(url.substr(0, url.find_first_of("?#")));
}

class PageAdder {
 public:
  PageAdder(const FileSystem& files, const std::string& root, Build& build)
      : files_(files), root_(root), build_(build) {
    for (std::size_t i = 0; i < build.files.size(); ++i) {
      numbers_.emplace(build.files[i].name, i);
    }
  }

  void run() {
    for (const auto list : {react_router_pages, sveltekit_pages, nuxt_pages}) {
      if (add_listed(list(files_, root_))) {
        build_.place = "route";
        finish();
        return;
      }
    }
    add_html();
    finish();
  }

 private:
  /// The file that a URL means. The app may be served below a path, so that its first segments are no folders.
  std::optional<std::size_t> file_at(const std::string& url, std::string_view folder) const {
    const std::string path = path_of(url);
    if (!path.starts_with("/")) {
      const auto found = numbers_.find(join_path(folder, path));
      if (found != numbers_.end()) {
        return found->second;
      }
    }
    std::string rest = join_path("", path.starts_with("/") ? path.substr(1) : path);
    while (true) {
      if (const auto found = numbers_.find(rest); found != numbers_.end()) {
        return found->second;
      }
      const std::size_t slash = rest.find('/');
      if (slash == std::string::npos) {
        return std::nullopt;
      }
      rest = rest.substr(slash + 1);
    }
  }

  /// Nuxt's manifest names files from the folder of its assets.
  std::optional<std::size_t> listed_file(const std::string& name) const {
    const std::optional<std::size_t> exact = file_at(name, "");
    if (exact) {
      return exact;
    }
    const std::string ending = "/" + name;
    for (const auto& [path, number] : numbers_) {
      if (path.ends_with(ending)) {
        return number;
      }
    }
    return std::nullopt;
  }

  bool add_listed(const std::vector<ListedPage>& pages) {
    std::vector<BuildEntry> entries;
    std::unordered_map<std::string, std::optional<std::size_t>> known;
    for (const ListedPage& page : pages) {
      BuildEntry entry;
      entry.name = page.name;
      std::set<std::size_t> seen;
      for (const std::string& file : page.files) {
        const auto [at, is_new] = known.try_emplace(file);
        if (is_new) {
          at->second = listed_file(file);
        }
        if (!at->second) {
          return false;
        }
        if (seen.insert(*at->second).second) {
          entry.files.push_back(*at->second);
        }
      }
      entries.push_back(std::move(entry));
    }
    build_.entries = std::move(entries);
    return !build_.entries.empty();
  }

  void add_html() {
    std::vector<std::string> pages = expand_path_glob(files_, root_, "**/*.{html,htm}", kMostPages + 1);
    if (pages.size() > kMostPages) {
      return;
    }
    for (const std::string& path : pages) {
      const auto content = files_.size(path) > kMaxPageBytes ? nullptr : open(path);
      if (content == nullptr) {
        continue;
      }
      BuildEntry entry;
      entry.name = relative_to(path, root_);
      std::set<std::size_t> seen;
      bool is_whole = true;
      for (const PageFile& file : files_of_page(content->bytes())) {
        const std::optional<std::size_t> number = file_at(file.url, folder_of(entry.name));
        is_whole = is_whole && (number || is_remote(file.url));
        if (number) {
          add_with_imports(*number, file.is_module, seen, entry.files);
        }
      }
      // A page that names a file of elsewhere is no page of this folder, or only a part of it is here.
      if (is_whole && !entry.files.empty()) {
        build_.entries.push_back(std::move(entry));
      }
    }
  }

  std::unique_ptr<FileContent> open(const std::string& path) const {
    auto content = files_.open(path);
    return content ? std::move(*content) : nullptr;
  }

  void add_with_imports(std::size_t first, bool is_module, std::set<std::size_t>& seen, std::vector<std::size_t>& to) {
    std::vector<std::size_t> open_files{first};
    while (!open_files.empty()) {
      const std::size_t number = open_files.back();
      open_files.pop_back();
      if (!seen.insert(number).second) {
        continue;
      }
      to.push_back(number);
      if (is_module && build_.files[number].type == "js") {
        const std::vector<std::size_t>& imports = imports_of(number);
        open_files.insert(open_files.end(), imports.begin(), imports.end());
      }
    }
  }

  const std::vector<std::size_t>& imports_of(std::size_t number) {
    const auto [at, is_new] = imports_.try_emplace(number);
    if (is_new) {
      const std::string& name = build_.files[number].name;
      const std::string path = join_path(root_, name);
      const auto content = files_.size(path) > kMaxScriptBytes ? nullptr : open(path);
      if (content != nullptr) {
        for (const std::string& import : static_imports(content->bytes())) {
          if (const auto file = file_at(import, folder_of(name));
              file && (import.starts_with(".") || import.starts_with("/"))) {
            at->second.push_back(*file);
          }
        }
      }
    }
    return at->second;
  }

  void finish() { build_.has_entries = !build_.entries.empty(); }

  const FileSystem& files_;
  const std::string& root_;
  Build& build_;
  std::map<std::string, std::size_t> numbers_;
  std::unordered_map<std::size_t, std::vector<std::size_t>> imports_;
};

}  // namespace

void add_pages(const FileSystem& files, const std::string& root, Build& build) { PageAdder(files, root, build).run(); }

}  // namespace budgetcheck
