#include "collect/personal_data/filter/text_filter.h"

#include <gtest/gtest.h>

#include <string>

#include "base/file_system.h"

namespace budgetcheck::personal {
namespace {

using Answer = TextFilter::Answer;

class Texts {
 public:
  explicit Texts(const PersonalDataSettings& settings = {}) : search_(settings) {}

  Answer look(const std::string& line) {
    std::string guarded = line;
    guarded.append(FileContent::kGuard, '\0');
    return filter_.look(std::string_view(guarded).substr(0, line.size()));
  }

 private:
  Search search_;
  TextFilter filter_{search_};
};

const std::string kAgent = "\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36\"";

std::string request(const std::string& client, const std::string& path, const std::string& agent = kAgent,
                    const std::string& time = "23/Nov/2026:06:54:00") {
  return client + " - - [" + time + " +0000] \"GET " + path + " HTTP/1.1\" 200 103 \"-\" " + agent;
}

TEST(PersonalDataTextFilter, TellsAnAddressFromEverythingElse) {
  Texts texts;
  for (int i = 1; i < 5; ++i) {
    const std::string last = std::to_string(i);
    EXPECT_EQ(texts.look(request("10.0.0." + last, "/items/" + last)), Answer::kNothing);
    EXPECT_EQ(texts.look(request("80.234.90." + last, "/items/" + last)), Answer::kAddress);
    EXPECT_EQ(texts.look(request("80.234.90." + last, "/items?mail=ann@firma.de")), Answer::kMayHold);
    EXPECT_EQ(texts.look(request("10.0.0." + last, "/items?ip=80.234.90.242")), Answer::kMayHold);
  }
  EXPECT_EQ(texts.look("80.234.90.242"), Answer::kMayHold);
  EXPECT_EQ(texts.look("80.234.90.242, 10.0.0.1 GET /"), Answer::kMayHold);
  EXPECT_EQ(texts.look("80.234.90.242 | started"), Answer::kMayHold);
  EXPECT_EQ(texts.look("180.234.90.2421 started"), Answer::kNothing);
  EXPECT_EQ(texts.look(""), Answer::kNothing);
}

TEST(PersonalDataTextFilter, SeesANewEndAndANewTime) {
  Texts texts;
  const std::string mail = "\"a browser that says who it is and how to write to ann@firma.de, or not\"";
  const std::string other = "\"a browser that says who it is and how to write to ann-firma.de, or not\"";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(texts.look(request("10.0.0.1", "/", mail)), Answer::kMayHold);
    EXPECT_EQ(texts.look(request("10.0.0.1", "/", other)), Answer::kNothing);
    EXPECT_EQ(texts.look(request("10.0.0.1", "/", kAgent, "23 44051401359 06:54")), Answer::kMayHold);
    EXPECT_EQ(texts.look(request("10.0.0.1", "/", kAgent)), Answer::kNothing);
  }
  EXPECT_EQ(texts.look("10.0.0.1 " + std::string(300, 'x') + " \"" + std::string(247, 'y') + "\""), Answer::kNothing);
}

TEST(PersonalDataTextFilter, AllowedAddressesAreNothing) {
  PersonalDataSettings settings;
  settings.allow = {"80.234.0.0/16"};
  Texts texts(settings);
  EXPECT_EQ(texts.look(request("80.234.90.242", "/")), Answer::kNothing);
  EXPECT_EQ(texts.look(request("80.235.90.242", "/")), Answer::kAddress);
}

}  // namespace
}  // namespace budgetcheck::personal
