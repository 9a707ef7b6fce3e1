#include "base/path.h"

#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

std::string join_path(std::string_view folder, std::string_view path) {
  std::string joined;
  if (!path.empty() && path.front() == '/') {
    joined = path;
  } else {
    joined = std::string(folder) + "/" + std::string(path);
    if (folder.empty()) {
      joined = path;
    }
  }
  const bool absolute = !joined.empty() && joined.front() == '/';
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const std::string_view view = joined;
  while (begin <= view.size()) {
    const std::size_t slash = std::min(view.find('/', begin), view.size());
    const std::string_view part = view.substr(begin, slash - begin);
    if (part == "..") {
      if (!parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (!absolute) {
        parts.push_back(part);
      }
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    begin = slash + 1;
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) {
      out += '/';
    }
    out += parts[i];
  }
  return out.empty() ? "." : out;
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string path_without_extension(std::string_view path) {
  constexpr std::string_view kCompressed = ".gz";
  if (path.ends_with(kCompressed)) {
    path.remove_suffix(kCompressed.size());
  }
  const std::size_t name = path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1;
  const std::size_t dot = path.rfind('.');
  return std::string(dot == std::string_view::npos || dot <= name ? path : path.substr(0, dot));
}

std::string relative_to(std::string_view path, std::string_view folder) {
  const std::string clean_folder = join_path(folder, "");
  std::string clean_path = join_path(path, "");
  if (clean_folder == ".") {
    return clean_path;
  }
  const std::string prefix = clean_folder == "/" ? "/" : clean_folder + "/";
  return clean_path.starts_with(prefix) ? clean_path.substr(prefix.size()) : clean_path;
}

}  // namespace budgetcheck
