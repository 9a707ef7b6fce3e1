#include "query/sql/joins.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(SimplifyJoins, AConditionThatNullNeverPassesMakesALeftJoinInner) {
  const auto joins = [](const std::string& rest) {
    const Statement statement =
        parse_statement("SELECT 1 FROM a LEFT JOIN b ON b.id = a.b LEFT JOIN c ON c.id = b.c " + rest);
    std::string kinds;
    for (const TableUse& use : statement.blocks.at(0).tables) {
      kinds += use.join == TableUse::Join::kLeft ? 'l' : 'i';
    }
    return kinds;
  };
  EXPECT_EQ(joins(""), "ill");
  EXPECT_EQ(joins("WHERE a.x = ?"), "ill");
  EXPECT_EQ(joins("WHERE b.x = ?"), "iil");
  EXPECT_EQ(joins("WHERE b.x IS NOT NULL"), "iil");
  EXPECT_EQ(joins("WHERE b.x IS NULL"), "ill");
  EXPECT_EQ(joins("WHERE coalesce(b.x, 1) = ?"), "ill");
  EXPECT_EQ(joins("WHERE b.x IS NOT DISTINCT FROM ?"), "ill");
  EXPECT_EQ(joins("WHERE c.x > ?"), "iii") << "c is found from b, so b must be there";
  EXPECT_EQ(joins("WHERE b.x = ? OR b.y = ?"), "iil");
  EXPECT_EQ(joins("WHERE b.x = ? OR a.y = ?"), "ill");
}

}  // namespace
}  // namespace budgetcheck
