#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// What a framework's build puts beside the files of the browser.
struct ServerFiles {
  std::string client;        ///< the folder that holds the browser's files; empty: none was found beside the server's
  std::string server;        ///< the folder that holds the server's
  std::size_t left_out = 0;  ///< files that are not for the browser; 0 without a client folder
};

/// Takes out of `paths` (below `root`) what is no file of the browser: where a folder holds "server" with scripts in it
/// beside "client", "browser" or "public", only the latter are shipped. One element for each such folder.
std::vector<ServerFiles> leave_out_server(const std::string& root, std::vector<std::string>& paths);

/// One file that inputs name, and which of them.
struct NamedFile {
  std::string path;
  std::size_t input = 0;
};

/// Leaves one of the files that different inputs name under the same name with the same content: adapters copy what
/// the bundler wrote ("build/client" and ".svelte-kit/output/client"). Gives how many were left out.
std::size_t leave_out_copies(const FileSystem& files, std::vector<NamedFile>& named);

}  // namespace budgetcheck
