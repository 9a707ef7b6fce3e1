// Which load of a page requests belong to, and what is read from all entries together.
#include "unit/collect/capture/har_writers_testing.h"

namespace budgetcheck {
namespace {

using namespace har_writers_testing;

// --- times and page loads

std::string at(const std::string& url, const std::string& started, const std::string& ref,
               const std::string& type = "fetch", const std::string& frame = "f") {
  return entry(R"("pageref":")" + ref + R"(","_frameref":")" + frame + R"(","_resourceType":")" + type +
                   R"(","startedDateTime":")" + started + R"(",)",
               R"("method":"GET","url":")" + url + "\"", R"("content":{"mimeType":"application/json"})");
}

TEST(Starts, CountFromTheFirstRequestOfTheirPage) {
  const Facts facts =
      read(at("http://h/", "2026-11-23T06:45:42.500Z", "p", "document") + "," +
           at("http://h/api/a", "2026-11-23T07:45:42.250+01:00", "p") + "," +
           at("http://h/b", "2026-11-23T06:46:00Z", "q", "document") + "," + at("http://h/api/b", "yesterday", "q"));
  ASSERT_EQ(facts.capture.exchanges.size(), 4U);
  EXPECT_EQ(facts.capture.exchanges[0].start_ms, 250) << "entries need not be in order";
  EXPECT_EQ(facts.capture.exchanges[1].start_ms, 0);
  EXPECT_EQ(facts.capture.exchanges[2].start_ms, 0);
  EXPECT_EQ(facts.capture.exchanges[3].start_ms, -1);
}

TEST(Visits, TellLoadsOfOnePageApartAndNavigationsToo) {
  const std::string t = "2026-11-23T06:45:42Z";
  const Facts facts =
      read(at("http://h/", t, "p", "document") + "," + at("http://h/api/a", t, "p") + "," +
           at("http://h/ad", t, "p", "document", "other") + "," + at("http://h/cart", t, "p", "document") + "," +
           at("http://h/api/b", t, "p") + "," + at("http://h/", t, "q", "document"));
  ASSERT_EQ(facts.capture.exchanges.size(), 6U);
  std::vector<std::uint32_t> visits;
  for (const Exchange& exchange : facts.capture.exchanges) {
    visits.push_back(exchange.visit);
  }
  EXPECT_EQ(visits, (std::vector<std::uint32_t>{1, 1, 1, 2, 2, 3}));
}

TEST(Visits, OfACaptureWithoutPagesAreOneOrNone) {
  const std::string page =
      entry(R"("_resourceType":"document",)", R"("method":"GET","url":"http://h/")", R"("content":{})");
  const Facts one = read(page + "," + entry("", kGet, R"("content":{})"));
  EXPECT_EQ(one.capture.exchanges[1].visit, 1U);
  const Facts none = read(entry("", kGet, R"("content":{})"));
  EXPECT_EQ(none.capture.exchanges[0].visit, 0U);
}

TEST(HarSlugs, AreInferredFromTheirNumberAndSaidAndTemplatesStay) {
  std::string entries;
  for (int i = 0; i < 25; ++i) {
    for (const std::string folder : {"products", "given"}) {
      entries += (entries.empty() ? "" : ",") +
                 entry("", R"("method":"GET","url":"http://h/)" + folder + "/red-shoe-" + std::to_string(i) + "\"",
                       R"("content":{"size":10,"mimeType":"application/json","text":"{\"a\":1}"})");
    }
  }
  const Facts facts = read(entries, "x", {"/given/red-shoe-0", "/given/red-shoe-*"});
  std::size_t joined = 0;
  for (const Exchange& exchange : facts.capture.exchanges) {
    joined += exchange.route == "GET /products/:slug" && exchange.route_inferred ? 1U : 0U;
  }
  EXPECT_EQ(joined, 25U);
  ASSERT_FALSE(facts.notes.empty());
  EXPECT_THAT(facts.notes[0], HasSubstr("GET /products/:slug"));
  bool has_parts = false;
  for (const Part& part : facts.parts) {
    has_parts = has_parts || part.where == Labels{{"route", "GET /products/:slug"}};
  }
  EXPECT_TRUE(has_parts);
  bool kept = false;
  for (const Exchange& exchange : facts.capture.exchanges) {
    kept = kept || exchange.route == "GET /given/red-shoe-0";
  }
  EXPECT_TRUE(kept);
}

TEST(HarLists, TellWhichFieldsOfTheirElementsVary) {
  const Facts facts = read(entry(
      "", kGet,
      R"("content":{"mimeType":"application/json","text":"{\"users\":[{\"id\":1,\"role\":\"secret\"},{\"id\":2,\"role\":\"secret\",\"x\":null}]}"})"));
  const auto list = std::find_if(facts.capture.list_fields.begin(), facts.capture.list_fields.end(),
                                 [](const ListFields& l) { return l.list == "users[]"; });
  ASSERT_NE(list, facts.capture.list_fields.end());
  EXPECT_EQ(list->route, "GET /api/x");
  EXPECT_EQ(list->elements, 2U);
  ASSERT_EQ(list->fields.size(), 3U);
  EXPECT_EQ(list->fields[0].name, "id");
  EXPECT_FALSE(list->fields[0].constant);
  EXPECT_TRUE(list->fields[0].everywhere);
  EXPECT_EQ(list->fields[1].name, "role");
  EXPECT_TRUE(list->fields[1].constant);
  EXPECT_FALSE(list->fields[2].everywhere);
}

}  // namespace
}  // namespace budgetcheck
