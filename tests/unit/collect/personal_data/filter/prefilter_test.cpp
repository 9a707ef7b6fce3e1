#include "collect/personal_data/filter/prefilter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file_system.h"
#include "collect/personal_data/text_walk.h"

namespace budgetcheck::personal {
namespace {

bool may_hold(const std::string& line, Prefilter::Names names = Prefilter::Names::kLookedAt) {
  std::string guarded = line;
  guarded.append(FileContent::kGuard, '\0');
  return Prefilter::may_hold(std::string_view(guarded).substr(0, line.size()), names);
}

/// One of each kind, as it stands in a line.
const std::vector<std::string>& values() {
  static const std::vector<std::string> kValues{
      R"("m":"ann@firma.de")",
      R"("u":"/x?e=ann%40firma.de")",
      R"("m":"ann\u0040firma.de")",
      R"("ip":"80.234.90.242")",
      R"("ip":"2a02:3c8:e112::9")",
      R"("pan":"4242424242424242")",
      R"("pan":4242424242424242)",
      R"("pan":"4242 4242 4242 4242")",
      R"("c":"3782-822463-10005")",
      R"("a":"DE02120300000000202051")",
      R"("a":"FR76 3000 6000 0112 3456 7890 189")",
      R"("a":"GB33 BUKB 2020 1555 5555 55")",
      R"("t":"+493023125143")",
      R"("t":"%2B493023125143")",
      R"("phone":"+49 30 231-25143")",
      R"("d":"12345678Z")",
      R"("d":"X1234567L")",
      R"("d":"RSSMRA85T10A562S")",
      R"("d":"529.982.247-25")",
      R"("d":"756.9217.0769.85")",
      R"("d":"131052-308T")",
      R"("bsn":"111222333")",
      R"("pesel":"44051401359")",
      R"("nir":"255081416802538")",
      R"("t":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhYmIzM2M3MSJ9.dBjftJeZ4CVPmB92K27uhbUJU1p1r")",
      R"("h":"Bearer pFfvH7XccePZB5LdcEl5MTvp")",
      R"("h":"Basic c3ZjOkR1ZmEta3JlZ2xhNDQy")",
      R"("g":"ghp_3jvXqXpjJFUSd9ozu24mRICJOoDLgzYqCMi0")",
      R"("e":"\nAKIA5VGJH24A3JQKBBCN")",
      R"("s":"xoxb-543477943908-389833196296-79aqH2MOiKzayDBf")",
      R"("g":"glpat-OB9byK8HxWeTAc2Z1QlP")",
      R"("s":"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")",
      R"("k":"-----BEGIN PRIVATE KEY-----\nW6iImgQLum5k1pVdqtCTYdsj")",
      R"("password":"hunter")",
      R"("apiKey":"hF0i5xColwe7CxhZphPavb8s")",
      R"("u":"/login?password=hunter")",
      R"("b":"{\"password\":\"Natrai-brepo553\"}")",
      R"("u":"postgres://a:Fodreo!zeve387@b/c")",
      R"("sql":"ALTER ROLE a PASSWORD 'Gaitreo.glenu896'")"};
  return kValues;
}

/// Whatever stands before it, so that it lies across the ends of blocks.
TEST(PersonalDataPrefilter, PassesOverNothingThatIsFound) {
  const Search search({});
  for (const std::string& value : values()) {
    for (std::size_t before = 0; before < 130; before += 3) {
      const std::string line = "{\"msg\":\"" + std::string(before, 'x') + " \"," + value + "}";
      FoundValues found;
      TextWalk(search, found).look(line, 1);
      EXPECT_FALSE(found.empty()) << line;
      EXPECT_TRUE(may_hold(line)) << line;
    }
  }
}

TEST(PersonalDataPrefilter, PassesOverOrdinaryLines) {
  for (
      const char* line :
      {R"({"level":30,"time":1795942254443,"pid":4242,"hostname":"node-7","trace_id":"1ef5e9bea04d4e4b4d3dc5e7dfef1c65","span_id":"5aeb18829b760062","ms":13.275,"msg":"stock reserved"})",
       R"({"timestamp":"2026-11-29T08:20:00.000Z","query":"SELECT \"a\".\"id\" FROM \"a\" WHERE \"a\".\"b\" = $1 LIMIT $2","params":"[17,1]","duration":0})",
       R"({"id":"9bedf323-ed25-40b4-a7b6-958ca92f99aa","ip":"10.0.0.1","v":"1.2.3","at":"08:20:32","ua":"curl/7.88.1"})",
       R"({"req":{"headers":{"authorization":"[Redacted]","cookie":""}},"password":"****"})",
       R"(10.0.0.9 - - [29/Nov/2026:08:20:02 +0000] "GET /items/3?page=2 HTTP/1.1" 200 103 "-" "curl/7.88.1")"}) {
    EXPECT_FALSE(may_hold(line)) << line;
  }
}

TEST(PersonalDataPrefilter, NamesMayBeKnown) {
  const std::string line = R"({"password":"hunter"})";
  EXPECT_TRUE(may_hold(line));
  EXPECT_FALSE(may_hold(line, Prefilter::Names::kKnown));
  EXPECT_TRUE(Prefilter::names_secret(R"({"password":"****"})"));
  EXPECT_FALSE(Prefilter::names_secret(R"({"user":"x"})"));
}

TEST(PersonalDataPrefilter, LooksAtNothingBehindTheLine) {
  const std::string text = "{\"a\":1}\nann@firma.de" + std::string(FileContent::kGuard, '\0');
  EXPECT_FALSE(Prefilter::may_hold(std::string_view(text).substr(0, 7)));
}

}  // namespace
}  // namespace budgetcheck::personal
