#pragma once

#include <string>
#include <string_view>

// What captures and logs of HTTP requests share; for src/collect only.
namespace budgetcheck {

/// The path of a URL, safe to show and of bounded length: a longer one keeps its beginning and a hash of the whole.
std::string shown_path(std::string_view url);

/// Host and port of a URL, safe to show and of bounded length; empty when there is none.
std::string shown_host(std::string_view url);

/// In capitals, printable and short; "GET" when there is none.
std::string method_of(std::string_view text);

/// "application/json" of "Application/JSON; charset=utf-8": lower case, printable and short.
std::string media_type_of(std::string_view content_type);

/// The type of Exchange::type of a media type or a file's name. Empty when the media type says nothing;
/// "other" when the name does not.
std::string_view type_of_mime(std::string_view mime);
std::string_view type_of_extension(std::string_view path);

}  // namespace budgetcheck
