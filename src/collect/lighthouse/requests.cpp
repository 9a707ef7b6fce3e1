#include "collect/lighthouse/requests.h"

#include <array>
#include <cmath>

#include "base/text.h"
#include "collect/http/page_label.h"
#include "collect/http/url_parts.h"
#include "model/route.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNameWidth = 100;

/// The resource types that `resource-summary` knows; it puts XHR, fetch and all else under "other".
std::string_view resource_type(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTypes{{{"Document", "document"},
                                                                                 {"Script", "script"},
                                                                                 {"Stylesheet", "stylesheet"},
                                                                                 {"Image", "image"},
                                                                                 {"Font", "font"},
                                                                                 {"Media", "media"}}};
  for (const auto& [written, name] : kTypes) {
    if (type == written) {
      return name;
    }
  }
  return "other";
}

/// Frames answer with errors too; a page has a handful of documents.
constexpr std::size_t kMaxErrorDocuments = 100;
constexpr int kLastStatus = 599;

std::string_view without_fragment(std::string_view url) { return url.substr(0, url.find('#')); }

void count(PageRequests::Sum& sum, const double* bytes) {
  ++sum.requests;
  if (bytes == nullptr) {
    ++sum.unknown;
  } else {
    sum.bytes += *bytes;
  }
}

}  // namespace

void PageRequests::add(const json::Value& item) {
  const std::string_view url = item.string_or("url", "");
  const std::string origin = shorten(printable(url_origin(url)), kMaxNameWidth);
  if (!origin.starts_with("http://") && !origin.starts_with("https://")) {
    return;
  }
  const std::string_view type = resource_type(item.string_or("resourceType", ""));
  if (type == "other" && path_of_url(url).ends_with("/favicon.ico")) {
    return;
  }
  const json::Value* status = item.find("statusCode");
  const double* code = status == nullptr ? nullptr : status->number();
  if (type == "document" && code != nullptr && *code >= kFirstError && *code <= kLastStatus &&
      error_documents_.size() < kMaxErrorDocuments) {
    error_documents_[std::string(without_fragment(url))] = static_cast<int>(*code);
  }
  const json::Value* size = item.find("transferSize");
  const double* bytes = size == nullptr ? nullptr : size->number();
  bytes = bytes != nullptr && std::isfinite(*bytes) && *bytes >= 0 ? bytes : nullptr;
  count(all_["total"], bytes);
  count(all_[type], bytes);
  if (bytes != nullptr) {
    parts_.add(type, request_name(shown_host(url), shown_path(url)), *bytes);
  }
  auto found = by_origin_.find(origin);
  if (found == by_origin_.end()) {
    if (by_origin_.size() >= kMaxOrigins) {
      ++left_out_;
      return;
    }
    found = by_origin_.try_emplace(origin).first;
  }
  count(found->second["total"], bytes);
  count(found->second[type], bytes);
  const std::string entity = shorten(printable(item.string_or("entity", "")), kMaxNameWidth);
  if (!entity.empty()) {
    Entity& known = by_entity_[entity];
    count(known.sum, bytes);
    known.origins.insert(origin);
  }
}

int PageRequests::error_status(std::string_view url) const {
  const auto found = error_documents_.find(without_fragment(url));
  return found == error_documents_.end() ? 0 : found->second;
}

}  // namespace budgetcheck
