#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// Paths as texts, with '/' between folders; nothing here looks at the disk.

/// Joins, then removes "." and "dir/.."; keeps a leading "..". "" becomes ".".
std::string join_path(std::string_view folder, std::string_view path);
/// The folder part, "." when there is none.
std::string folder_of(std::string_view path);
/// Without what follows the last '.' of its name, and without the ".gz" behind that: "a/k6" of "a/k6.ndjson.gz". A name
/// that begins with its only '.' stays.
std::string path_without_extension(std::string_view path);
/// `path` as seen from `folder`, when it lies below it; else `path` itself.
std::string relative_to(std::string_view path, std::string_view folder);

}  // namespace budgetcheck
