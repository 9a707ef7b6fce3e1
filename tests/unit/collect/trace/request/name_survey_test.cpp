#include "collect/trace/request/name_survey.h"

#include <gtest/gtest.h>

#include "unit/collect/trace/trace_testing.h"

namespace budgetcheck {
namespace {

using namespace trace_testing;

TEST(NameSurvey, TakesIdsOutOfNames) {
  EXPECT_EQ(form_of_name("load chart 17"), "load chart {id}");
  EXPECT_EQ(form_of_name("GET /receipts/15"), "GET /receipts/{id}");
  EXPECT_EQ(form_of_name("job:0d566d3a-25ea-4591-90a3-4e3da3ed54d1"), "job:{id}");
  EXPECT_EQ(form_of_name("users/17/orders/18"), "users/{id}/orders/{id}");
}

TEST(NameSurvey, WordsVersionsAndPlaceholdersAreNoIds) {
  for (const std::string name :
       {"pg.query:SELECT shop", "middleware - jsonParser", "GET /v2/users/:id", "HTTP/1.1", "utf8", "s3.GetObject",
        "prisma:client:db_query", "/rooms/<int:id>", "/x/{id}", "SELECT 1.5", ""}) {
    EXPECT_EQ(form_of_name(name), "") << name;
  }
}

std::string names(const std::vector<std::string>& all) {
  std::vector<SpanText> spans;
  for (std::size_t i = 0; i < all.size(); ++i) {
    spans.push_back({"b" + std::to_string(i), "", all[i]});
  }
  std::string text;
  for (const UnboundedName& name : read_spans(spans).facts.traces.names) {
    text += (text.empty() ? "" : ", ") + std::to_string(name.names) + " " + name.form + (name.dense ? " dense" : "");
  }
  return text;
}

TEST(NameSurvey, CountsNamesOfOneForm) {
  EXPECT_EQ(names({"load 17", "load 99", "load 17", "save 3"}), "2 load {id}, 1 save {id}");
  EXPECT_EQ(names({"worker 0", "worker 1", "worker 2", "worker 3", "worker 4"}), "5 worker {id} dense");
  EXPECT_EQ(names({"chart 300", "chart 301", "chart 302", "chart 303"}), "4 chart {id}") << "rows do not begin at 0";
}

TEST(NameSurvey, AFormShowsNothingButWhatNamesAre) {
  EXPECT_EQ(names({"GET /u/17?email=zoe%40firma.example"}), "1 GET /u/{id}?…");
  EXPECT_EQ(names({"GET /u?id=17", "GET /u?id=18"}), "2 GET /u?…");
  EXPECT_EQ(names({"GET /u/17/zoe@firma.example"}), "1 GET /u/{id}/:id");
  EXPECT_EQ(names({"mail 17 to zoe@firma.example"}), "1 mail {id} to …");
  EXPECT_EQ(names({"SELECT a FROM t WHERE b = 'Zoe' AND c = 17"}), "1 SELECT a FROM t WHERE b = ? AND c = ?");
}

}  // namespace
}  // namespace budgetcheck
