#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// Label values: `*` any run of characters ('/' too), `?` one character, `{a,b}` alternatives, `\` takes the next
/// character literally. Everything else is literal, so that a route like /products/:slug or a file name with
/// brackets means itself. Linear in the text (no backtracking over more than one star).
bool label_glob_matches(std::string_view pattern, std::string_view text);

/// File paths: as above, but `*` and `?` stop at '/', and `**` crosses folders.
bool path_glob_matches(std::string_view pattern, std::string_view path);

/// True when the pattern has an unescaped wildcard.
bool is_glob(std::string_view pattern);

/// The pattern that matches this text alone.
std::string escaped_glob(std::string_view text);

/// How many characters of the pattern are literal: the longer, the more specific.
std::size_t literal_length(std::string_view pattern);

/// Regular files below `folder` that the pattern names, as join_path(folder, …), sorted. A pattern without a
/// wildcard names itself, when it exists. `.git` and `node_modules` are entered only when the pattern spells them.
/// At most `limit` files are returned.
std::vector<std::string> expand_path_glob(const FileSystem& files, const std::string& folder,
                                          const std::string& pattern, std::size_t limit = 100'000);

}  // namespace budgetcheck
