#include "query/index/block_order.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(BlockOrder, AnOrderByRowsThatMayBeMissingNeedsAllOfThem) {
  const auto order = [](const std::string& join, const std::string& by) {
    return accessed(postgres(), "SELECT p.id FROM Post p " + join + " JOIN User u ON u.id = p.authorId ORDER BY " + by +
                                    " LIMIT 5");
  };
  EXPECT_EQ(order("LEFT", "u.email"), "p order / u served");
  EXPECT_EQ(order("LEFT", "lower(u.email)"), "p order / u served");
  EXPECT_EQ(order("LEFT", "p.id, u.email"), "p bounded / u served");
  EXPECT_EQ(order("INNER", "u.email"), "p bounded / u served") << "users may be walked in order";
  EXPECT_EQ(accessed(postgres(),
                     "SELECT t0.id FROM User t0 LEFT JOIN (SELECT authorId, COUNT(*) AS n FROM Post GROUP BY authorId) "
                     "AS o ON t0.id = o.authorId ORDER BY COALESCE(o.n, ?) DESC LIMIT 5"),
            "t0 order / Post whole");
}

TEST(BlockOrder, WithoutLimitEverythingBehindACursorIsReturned) {
  const std::string row = "(SELECT createdAt FROM Post WHERE id = ?)";
  const std::string before = "SELECT id FROM Post WHERE createdAt <= " + row;
  EXPECT_EQ(accessed(postgres(), before + " ORDER BY createdAt DESC OFFSET ?"),
            "Post unbounded cursor / Post served inside");
  EXPECT_EQ(accessed(postgres(), before + " ORDER BY createdAt DESC LIMIT ?"), "Post served / Post served inside");
  EXPECT_EQ(accessed(postgres(), before + " AND editorId = ? ORDER BY createdAt DESC"),
            "Post served / Post served inside");
  EXPECT_EQ(accessed(postgres(), "SELECT id FROM Post WHERE ((createdAt = " + row + " AND id >= ?) OR createdAt > " +
                                     row + ") ORDER BY createdAt, id"),
            "Post served / Post served inside / Post served inside")
      << "not a row's own key";
  EXPECT_EQ(accessed(postgres(), "SELECT id FROM Post WHERE createdAt <= ? ORDER BY createdAt DESC"), "Post served");
}

}  // namespace
}  // namespace budgetcheck
