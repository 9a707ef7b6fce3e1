#include "model/exchange.h"

#include <algorithm>
#include <array>

namespace budgetcheck {

bool is_json(std::string_view mime_type) {
  return mime_type == "application/json" || mime_type == "text/json" ||
         (mime_type.ends_with("+json") && mime_type != "application/manifest+json");
}

bool is_compressible(std::string_view mime_type) {
  static constexpr std::array<std::string_view, 13> kOthers{"application/javascript",
                                                            "application/x-javascript",
                                                            "application/ecmascript",
                                                            "application/manifest+json",
                                                            "application/x-ndjson",
                                                            "application/xml",
                                                            "application/wasm",
                                                            "application/graphql",
                                                            "application/vnd.ms-fontobject",
                                                            "application/x-font-ttf",
                                                            "font/ttf",
                                                            "font/otf",
                                                            "image/svg+xml"};
  if (mime_type == "text/event-stream") {
    return false;  // compression delays its events
  }
  return mime_type.starts_with("text/") || is_json(mime_type) || mime_type.ends_with("+xml") ||
         std::find(kOthers.begin(), kOthers.end(), mime_type) != kOthers.end();
}

bool is_routed(const Exchange& exchange) {
  return exchange.type == "document" || exchange.type == "fetch" ||
         (exchange.type == "other" && is_json(exchange.mime_type));
}

}  // namespace budgetcheck
