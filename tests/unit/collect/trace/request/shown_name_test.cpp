#include "collect/trace/request/shown_name.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ShownSpanName, NamesStay) {
  for (const std::string name :
       {"middleware - jsonParser", "GET /users/:id", "GET /rooms/<int:id>", "prisma:client:db_query", ""}) {
    EXPECT_EQ(shown_span_name(name), name);
  }
}

TEST(ShownSpanName, QueriesIdsLiteralsAndPrivateWordsAreGone) {
  EXPECT_EQ(shown_span_name("GET /users/17?token=x"), "GET /users/:id");
  EXPECT_EQ(shown_span_name("GET /users/:id?token=x"), "GET /users/:id?…");
  EXPECT_EQ(shown_span_name("GET /{id}/zoe@firma.example"), "GET /{id}/:id");
  EXPECT_EQ(shown_span_name("load chart 17"), "load chart {id}");
  EXPECT_EQ(shown_span_name("mail zoe@firma.example"), "mail …");
  EXPECT_EQ(shown_span_name("select * from users where mail = 'zoe'"), "select * from users where mail = ?");
}

}  // namespace
}  // namespace budgetcheck
