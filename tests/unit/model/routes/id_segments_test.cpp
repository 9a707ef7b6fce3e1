#include "model/routes/id_segments.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string>

#include "base/text.h"

namespace budgetcheck {
namespace {

SegmentForm form_in(std::string_view path, std::size_t at) {
  std::vector<std::string_view> segments = split(path, '/');
  segments.erase(segments.begin());
  return form_of_segment(segments, at);
}

SegmentKind last_of(std::string_view path) {
  return form_in(path, static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) - 1).kind;
}

TEST(IdSegments, NamesWithDigitsAreWords) {
  for (const char* path : {"/api/rpc/getCustomerOrderHistoryV2",
                           "/api/mp3",
                           "/h/internationalization2",
                           "/files/Base64EncodedDocuments",
                           "/files/report-2024.pdf",
                           "/docs/3.11",
                           "/docs/v14.2.3",
                           "/404",
                           "/404.html",
                           "/errors/503",
                           "/wiki/COVID-19",
                           "/campaign/bf2024",
                           "/images/1920x1080",
                           "/lodash/4.17.21",
                           "/api/formula/openssl@3.json",
                           "/range/2019-2023",
                           "/tags/c%2B%2B",
                           "/products/nike-air-max-90",
                           "/api/users/me",
                           "/o/order_2",
                           "/static/main.4f3a2b1c.js",
                           "/photos/123456.jpg"}) {
    EXPECT_EQ(last_of(path), SegmentKind::kWord) << path;
  }
}

TEST(IdSegments, ShortIdsAreIds) {
  for (const char* path :
       {"/commit/3f2a9bc", "/commit/deadbee", "/items/5f3a9c1b2d4e", "/watch/dQw4w9WgXcQ", "/s/V1StGXR8_Z",
        "/orders/ORD-2024-0001", "/browse/PROJ-123", "/title/tt0111161", "/v1/customers/cus_9s6XKzkNRiz8i3",
        "/products/632910392.json", "/users/john%40x.com", "/news/world-europe-56720589", "/abs/2101.00001",
        "/geo/52.52,13.40", "/pods/nginx-7c5ddbdf54-2xkqn", "/users/1,2,3", "/o/V1StGXR8_Z5jdHi6B-myT"}) {
    EXPECT_EQ(last_of(path), SegmentKind::kIdentifier) << path;
  }
  EXPECT_EQ(form_in("/products/632910392.json", 1).ending, ".json");
}

TEST(IdSegments, NumbersByWhatIsAroundThem) {
  EXPECT_EQ(last_of("/blog/2024"), SegmentKind::kDoubtful) << "a year, unless other numbers are here";
  EXPECT_EQ(last_of("/orders/2024"), SegmentKind::kIdentifier) << "among things";
  EXPECT_EQ(form_in("/blog/2024/05/17", 2).kind, SegmentKind::kWord);
  EXPECT_EQ(form_in("/blog/2024/05/17", 3).kind, SegmentKind::kWord);
  EXPECT_EQ(form_in("/1/boards", 0).kind, SegmentKind::kWord);
  EXPECT_EQ(form_in("/rest/api/3/issue", 2).kind, SegmentKind::kWord);
  EXPECT_EQ(form_in("/2015-03-31/functions", 0).kind, SegmentKind::kWord);
  EXPECT_EQ(form_in("/admin/api/2024-01/products", 2).kind, SegmentKind::kWord);
  EXPECT_EQ(last_of("/stats/2026-01-01"), SegmentKind::kIdentifier);
  EXPECT_EQ(last_of("/orders/404"), SegmentKind::kIdentifier);
  EXPECT_EQ(last_of("/api/7"), SegmentKind::kIdentifier);
  EXPECT_EQ(last_of("/1"), SegmentKind::kIdentifier);
}

TEST(IdSegments, OddSegmentsAreWords) {
  EXPECT_EQ(last_of("/"), SegmentKind::kWord);
  EXPECT_EQ(last_of("/%zz"), SegmentKind::kWord);
  EXPECT_EQ(last_of("/%25%32%35"), SegmentKind::kWord);
  EXPECT_EQ(last_of("/-_-"), SegmentKind::kWord);
  EXPECT_EQ(last_of("/.json"), SegmentKind::kWord);
  EXPECT_EQ(last_of("/,;"), SegmentKind::kWord);
}

struct Rates {
  std::size_t found = 0;  ///< ids that are seen as such
  std::size_t wrong = 0;  ///< words that are taken for ids
  std::size_t missed = 0;
  double precision() const { return static_cast<double>(found) / static_cast<double>(found + wrong); }
  double recall() const { return static_cast<double>(found) / static_cast<double>(found + missed); }
};

/// FNV-1a, so that the halves stay the same everywhere.
bool is_held_out(std::string_view path, std::string_view at) {
  std::uint32_t hash = 0x811c9dc5;
  for (const char c : std::string(path) + "#" + std::string(at)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  }
  return (hash >> 4U & 1U) != 0;
}

// Rules and bounds were chosen with the first half in view, never with the second.
TEST(IdSegments, PrecisionAndRecallOnPathsOfPublicApis) {
  std::ifstream file(BUDGETCHECK_SOURCE_DIR "/fixtures/routes/segments.tsv");
  std::array<Rates, 2> halves;
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string_view> fields = split(line, '\t');
    if (line.starts_with('#') || fields.size() != 4) {
      continue;
    }
    ++lines;
    const bool is_id = fields[2] == "id";
    const bool seen = form_in(fields[0], std::stoul(std::string(fields[1]))).kind == SegmentKind::kIdentifier;
    Rates& half = halves[is_held_out(fields[0], fields[1]) ? 1 : 0];
    (is_id && seen ? half.found : is_id ? half.missed : half.wrong) += is_id || seen ? 1U : 0U;
  }
  EXPECT_GE(lines, 700U);
  for (const Rates& half : halves) {
    EXPECT_GE(half.precision(), 0.97) << half.wrong << " words are taken for ids";
    EXPECT_GE(half.recall(), 0.92) << half.missed << " ids are missed";
  }
}

}  // namespace
}  // namespace budgetcheck
