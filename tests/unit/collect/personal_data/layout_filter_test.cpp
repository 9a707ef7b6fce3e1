#include "collect/personal_data/layout_filter.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file_system.h"

namespace budgetcheck::personal {
namespace {

class Lines {
 public:
  bool may_hold(const std::string& line) {
    guarded_ = line;
    guarded_.append(FileContent::kGuard, '\0');
    const std::string_view text = std::string_view(guarded_).substr(0, line.size());
    EXPECT_TRUE(reader_.read(text)) << line;
    return filter_.may_hold(text, reader_);
  }
  bool knows_layout() const { return reader_.layout() != 0; }

 private:
  std::string guarded_;
  json::LineReader reader_;
  LayoutFilter filter_;
};

std::string line(const std::string& message, const std::string& more = R"("n":1)") {
  return R"({"level":30,"time":"2026-11-29T08:20:00.000Z","trace_id":"1ef5e9bea04d4e4b4d3dc5e7dfef1c65","msg":")" +
         message + "\"," + more + "}";
}

TEST(PersonalDataLayoutFilter, PassesOverOrdinaryLinesAndStopsAtTheOneThatHoldsSomething) {
  Lines lines;
  for (int i = 0; i < 40; ++i) {
    EXPECT_FALSE(lines.may_hold(line("stock reserved " + std::to_string(i))));
  }
  EXPECT_TRUE(lines.knows_layout());
  for (const char* text :
       {"sent to ann@firma.de", "from 80.234.90.242", "pan 4242424242424242", "iban DE02120300000000202051",
        "call +493023125143", "pesel 44051401359", "ghp_3jvXqXpjJFUSd9ozu24mRICJOoDLgzYqCMi0", "X1234567L",
        "u=/x?password=hunter", "a\\u0040b.de"}) {
    EXPECT_TRUE(lines.may_hold(line(text))) << text;
    EXPECT_FALSE(lines.may_hold(line("stock reserved, and all is well")));
  }
  EXPECT_TRUE(lines.knows_layout());
}

/// A value of its own, in a field whose name says nothing, and in one that is called an id.
TEST(PersonalDataLayoutFilter, StopsAtAValueThatFillsItsField) {
  for (const std::string field : {"client", "customerId"}) {
    Lines lines;
    for (int i = 0; i < 20; ++i) {
      EXPECT_FALSE(lines.may_hold(line("x", "\"" + field + "\":\"10.0.0." + std::to_string(i) + "\"")));
    }
    for (const char* value : {"80.234.90.242", "2a02:3c8:e112::9", "ann@firma.de", "+493023125143", "12345678Z",
                              "X1234567L", "RSSMRA85T10A562S", "DE02120300000000202051", "529.982.247-25",
                              "AKIA5VGJH24A3JQKBBCN", "bsn 111222333", "4242 4242 4242 4242"}) {
      EXPECT_TRUE(lines.may_hold(line("x", "\"" + field + "\":\"" + value + "\""))) << field << " " << value;
    }
    EXPECT_TRUE(lines.knows_layout());
  }
  Lines lines;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(lines.may_hold(line("x", R"("bsn":"none")")));
  }
  EXPECT_TRUE(lines.may_hold(line("x", R"("bsn":"111222333")")));
}

TEST(PersonalDataLayoutFilter, SeesANewValueOfATextThatWasClean) {
  Lines lines;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(lines.may_hold(line("a text that is long enough to be remembered")));
  }
  EXPECT_TRUE(lines.may_hold(line("a text that is long enough: ann@firma.de")));
}

TEST(PersonalDataLayoutFilter, AMaskInASecretFieldIsNone) {
  Lines lines;
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(lines.may_hold(line("x", R"("req":{"password":"[REDACTED]"})")));
  }
  EXPECT_TRUE(lines.knows_layout());
  EXPECT_TRUE(lines.may_hold(line("x", R"("req":{"password":"hunter"})")));
}

TEST(PersonalDataLayoutFilter, LooksIntoListsNumbersAndWhatLiesDeeper) {
  Lines lines;
  const std::string deep = R"("a":{"b":{"c":"ann@firma.de"}})";
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(lines.may_hold(line("x", R"("to":[{"pw":"a"}],"n":1)")));
    EXPECT_TRUE(lines.may_hold(line("x", deep)));
  }
  EXPECT_TRUE(lines.may_hold(line("x", R"("to":[{"password":"hunter"}],"n":1)")));
  EXPECT_TRUE(lines.may_hold(line("x", R"("to":[{"pw":"a"}],"n":4242424242424242)")));
}

}  // namespace
}  // namespace budgetcheck::personal
