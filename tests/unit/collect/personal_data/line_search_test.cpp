#include "collect/personal_data/line_search.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck::personal {
namespace {

/// "field kind count line sample" of each.
std::vector<std::string> rows(const FoundValues& found) {
  Input input;
  input.path = "x.log";
  PersonalFacts facts;
  found.report(input, facts);
  std::vector<std::string> out;
  for (const PersonalValues& one : facts.values) {
    out.push_back(one.field + " " + std::string(to_string(one.kind)) + " " + std::to_string(one.count) + " " +
                  std::to_string(one.location.line) + " " + one.sample);
  }
  return out;
}

/// What the search says of lines when each is walked through, and when ordinary ones are passed over.
class Both {
 public:
  explicit Both(const PersonalDataSettings& settings = {}) : search_(settings) {}

  void look(const std::string& line) {
    ++number_;
    walk_.look(line, number_);
    std::string guarded = line;
    guarded.append(FileContent::kGuard, '\0');
    const std::string_view text = std::string_view(guarded).substr(0, line.size());
    lines_.look(text, line.starts_with('{') && reader_.read(text) ? &reader_ : nullptr, number_);
  }
  std::vector<std::string> of_walk() const { return rows(walked_); }
  std::vector<std::string> of_lines() { return rows(lines_.take()); }

 private:
  Search search_;
  FoundValues walked_;
  TextWalk walk_{search_, walked_};
  json::LineReader reader_;
  LineSearch lines_{search_};
  std::uint32_t number_ = 0;
};

const std::vector<std::string>& pieces() {
  static const std::vector<std::string> kPieces{
      // what is to be found
      "ann@firma.de", "80.234.90.242", "2a02:3c8:e112::9", "4242424242424242", "4242 4242 4242 4242",
      "DE02120300000000202051", "+493023125143", "12345678Z", "756.9217.0769.85", "529.982.247-25", "bsn 111222333",
      "ghp_3jvXqXpjJFUSd9ozu24mRICJOoDLgzYqCMi0", "Bearer pFfvH7XccePZB5LdcEl5MTvp", "password=Hunter2x",
      "ann%40firma.de", "postgres://a:Fodreo!zeve387@b/c",
      // and what looks like it
      "10.0.0.1", "8.8.8.8", "80.234.90", "1.2.3.4.5", "Chrome/141.0.0.0", "80.234.90.0", "ann@example.com", "x@2x.png",
      "4242424242424243", "1795416840002", "44051401359", "111222333", "2026-11-29T08:20:00.000Z",
      "23/Nov/2026:06:54:00", "1ef5e9bea04d4e4b4d3dc5e7dfef1c65", "9bedf323-ed25-40b4-a7b6-958ca92f99aa",
      "password=***", "token", "eyJhbGciOi", "+1", "404 3364", "/api/orders?page=2", "a", "", " ", ", ", "x-y_z",
      "100%", "%20", "0.032480511"};
  return kPieces;
}

class Words {
 public:
  explicit Words(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  /// One piece mostly, or some with or without a blank between.
  std::string text() {
    std::string out = pieces()[below(pieces().size())];
    while (below(3) == 0) {
      out += (below(2) == 0 ? " " : "") + pieces()[below(pieces().size())];
    }
    return out;
  }
  std::string digits() {
    static const std::vector<std::string> kNumbers{"1",      "111222333", "4242424242424242", "1795416840.002",
                                                   "13.275", "1.2e-05",   "44051401359",      "1795416840002"};
    return kNumbers[below(kNumbers.size())];
  }

 private:
  std::mt19937 random_;
};

TEST(PersonalDataLineSearch, FindsInObjectsWhatTheWalkFinds) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    Words words(seed);
    Both both;
    const std::string constant = words.text();
    for (int i = 0; i < 60; ++i) {
      const bool varies = words.below(2) == 0;
      both.look(R"({"level":30,"time":)" + words.digits() + R"(,"app":")" + constant + R"(","client_ip":")" +
                (varies ? words.text() : "80.234.90.242") + R"(","msg":")" + (varies ? words.text() : "order placed") +
                R"(","orderId":")" + words.text() + R"(","bsn":")" + (varies ? words.text() : "x") +
                R"(","req":{"remoteAddress":")" + words.text() + R"(","password":"***","n":)" + words.digits() +
                R"(},"to":[")" + (words.below(9) == 0 ? words.text() : "x") + R"("]})");
    }
    EXPECT_EQ(both.of_lines(), both.of_walk()) << seed;
  }
}

TEST(PersonalDataLineSearch, FindsInTextWhatTheWalkFinds) {
  const std::string agent = "\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36\"";
  for (unsigned seed = 100; seed < 140; ++seed) {
    Words words(seed);
    Both both;
    for (int i = 0; i < 60; ++i) {
      both.look(words.text() + " - " + (words.below(9) == 0 ? words.text() : "-") +
                " [23/Nov/2026:06:54:" + std::to_string(10 + words.below(3)) + " +0000] \"GET /" + words.text() +
                " HTTP/1.1\" 200 3364 \"https://shop.test/\" " +
                (words.below(3) == 0 ? "\"a name that is long enough to be kept: " + words.text() + "\"" : agent));
      both.look(words.text());
      both.look("level=info msg=\"" + words.text() + "\" ip=" + words.text());
    }
    EXPECT_EQ(both.of_lines(), both.of_walk()) << seed;
  }
}

TEST(PersonalDataLineSearch, KeepsToTheSettings) {
  PersonalDataSettings settings;
  settings.allow = {"80.234.0.0/16", "ann@*"};
  settings.ignore_fields = {"req.*"};
  Both both(settings);
  for (int i = 0; i < 20; ++i) {
    both.look(R"({"ip":"80.234.90.)" + std::to_string(i + 1) + R"(","to":"ann@firma.de","req":{"ip":"81.2.69.)" +
              std::to_string(i + 1) + R"("},"ip2":"81.2.69.)" + std::to_string(i + 1) + R"("})");
    both.look("80.234.90.242 - - x");
    both.look("81.2.69.142 - - x");
  }
  EXPECT_EQ(both.of_walk(), (std::vector<std::string>{" ip 20 3 *.*.*.*", "ip2 ip 20 1 *.*.*.*"}));
  EXPECT_EQ(both.of_lines(), both.of_walk());
}

TEST(PersonalDataLineSearch, StartsAnewForEachPiece) {
  const Search search({});
  LineSearch lines(search);
  const std::string line = "80.234.90.242 - - x" + std::string(FileContent::kGuard, '\0');
  const std::string_view text = std::string_view(line).substr(0, line.size() - FileContent::kGuard);
  const std::vector<std::string> two{" ip 2 4 *.*.*.*"};
  for (int i = 0; i < 2; ++i) {
    lines.look(text, nullptr, 4);
    lines.look(text, nullptr, 5);
    EXPECT_EQ(rows(lines.take()), two);
  }
  EXPECT_TRUE(lines.take().empty());
}

}  // namespace
}  // namespace budgetcheck::personal
