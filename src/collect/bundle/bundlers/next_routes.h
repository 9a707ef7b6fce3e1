#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"

namespace budgetcheck {

/// One route of a Next.js build and the files that a page of it loads first, named from the build's folder (".next").
struct NextRoute {
  std::string route;               ///< "/products/[id]"
  std::vector<std::string> files;  ///< "static/chunks/…", each once
};

struct NextRoutes {
  std::vector<NextRoute> routes;
  std::vector<std::string> unread;  ///< what keeps routes from being known, one clause each
  bool turbopack = false;
};

/// Reads "build-manifest.json" of Next.js 13 to 16 and, from the build's folder, what tells of the App Router:
/// "app-build-manifest.json" (up to 15), else the client reference manifests that "server/app-paths-manifest.json"
/// leads to (16 with webpack). `folder` is empty when there is none. Polyfills, which only old browsers load, are left
/// out. Errors: the manifest itself is not valid JSON.
Expected<NextRoutes> read_next_routes(const std::string& path, const FileContent& manifest, const FileSystem* files,
                                      const std::string& folder);

}  // namespace budgetcheck
