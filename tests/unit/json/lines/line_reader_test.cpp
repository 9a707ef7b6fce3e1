#include "json/lines/line_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "unit/json/lines/random_lines.h"

namespace budgetcheck::json {
namespace {

/// Everything that a reader tells of a line, values and all.
std::string described(const std::vector<LineField>& fields) {
  std::string out;
  for (const LineField& field : fields) {
    out += std::string(field.parent) + "|" + std::string(field.key) + "|" + std::string(field.raw) + "|" +
           std::to_string(static_cast<int>(field.type)) + ";";
  }
  return out;
}

TEST(LineReader, KnowsTheLayoutOfTheLineBefore) {
  LineReader reader;
  const auto read = [&](std::string_view line) {
    const auto content = content_from_string(line);
    EXPECT_TRUE(reader.read(content->bytes())) << line;
    return reader.layout();
  };
  const std::uint64_t first = read(R"({"a":1,"b":{"c":"x"},"d":[1],"e":null})");
  EXPECT_NE(first, 0U);
  EXPECT_EQ(read(R"({"a":-2.5e3,"b":{"c":"longer than sixteen \" bytes"},"d":[1,[2]],"e":true})"), first);
  EXPECT_NE(read(R"({"a":1,"b":{"c":""},"d":[1],"e":null})"), first) << "an empty text is another layout";
  EXPECT_NE(read(R"({"a":"1","b":{"c":"x"},"d":[1],"e":null})"), first) << "a text is not a number";
  EXPECT_NE(read(R"({"a":1,"b":{"f":"x"},"d":[1],"e":null})"), first) << "another key";
  EXPECT_EQ(read(R"({"a":7,"b":{"c":"y"},"d":[],"e":null})"), first) << "still remembered";
  EXPECT_EQ(read("{\"a\":" + std::string(20'000, '1') + "}"), 0U) << "a long line is not learned";
}

TEST(LineReader, RefusesInALearnedLayoutWhatTheFullReaderRefuses) {
  LineReader reader;
  const auto good = [&](std::string_view line) { return reader.read(content_from_string(line)->bytes()); };
  ASSERT_TRUE(good(R"({"a":1,"s":"x","w":null,"l":[1]})"));
  for (const char* line : {R"({"a":01,"s":"x","w":null,"l":[1]})", R"({"a":1.,"s":"x","w":null,"l":[1]})",
                           R"({"a":1,"s":"x","w":nul,"l":[1]})", R"({"a":1,"s":"x","w":null,"l":[1})",
                           R"({"a":1,"s":"x","w":null,"l":[1]}})", R"({"a":1,"s":"x","w":null,"l":[1]} x)",
                           R"({"a":1,"s":"x)", R"({"a":1,"s":"x\"})", R"({"a":1,"s":"x","w":null,"l":[1])"}) {
    EXPECT_FALSE(good(line)) << line;
  }
}

TEST(LineReaderProperty, AReaderOfManyLinesAgreesWithOneOfEach) {
  std::mt19937 random(17);
  std::size_t followed = 0;
  for (int round = 0; round < 60; ++round) {
    LineReader reader;
    std::vector<std::string> keys;
    for (std::size_t n = 1 + random() % 5; n > 0; --n) {
      keys.push_back(std::string(1 + random() % 30, static_cast<char>('a' + random() % 26)));
    }
    for (int i = 0; i < 60; ++i) {
      std::string line = "{";
      for (const std::string& key : keys) {
        // Mostly the same type, so that layouts come back; at times anything.
        const std::string value =
            random() % 20 == 0    ? random_value(random, 1)
            : key.size() % 2 == 0 ? std::to_string(random() % 1000)
                                  : "\"" + std::string(random() % 90, 'x') + (random() % 2 == 0 ? "\\\"" : "") + "\"";
        line += (line.size() > 1 ? ",\"" : "\"") + key + "\":" + value;
      }
      line += "}";
      if (random() % 8 == 0) {
        line[random() % line.size()] = "\"\\{}[]:,0x "[random() % 11U];
      } else if (random() % 12 == 0) {
        line.resize(random() % line.size());
      }
      // What stands behind the line must not matter.
      const auto content = content_from_string(line + (random() % 2 == 0 ? "" : "\n0\"}]1"));
      const std::string_view bytes = content->bytes().substr(0, line.size());
      std::vector<LineField> fields;
      const std::uint64_t before = reader.layout();
      ASSERT_EQ(reader.read(bytes), read_line_fields(bytes, fields)) << line;
      followed += before != 0 && reader.layout() == before ? 1U : 0U;
      if (read_line_fields(bytes, fields)) {
        ASSERT_EQ(described(reader.fields()), described(fields)) << line;
      }
    }
  }
  EXPECT_GT(followed, 500U) << "the fast way must have been taken";
}

/// One call of a logger: what it always writes, what varies, and what did not vary until now.
std::string logged(const std::vector<std::string>& keys, std::mt19937& random) {
  std::string line = "{";
  for (std::size_t i = 0; i < keys.size(); ++i) {
    static const char* const kValues[] = {"30",          "\"api\"", "null",   "[]",
                                          "[1,[\"]\"]]", "\"\"",    "-1.5e3", "\"\\\"\\\\\""};
    std::string value = kValues[(keys[i].size() + i) % std::size(kValues)];
    if (i % 3 == 0) {
      value = std::to_string(random() % 1000);
    } else if (i % 3 == 1) {
      value = "\"" + std::string(random() % 100, 'x') + (random() % 2 == 0 ? "\\\"" : "") + "\"";
    } else if (random() % 60 == 0) {
      value = random_value(random, 1);
    }
    const bool nested = i % 4 == 3;
    line += (i > 0 ? ",\"" : "\"") + keys[i] + "\":" + (nested ? "{\"in\":" + value + "}" : value);
  }
  return line + "}";
}

void spoil(std::string& line, std::mt19937& random) {
  switch (random() % 16) {
    case 0:
      line[random() % line.size()] = "\"\\{}[]:,0x \n\t\r"[random() % 14U];
      break;
    case 1:
      line.resize(random() % line.size());
      break;
    case 2:
      line += " x";
      break;
    case 3:
      line.insert(0, " ");
      break;
    default:
      break;
  }
}

/// The text is read line by line once with ends that were looked for, and once as the reader finds them.
TEST(LineReaderProperty, FindsTheLinesThatWouldBeRead) {
  std::mt19937 random(23);
  std::size_t found_lines = 0;
  std::size_t all_lines = 0;
  for (int round = 0; round < 80; ++round) {
    std::vector<std::vector<std::string>> calls(1 + random() % 6);
    for (std::vector<std::string>& keys : calls) {
      for (std::size_t n = 1 + random() % 9; n > 0; --n) {
        keys.push_back(std::string(1 + random() % 20, static_cast<char>('a' + random() % 26)));
      }
    }
    std::string text;
    for (int i = 0; i < 60; ++i) {
      std::string line = logged(calls[random() % 3 == 0 ? random() % calls.size() : 0], random);
      spoil(line, random);
      text += line + (random() % 5 == 0 ? "\r\n" : "\n");
    }
    text.resize(text.size() - random() % 4);
    const auto content = content_from_string(text);
    LineReader reader;
    for (std::string_view rest = content->bytes(); !rest.empty();) {
      const std::size_t newline = rest.find('\n');
      const std::size_t size = std::min(newline, rest.size() - 1) + 1;
      std::string_view line = rest.substr(0, newline);
      line.remove_suffix(line.ends_with('\r') ? 1 : 0);
      std::vector<LineField> fields;
      const bool good = read_line_fields(line, fields);
      const LineReader::Found found = reader.read_first(rest);
      if (found.size != 0) {
        ASSERT_EQ(found.size, size) << line;
        ASSERT_EQ(found.size - found.end, line.size()) << line;
        ASSERT_TRUE(good) << line;
        ++found_lines;
      } else {
        ASSERT_EQ(reader.read(line), good) << line;
      }
      if (good) {
        ASSERT_EQ(described(reader.fields()), described(fields)) << line;
      }
      for (const LineField& field : found.size != 0 ? reader.fields() : std::vector<LineField>()) {
        ASSERT_GE(field.raw.data(), line.data());
        ASSERT_LE(field.raw.data() + field.raw.size(), line.data() + line.size()) << "a view of another line";
      }
      ++all_lines;
      rest.remove_prefix(size);
    }
  }
  EXPECT_GT(found_lines, all_lines / 2) << "the fast way must have been taken";
}

/// Those that were the same in every line so far are left out, and come back when they are not.
TEST(LineReader, SaysWhichFieldsVary) {
  LineReader reader;
  const auto vary = [&](int number, const std::string& app) {
    const std::string line = R"({"level":30,"n":)" + std::to_string(number) + R"(,"app":")" + app + R"(","msg":"x"})";
    EXPECT_TRUE(reader.read(content_from_string(line)->bytes()));
    return reader.varying();
  };
  const std::vector<std::size_t> all{0, 1, 2, 3};
  EXPECT_EQ(vary(1, "shop"), all);
  for (int i = 2; i < 20; ++i) {
    vary(i, "shop");
  }
  EXPECT_EQ(vary(20, "shop"), std::vector<std::size_t>{1});
  EXPECT_EQ(vary(21, "cart"), (std::vector<std::size_t>{1, 2}));
  EXPECT_EQ(vary(22, "shop"), (std::vector<std::size_t>{1, 2}));
  EXPECT_TRUE(reader.read(content_from_string(R"({"other":1})")->bytes()));
  EXPECT_EQ(reader.varying(), std::vector<std::size_t>{0});
}

TEST(LineReader, FindsNoLineThatOnlySeemsToEnd) {
  const auto found = [](const std::string& text) {
    LineReader reader;
    const std::string good = R"({"s":"x","l":[1]})";
    EXPECT_TRUE(reader.read(content_from_string(good)->bytes()));
    return reader.read_first(content_from_string(text)->bytes());
  };
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2]}\nnext").size, 18U);
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2]}\r\nnext").size, 19U);
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2]}").size, 17U);
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2]}\r").end, 1U);
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2]}\rnext").size, 0U);
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2]} x\n").size, 0U);
  EXPECT_EQ(found("{\"s\":\"y\n\",\"l\":[2]}\n").size, 0U) << "a text over two lines";
  EXPECT_EQ(found("{\"s\":\"y\",\"l\":[2,\n3]}\n").size, 0U) << "a list over two lines";
  EXPECT_EQ(found("{\"s\":\"" + std::string(100'000, 'y') + "\",\"l\":[2]}\n").size, 0U) << "a very long line";
  EXPECT_EQ(found("").size, 0U);
}

}  // namespace
}  // namespace budgetcheck::json
