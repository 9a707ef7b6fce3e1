#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// A page and the files that a browser loads with it, named from the folder that the page list is of.
struct ListedPage {
  std::string name;                ///< a route, "/users/:id"
  std::vector<std::string> files;  ///< may begin with '/', and with the path that the app is served at
};

/// The routes of React Router and Remix: `assets/manifest-HASH.js` in the client folder. A page has its part of it
/// inline, so that the file itself is not loaded at first. https://github.com/remix-run/react-router, AssetsManifest.
/// Nothing: there is none, or it is not understood.
std::vector<ListedPage> react_router_pages(const FileSystem& files, const std::string& client);

/// The routes of SvelteKit: manifest-full.js (or an adapter's manifest.js) and nodes/N.js in the folder `server` beside
/// the client's. https://svelte.dev/docs/kit, "SSRManifest". The root's layout and error page belong to every route:
/// SvelteKit's client loads both when it starts.
std::vector<ListedPage> sveltekit_pages(const FileSystem& files, const std::string& client);

/// The pages of Nuxt: dist/server/client.manifest.mjs in the build folder (.nuxt) of the project that the public folder
/// is of. A page is the entry, its layout (default), the pages that it is nested in and itself.
std::vector<ListedPage> nuxt_pages(const FileSystem& files, const std::string& client);

}  // namespace budgetcheck
