#include "report/words/printable.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

TEST(Printable, ANameOfMegabytesIsCut) {
  const std::string name = std::string(3'000'000, 'a') + "end";
  EXPECT_EQ(display_width(name_text(name)), 160U);
  EXPECT_TRUE(name_text(name).ends_with("end"));
  EXPECT_LE(display_width(sentence_text(name)), 2000U);
}

TEST(Printable, ALongListOfColumnsIsCut) {
  const std::string columns = "\"Order\".\"id\", \"Order\".\"userId\", \"Order\".\"total\"";
  EXPECT_EQ(sql_text("SELECT " + columns + " FROM \"Order\" WHERE id = ?"), "SELECT … FROM \"Order\" WHERE id = ?");
  EXPECT_EQ(sql_text("SELECT id FROM \"Order\""), "SELECT id FROM \"Order\"");
  EXPECT_EQ(sql_text("DELETE FROM \"Order\" RETURNING " + columns), "DELETE FROM \"Order\" RETURNING …");
}

}  // namespace
}  // namespace budgetcheck
