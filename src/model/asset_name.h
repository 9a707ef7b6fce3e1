#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// js, css, html, font, image, media, wasm, json or other, by the extension.
std::string_view asset_type(std::string_view name);

/// Source maps, licence texts and compressed siblings: written beside the files that a browser loads.
bool is_side_file(std::string_view name);

/// The file's name on disk: without "?query".
std::string_view without_query(std::string_view name);

/// The name for labels: without query, and with each of `hashes` that stands in it as a word of its own replaced by
/// "[hash]". Where none of them does, words that can hardly be anything but a hash are replaced: 8 or more
/// hexadecimal digits of one case with digits and letters among them, 20 or more letters and digits of all three kinds,
/// or a UUID; but neither a word with a number ("facade12") nor words joined by capitals ("CustomerOrderHistoryV2").
std::string stable_asset_name(std::string_view name, const std::vector<std::string>& hashes);

}  // namespace budgetcheck
