#include "collect/personal_data/filter/layout_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck::personal {
namespace {

class Lines {
 public:
  bool may_hold(const std::string& line) { return look(line) != LayoutFilter::Answer::kNothing; }
  LayoutFilter::Answer look(const std::string& line) {
    guarded_ = line;
    guarded_.append(FileContent::kGuard, '\0');
    const std::string_view text = std::string_view(guarded_).substr(0, line.size());
    EXPECT_TRUE(reader_.read(text)) << line;
    return filter_.look(text, reader_);
  }
  bool knows_layout() const { return reader_.layout() != 0; }
  std::vector<std::string> addresses() const {
    std::vector<std::string> paths;
    for (const Field* field : filter_.addresses()) {
      paths.push_back(field->path);
    }
    return paths;
  }

 private:
  std::string guarded_;
  json::LineReader reader_;
  Search search_{PersonalDataSettings()};
  LayoutFilter filter_{search_};
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
    for (const char* value :
         {"80.234.90.242", "2a02:3c8:e112::9", "ann@firma.de", "+493023125143", "12345678Z", "X1234567L",
          "RSSMRA85T10A562S", "DE02120300000000202051", "529.982.247-25", "AKIA5VGJH24A3JQKBBCN", "bsn 111222333"}) {
      EXPECT_TRUE(lines.may_hold(line("x", "\"" + field + "\":\"" + value + "\""))) << field << " " << value;
    }
    EXPECT_TRUE(lines.knows_layout());
  }
  Lines lines;
  EXPECT_TRUE(lines.may_hold(line("x", R"("client":"4242 4242 4242 4242")")));
  EXPECT_FALSE(lines.may_hold(line("x", R"("customerId":"4242 4242 4242 4242")")));
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

/// Both fields are addresses of somebody, and the one of the server is not.
TEST(PersonalDataLayoutFilter, AddressesThatFillTheirFieldsAreToldApart) {
  using Answer = LayoutFilter::Answer;
  Lines lines;
  const auto request = [](const std::string& remote, const std::string& server, const std::string& agent) {
    return line("x", R"("req":{"remoteAddress":")" + remote + R"("},"server":{"ip":")" + server + R"("},"ua":")" +
                         agent + "\"");
  };
  for (int i = 0; i < 20; ++i) {
    const std::string last = std::to_string(i + 1);
    EXPECT_EQ(lines.look(request("10.0.0." + last, "80.234.91." + last, "curl/" + last)), Answer::kNothing);
    EXPECT_EQ(lines.look(request("80.234.90." + last, "10.0.0." + last, "curl/" + last)), Answer::kAddresses);
    EXPECT_EQ(lines.addresses(), std::vector<std::string>{"req.remoteAddress"});
  }
  EXPECT_TRUE(lines.knows_layout());
  // What the parser may see otherwise is left to it, and so is what holds more than an address.
  EXPECT_EQ(lines.look(request("80.234.90.7", "10.0.0.1", "\\q")), Answer::kMayHold);
  EXPECT_EQ(lines.look(request("80.234.90.7", "10.0.0.1", "ann@firma.de")), Answer::kMayHold);
  EXPECT_EQ(lines.look(request("80.234.90.7, 10.0.0.1", "10.0.0.1", "x")), Answer::kMayHold);
}

/// A list of ids looks like cards and national ids now and then; its name says that it is none.
TEST(PersonalDataLayoutFilter, DigitsOfAnIdAreNobodys) {
  Lines lines;
  for (const char* digits : {"4242424242424242", "111222333", "44051401359", "7", "4111111111111111"}) {
    EXPECT_FALSE(lines.may_hold(line("x", R"("orderId":")" + std::string(digits) + R"(")"))) << digits;
    EXPECT_FALSE(lines.may_hold(line("x", R"("total":)" + std::string(digits)))) << digits;
  }
  EXPECT_TRUE(lines.may_hold(line("x", R"("card":4242424242424242)")));
}

TEST(PersonalDataLayoutFilter, SeesAValueThatNeverVaries) {
  Lines lines;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(lines.look(line("x", R"("owner":"ann@firma.de","n":)" + std::to_string(i))),
              LayoutFilter::Answer::kMayHold);
    EXPECT_EQ(lines.look(line("x", R"("ip":"80.234.90.242","n":)" + std::to_string(i))),
              LayoutFilter::Answer::kAddresses);
  }
}

/// What varies lies deeper than fields are read, so no layout is known.
TEST(PersonalDataLayoutFilter, LinesWithoutALayoutAreLookedAtFieldByField) {
  using Answer = LayoutFilter::Answer;
  Lines lines;
  const auto request = [](int i, const std::string& ip, const std::string& deep = "x") {
    return R"({"level":"info","ts":1795416840.0)" + std::to_string(i) + R"(,"request":{"remote_ip":")" + ip +
           R"(","headers":{"n)" + std::to_string(i) + R"(":[")" + deep + R"("]}},"user_id":"","size":7})";
  };
  for (int i = 200; i < 400; i += 2) {
    EXPECT_EQ(lines.look(request(i, "10.0.0.1")), Answer::kNothing);
    EXPECT_EQ(lines.look(request(i + 1, "80.234.90.242")), Answer::kAddresses);
    EXPECT_EQ(lines.addresses(), std::vector<std::string>{"request.remote_ip"});
  }
  EXPECT_FALSE(lines.knows_layout());
  EXPECT_EQ(lines.look(request(101, "80.234.90.242", "80.234.90.242")), Answer::kMayHold);
  EXPECT_EQ(lines.look(request(102, "80.234.90.242", R"(\q)")), Answer::kMayHold);  // no JSON
  EXPECT_EQ(lines.look(R"({"a1":"80.234.90.242","password":"x7y8z9"})"), Answer::kMayHold);
}

}  // namespace
}  // namespace budgetcheck::personal
