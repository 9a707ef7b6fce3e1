#include "collect/logs/pieces/piece_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;

LogPiece piece(std::string order, std::uint32_t lines) {
  LogPiece one;
  one.order_by = LogPiece::Order::kNumber;
  one.order = std::move(order);
  one.lines = lines;
  return one;
}

/// "0:1 1:1 0:2": the pieces' lines in the order of the log.
std::vector<std::string> ordered(const std::vector<LogPiece>& pieces) {
  std::vector<const LogPiece*> pointers;
  for (const LogPiece& one : pieces) {
    pointers.push_back(&one);
  }
  LineOrder order(pointers);
  std::vector<std::string> lines;
  while (const std::optional<LineOrder::Line> line = order.next()) {
    lines.push_back(std::to_string(line->piece) + ":" + std::to_string(line->line) + (line->opens ? "" : "="));
  }
  if (order.failed()) {
    lines.emplace_back("failed");
  }
  return lines;
}

TEST(LineOrder, IsThatOfTheNumbers) {
  EXPECT_THAT(ordered({piece(order_of_numbers({1, 4, 5}), 3), piece("", 0), piece(order_of_numbers({2, 3, 6}), 3)}),
              ElementsAre("0:1", "2:1", "2:2", "0:2", "0:3", "2:3"));
}

TEST(LineOrder, LinesOfOnePieceKeepTheirOrderAndOfEqualOnesTheEarlierPieceIsFirst) {
  EXPECT_THAT(ordered({piece(order_of_numbers({7, 5, 8}), 3), piece(order_of_numbers({7, 7}), 2)}),
              ElementsAre("0:1", "0:2=", "1:1=", "1:2=", "0:3"));
}

TEST(LineOrder, BytesThatAreNoOrderFail) {
  EXPECT_THAT(ordered({piece("", 1)}), ElementsAre("failed"));
  EXPECT_THAT(ordered({piece("\x01", 1)}), ElementsAre("failed"));
  const std::vector<std::string> more = ordered({piece(order_of_numbers({1, 2}), 1)});
  EXPECT_EQ(more.back(), "failed") << "there are more places than lines";
}

}  // namespace
}  // namespace budgetcheck
