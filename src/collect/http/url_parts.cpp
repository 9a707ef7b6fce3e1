#include "collect/http/url_parts.h"

#include <array>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "model/exchange.h"
#include "model/route.h"

namespace budgetcheck {

std::string_view type_of_mime(std::string_view mime) {
  if (mime == "text/html" || mime == "application/xhtml+xml") {
    return "document";
  }
  if (mime.ends_with("javascript") || mime.ends_with("ecmascript")) {
    return "script";
  }
  if (mime == "text/css") {
    return "stylesheet";
  }
  if (mime.starts_with("image/")) {
    return "image";
  }
  if (mime.starts_with("font/") || mime.starts_with("application/font") || mime.starts_with("application/x-font") ||
      mime == "application/vnd.ms-fontobject") {
    return "font";
  }
  if (mime.starts_with("audio/") || mime.starts_with("video/")) {
    return "media";
  }
  return is_json(mime) ? "fetch" : "";
}

std::string_view type_of_extension(std::string_view shown_path) {
  const std::string path = lower(shown_path);
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> kExtensions{{{".js", "script"},
                                                                                              {".mjs", "script"},
                                                                                              {".css", "stylesheet"},
                                                                                              {".png", "image"},
                                                                                              {".jpg", "image"},
                                                                                              {".jpeg", "image"},
                                                                                              {".gif", "image"},
                                                                                              {".webp", "image"},
                                                                                              {".avif", "image"},
                                                                                              {".svg", "image"},
                                                                                              {".ico", "image"},
                                                                                              {".woff", "font"},
                                                                                              {".woff2", "font"},
                                                                                              {".ttf", "font"},
                                                                                              {".otf", "font"},
                                                                                              {".html", "document"},
                                                                                              {".mp4", "media"},
                                                                                              {".webm", "media"}}};
  for (const auto& [extension, type] : kExtensions) {
    if (path.ends_with(extension)) {
      return type;
    }
  }
  return "other";
}

std::string method_of(std::string_view text) {
  constexpr std::size_t kLongest = 20;
  std::string method = printable(text.substr(0, kLongest));
  for (char& c : method) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return method.empty() ? "GET" : method;
}

std::string media_type_of(std::string_view content_type) {
  constexpr std::size_t kLongest = 100;
  return printable(lower(trim(content_type.substr(0, content_type.find(';')))).substr(0, kLongest));
}

std::string shown_host(std::string_view url) {
  constexpr std::size_t kLongestHost = 253;
  return shorten(printable(host_of_url(url)), kLongestHost);
}

std::string shown_path(std::string_view url) {
  constexpr std::size_t kLongest = 512;
  constexpr std::size_t kKept = 200;
  constexpr std::size_t kHashDigits = 8;
  const std::string path = without_private_segments(path_of_url(url));
  if (path.size() <= kLongest) {
    return printable(path);
  }
  return printable(path.substr(0, kKept)) + "…" + stable_key(path).substr(0, kHashDigits);
}

}  // namespace budgetcheck
