#include "query/index/references.h"

#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

DatabaseSchema shop(const std::string& settings) {
  return schema_of("datasource db {\n" + settings + R"(}
model User {
  id       Int       @id
  teamId   Int?
  team     Team?     @relation(fields: [teamId], references: [id])
  sessions Session[]
  orders   Order[]
}
model Team {
  id    Int    @id
  users User[]
}
model Session {
  id     Int  @id
  userId Int
  user   User @relation(fields: [userId], references: [id], onDelete: Cascade)
}
model Order {
  id     Int    @id
  userId Int
  user   User   @relation(fields: [userId], references: [id], onDelete: Cascade)
  items  Item[]
  @@index([userId])
}
model Item {
  id      Int   @id
  kind    Int
  orderId Int
  order   Order @relation(fields: [orderId], references: [id])
  @@index([kind, orderId])
}
)");
}

TEST(References, ADeleteLooksForWhatRefersToTheRow) {
  const DatabaseSchema schema = shop("provider = \"postgresql\"\n");
  EXPECT_EQ(accessed(schema, "DELETE FROM \"User\" WHERE id = $1"),
            "User served / Session references userId:no index / Item references orderId:not leading")
      << "the rows of Order go too, and are looked for in Item";
  EXPECT_EQ(accessed(schema, "DELETE FROM \"Team\" WHERE id = $1"), "Team served / User references teamId:no index");
  EXPECT_EQ(accessed(schema, "DELETE FROM \"Session\" WHERE id = $1"), "Session served");
  EXPECT_EQ(accessed(schema, "UPDATE \"User\" SET \"teamId\" = $1 WHERE id = $2"), "User served");
}

TEST(References, TheSchemaSaysWhatBecomesOfThem) {
  using OnDelete = Relation::OnDelete;
  const DatabaseSchema schema = shop("provider = \"postgresql\"\n");
  const auto on_delete = [&](const char* model) { return table_of(schema, model).relations.at(0).on_delete; };
  EXPECT_EQ(on_delete("User"), OnDelete::kSetNull) << "it may be missing";
  EXPECT_EQ(on_delete("Session"), OnDelete::kCascade);
  EXPECT_EQ(on_delete("Item"), OnDelete::kRestrict);
}

TEST(References, WithoutForeignKeysOrWithTheirIndexesNothingIsRead) {
  const std::string sql = "DELETE FROM \"User\" WHERE id = $1";
  EXPECT_EQ(accessed(shop("provider = \"postgresql\"\n  relationMode = \"prisma\"\n"), sql), "User served");
  EXPECT_EQ(accessed(shop("provider = \"mysql\"\n"), "DELETE FROM `User` WHERE id = ?"), "User served");
}

}  // namespace
}  // namespace budgetcheck
