#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "model/facts.h"

namespace budgetcheck {

/// Which hosts a capture's pages are of, to tell a team's own files from those of others.
class Sites {
 public:
  explicit Sites(const Facts& facts);
  /// The exchange went to a host of somebody else. False where the capture has no document to tell.
  bool is_foreign(const Exchange& exchange) const;

 private:
  std::map<std::string, std::set<std::string>> of_input_;
};

/// What a site is called by: "cdn.shop.example:8443" is of "shop.example", "assets.shop.co.uk" of "shop.co.uk". An
/// address stands for itself.
std::string site_of(std::string_view host);

}  // namespace budgetcheck
