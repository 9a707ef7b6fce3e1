#include "collect/capture/kept_exchanges.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Exchange of(const std::string& path, double bytes) {
  Exchange exchange;
  exchange.path = path;
  exchange.type = "script";
  exchange.status = 200;
  exchange.decoded_bytes = bytes;
  return exchange;
}

TEST(KeptExchanges, HoldTheFirstAndOfEachNameTheBiggest) {
  KeptExchanges kept;
  for (std::size_t i = 0; i < KeptExchanges::kMostWhole; ++i) {
    kept.add(of("/a.js", 1), 7);
  }
  EXPECT_EQ(kept.left_out(), 0U);
  kept.add(of("/a.js", 5), 8);
  kept.add(of("/a.js", 9), 9);
  kept.add(of("/a.js", 3), 10);
  kept.add(of("/b.js", 1), 11);
  ASSERT_EQ(kept.exchanges().size(), KeptExchanges::kMostWhole + 2);
  EXPECT_EQ(kept.exchanges()[KeptExchanges::kMostWhole].decoded_bytes, 9);
  EXPECT_EQ(kept.visit(KeptExchanges::kMostWhole), 9U);
  EXPECT_EQ(kept.left_out(), 2U);
}

TEST(KeptExchanges, HoldMoreOfWhatHasARoute) {
  KeptExchanges kept;
  Exchange routed = of("/api/x", 1);
  routed.type = "fetch";
  routed.route = "GET /api/x";
  for (std::size_t i = 0; i < KeptExchanges::kMostRouted + 9; ++i) {
    kept.add(Exchange(routed), 0);
  }
  EXPECT_EQ(kept.exchanges().size(), KeptExchanges::kMostRouted + 1);
  EXPECT_EQ(kept.left_out(), 8U);
}

TEST(KeptExchanges, AreBounded) {
  KeptExchanges kept;
  constexpr std::size_t kAll = KeptExchanges::kMostWhole + KeptExchanges::kMostNames + 500;
  for (std::size_t i = 0; i < kAll; ++i) {
    kept.add(of("/" + std::to_string(i), 1), 0);
  }
  EXPECT_EQ(kept.exchanges().size(), kAll - 500);
  EXPECT_EQ(kept.left_out(), 500U);
}

}  // namespace
}  // namespace budgetcheck
