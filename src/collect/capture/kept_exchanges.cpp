#include "collect/capture/kept_exchanges.h"

#include <algorithm>
#include <utility>

#include "model/exchange.h"

namespace budgetcheck {
namespace {

double weight(const Exchange& exchange) {
  return std::max({exchange.decoded_bytes, exchange.body_bytes, exchange.transfer_bytes});
}

}  // namespace

void KeptExchanges::add(Exchange&& exchange, std::uint32_t visit) {
  const bool routed = is_routed(exchange);
  if (exchanges_.size() < kMostWhole || (routed && exchanges_.size() < kMostRouted)) {
    exchanges_.push_back(std::move(exchange));
    visits_.push_back(visit);
    return;
  }
  ++left_out_;
  const std::string& name = routed ? exchange.route : exchange.path;
  const auto known = biggest_.find(name);
  if (known == biggest_.end()) {
    if (biggest_.size() < kMostNames) {
      biggest_.emplace(name, exchanges_.size());
      exchanges_.push_back(std::move(exchange));
      visits_.push_back(visit);
      --left_out_;
    }
    return;
  }
  if (weight(exchange) > weight(exchanges_[known->second])) {
    exchanges_[known->second] = std::move(exchange);
    visits_[known->second] = visit;
  }
}

}  // namespace budgetcheck
