#include "collect/load_test/request_label.h"

#include "base/text.h"
#include "collect/http/page_label.h"
#include "collect/http/url_parts.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxLabel = 120;

}  // namespace

std::string request_label(std::string_view method, std::string_view name, const RouteTable* routes) {
  if (name.find("://") == std::string_view::npos) {
    return shorten(printable(without_query_strings(name)), kMaxLabel);
  }
  std::string path = shown_path(name);
  const std::string verb = method.empty() ? std::string() : method_of(method);
  if (routes != nullptr) {
    path = routes->match(path, verb).route;
  }
  path = shorten(printable(path), kMaxLabel);
  return verb.empty() ? path : verb + " " + path;
}

}  // namespace budgetcheck
