#include "detect/capture/sites.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "model/exchange.h"

namespace budgetcheck {

std::string site_of(std::string_view host) {
  constexpr std::size_t kCountry = 2;
  constexpr std::size_t kShortSecond = 3;
  if (host.starts_with('[')) {
    return std::string(host.substr(0, host.find(']') + 1));
  }
  host = host.substr(0, host.find(':'));
  const std::vector<std::string_view> labels = split(host, '.');
  const bool is_address = host.find_first_not_of("0123456789.") == std::string_view::npos;
  if (is_address || labels.size() <= 2) {
    return std::string(host);
  }
  const bool second_is_suffix = labels.back().size() == kCountry && labels[labels.size() - 2].size() <= kShortSecond;
  const std::size_t kept = std::min<std::size_t>(labels.size(), second_is_suffix ? 3 : 2);
  std::vector<std::string> site(labels.end() - static_cast<std::ptrdiff_t>(kept), labels.end());
  return join(site, ".");
}

Sites::Sites(const Facts& facts) {
  for (const Exchange& exchange : facts.capture.exchanges) {
    // Frames are documents too: those of a page begin its loads, so the host of the first one of each visit counts.
    if (exchange.type == "document" && !failed(exchange) && exchange.path == exchange.page) {
      of_input_[exchange.location.file].insert(site_of(exchange.host));
    }
  }
}

bool Sites::is_foreign(const Exchange& exchange) const {
  const auto sites = of_input_.find(exchange.location.file);
  return sites != of_input_.end() && !sites->second.contains(site_of(exchange.host));
}

}  // namespace budgetcheck
