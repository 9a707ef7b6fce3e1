#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/facts.h"

namespace budgetcheck {

/// Which hosts serve a capture's pages, to tell a team's own files from third-party ones.
class Sites {
 public:
  explicit Sites(const Facts& facts);
  /// The exchange went to a third-party host. False where the capture has no document to compare with.
  bool is_foreign(const Exchange& exchange) const;

 private:
  std::map<std::string, std::set<std::string>> of_input_;
};

/// The name of a site: "cdn.shop.example:8443" is of "shop.example", "assets.shop.co.uk" of "shop.co.uk". An
/// IP address is its own site.
std::string site_of(std::string_view host);

}  // namespace budgetcheck
