#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// The `page` label of a URL: its path ("/" when there is none). A query string or a fragment may hold what must not
/// be shown, yet makes another page: it becomes a short stable hash, "/search?~1a2b3c4d". A fragment that is a route
/// ("#/about") is kept as it is. The origin is no part of the label: see Sample::source.
std::string page_label(std::string_view url);

/// Scheme, host and port, lower case, without user name and password; empty when the URL has none.
std::string url_origin(std::string_view url);

/// `text` with the query string, fragment and credentials of every URL in it replaced by "…", and without the words
/// that look private.
std::string without_query_strings(std::string_view text);

}  // namespace budgetcheck
