#include <gtest/gtest.h>

#include "json/document.h"
#include "json/writer.h"

namespace budgetcheck::json {
namespace {

std::string as_json(const std::string& text) {
  const auto value = read_yaml("b.yml", text);
  return value ? to_json(*value) : "error: " + to_string(value.error().front());
}

/// The first error; an empty one when the text is accepted.
Error error_of(const std::string& text) {
  const auto value = read_yaml("b.yml", text);
  return value ? Error{} : value.error().front();
}

bool says(const Error& error, std::string_view part) {
  return (error.message + "\n" + error.hint).find(part) != std::string::npos;
}

TEST(ReadYaml, ResolvesPlainScalarsByTheCoreSchema) {
  EXPECT_EQ(as_json("[null, ~, Null, true, False, yes, no, on, off, y]"),
            R"([null,null,null,true,false,"yes","no","on","off","y"])");
  EXPECT_EQ(as_json("[1, -2, +3, 012, 0o17, 0x1F, 1.5, .5, 2., 1e3, -1.5E-1]"),
            "[1,-2,3,12,15,31,1.5,0.5,2,1000,-0.15]");
  EXPECT_EQ(as_json("[1_000, 0b11, 1.2.3, 12:30, 1e, ., -, 0o8, 0xg, 2026-12-31, 10%]"),
            R"(["1_000","0b11","1.2.3","12:30","1e",".","-","0o8","0xg","2026-12-31","10%"])");
}

TEST(ReadYaml, QuotedScalarsAreStrings) {
  EXPECT_EQ(as_json("a: \"1\"\nb: 'true'\nc: \"\"\nd: !!str 5\ne: |\n  x\n"),
            R"({"a":"1","b":"true","c":"","d":"5","e":"x\n"})");
  EXPECT_EQ(as_json("a:\nb: ''\n"), R"({"a":null,"b":""})");
}

TEST(ReadYaml, KeysAreTextAsWritten) {
  EXPECT_EQ(as_json("1: a\nyes: b\n\"<<\": d\n"), R"({"1":"a","yes":"b","<<":"d"})");
  EXPECT_TRUE(says(error_of("~: c\n"), "a key is empty"));
  EXPECT_TRUE(says(error_of("\"\": c\n"), "a key is empty"));
}

TEST(ReadYaml, EveryValueAndKeyKnowsItsPlace) {
  const auto value = read_yaml("b.yml", "# c\nbudgets:\n  - id: x\n    max:   3 kB\n  - {id: y, max: }\n");
  ASSERT_TRUE(value);
  const Member& budgets = value->object()->front();
  EXPECT_EQ(budgets.line, 2U);
  EXPECT_EQ(budgets.column, 1U);
  const Value& first = budgets.value.array()->at(0);
  EXPECT_EQ(first.line, 3U);
  EXPECT_EQ(first.column, 5U);
  const Member& max = first.object()->at(1);
  EXPECT_EQ(max.line, 4U);
  EXPECT_EQ(max.column, 5U);
  EXPECT_EQ(max.value.column, 12U);
  EXPECT_EQ(budgets.value.array()->at(1).object()->at(1).column, 13U);
}

TEST(ReadYaml, SkipsAByteOrderMarkAndReadsWindowsLineEnds) {
  EXPECT_EQ(as_json("\xEF\xBB\xBF"
                    "a: 1\r\nb: x\r\n"),
            R"({"a":1,"b":"x"})");
}

TEST(ReadYaml, RefusesDuplicateKeysAndNamesEachPlace) {
  const auto value = read_yaml("b.yml", "a: 1\nb: {c: 1, c: 2}\na: 2\n");
  ASSERT_FALSE(value);
  ASSERT_EQ(value.error().size(), 2U);
  EXPECT_TRUE(says(value.error()[0], "'c' appears a second time"));
  EXPECT_EQ(value.error()[0].location.column, 11U);
  EXPECT_EQ(value.error()[1].location.line, 3U);
  EXPECT_TRUE(read_yaml("b.yml", "a: {x: 1}\nb: {x: 1}\n"));
}

TEST(ReadYaml, ExpandsAliases) {
  EXPECT_EQ(as_json("a: &m {x: [1]}\nb: *m\nc: &t text\nd: *t\n"),
            R"({"a":{"x":[1]},"b":{"x":[1]},"c":"text","d":"text"})");
}

TEST(ReadYaml, BillionLaughsAreRefused) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) {
      text += before + (j == 9 ? "]\n" : ", ");
    }
  }
  EXPECT_TRUE(says(error_of(text), "more than 100000 values"));
}

TEST(ReadYaml, ManyCopiesOfALongTextAreRefused) {
  std::string text = "a: &a " + std::string(100'000, 'x') + "\nb:\n";
  for (int i = 0; i < 1000; ++i) {
    text += "  - *a\n";
  }
  EXPECT_TRUE(says(error_of(text), "more than 100000 values"));
}

TEST(ReadYaml, AliasesCannotNestBeyondTheLimit) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 80; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_TRUE(says(error_of(text), "nested deeper than 64 levels"));
}

TEST(ReadYaml, SelfReferenceIsRefused) {
  EXPECT_TRUE(says(error_of("s: &s [*s]\n"), "refers to itself"));
  EXPECT_TRUE(says(error_of("s: &s {a: *s}\n"), "refers to itself"));
}

TEST(ReadYaml, MergeKeysAreRefusedWithAHint) {
  const Error error = error_of("a: &a {x: 1}\nb:\n  <<: *a\n");
  EXPECT_TRUE(says(error, "merge keys"));
  EXPECT_TRUE(says(error, "write the keys out"));
  EXPECT_EQ(error.location.line, 3U);
}

TEST(ReadYaml, MergeKeysAreFollowedWhereTheyAreAllowed) {
  const auto merged = [](const std::string& text) {
    const auto value = read_yaml("x.yaml", text, YamlMerges::kFollowed);
    return value ? to_json(*value) : to_string(value.error().front());
  };
  EXPECT_EQ(merged("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n"), R"({"a":{"x":1,"y":2},"b":{"y":3,"x":1}})");
  EXPECT_EQ(merged("a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc:\n  <<: [*a, *b]\n"),
            R"({"a":{"x":1},"b":{"x":2,"z":3},"c":{"x":1,"z":3}})");
  EXPECT_TRUE(merged("a: &a 1\nb:\n  <<: *a\n").find("needs a mapping") != std::string::npos);
}

TEST(ReadYaml, SeveralDocumentsAreRefused) {
  EXPECT_TRUE(says(error_of("a: 1\n---\nb: 2\n"), "more than one YAML document"));
  EXPECT_TRUE(says(error_of("{\"a\":1}{\"b\":2}\n"), "the document ends before"));
  EXPECT_EQ(as_json("---\na: 1\n...\n"), R"({"a":1})");
}

TEST(ReadYaml, DeepNestingIsRefusedWithoutOverflow) {
  for (const std::string part : {"[", "{a: ", "- ", "? ", "[a, "}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
      text += part;
    }
    EXPECT_FALSE(error_of(text).message.empty()) << part;
  }
  const std::string closed = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_TRUE(says(error_of(closed), "nested deeper than 64 levels"));
  const std::string just = std::string(64, '[') + std::string(64, ']');
  EXPECT_TRUE(read_yaml("b.yml", just));
  EXPECT_TRUE(says(error_of("[" + just + "]"), "nested deeper than 64 levels"));
}

TEST(ReadYaml, TooManyValuesAreRefused) {
  std::string text;
  for (int i = 0; i < 100'001; ++i) {
    text += "- \n";
  }
  EXPECT_TRUE(says(error_of(text), "more than 100000 values"));
}

TEST(ReadYaml, AnOpenQuoteIsNotTheRestOfTheFile) {
  const Error error = error_of("a: 1\nwhy: \"oops\nmax: 3 kB\n");
  EXPECT_TRUE(says(error, "never closed"));
  EXPECT_EQ(error.location.line, 2U);
  EXPECT_EQ(error.location.column, 6U);
  EXPECT_TRUE(says(error_of("a: 'it''s\n"), "never closed"));
  EXPECT_TRUE(says(error_of("a: \"x\\\"\n"), "never closed"));
  EXPECT_TRUE(says(error_of("a: !!str 'x\n"), "never closed"));
  EXPECT_EQ(as_json("a: 'it''s'\nb: \"x\\\"\"\n"), R"({"a":"it's","b":"x\""})");
}

TEST(ReadYaml, SaysWhatTheFileIsInstead) {
  EXPECT_TRUE(says(error_of(""), "the file is empty"));
  EXPECT_TRUE(says(error_of(std::string("\xFF\xFE"
                                        "a\0",
                                        4)),
                   "UTF-16"));
  EXPECT_TRUE(says(error_of(std::string("a: \0b", 5)), "binary"));
  EXPECT_TRUE(says(error_of("# only a comment\n"), "nothing but comments"));
  EXPECT_TRUE(says(error_of("a: b\xE9\n"), "not valid UTF-8"));
  EXPECT_EQ(error_of("a: 1\nb: x\xE9\n").location.line, 2U);
  EXPECT_TRUE(says(error_of(std::string(2 << 20, 'a')), "bigger than 1 MiB"));
}

TEST(ReadYaml, AControlCharacterDoesNotEndTheFile) {
  const Error error = error_of("a: 1\n\x04\nb: 2\n");
  EXPECT_TRUE(says(error, "control character"));
  EXPECT_EQ(error.location.line, 2U);
}

TEST(ReadYaml, SyntaxErrorsHaveAPlaceAndAHint) {
  const auto expect = [](const std::string& text, std::uint32_t line, std::string_view hint) {
    const Error error = error_of(text);
    EXPECT_EQ(error.location.line, line) << text << to_string(error);
    EXPECT_TRUE(says(error, hint)) << text << to_string(error);
  };
  expect("a:\n\t- b\n", 2, "tabs");
  expect("path: *.har\n", 1, "needs quotes");
  expect("owner: @web\n", 1, "begins with '@' needs quotes");
  expect("why: a: b\n", 1, "needs quotes");
  expect("a: [1, 2\n", 2, "brackets");
  expect("a: \"\\q\"\n", 1, "single quotes");
  expect("a:\n  b: 1\n c: 2\n", 3, "indentation");
  expect("a: !foo bar\n", 1, "tag '!foo'");
  expect("a: .inf\n", 1, "not a number that can be used");
  expect("a: 1e999\n", 1, "not a number that can be used");
  expect("[a]: 1\n", 1, "");
}

TEST(ReadYaml, WebPeoplesValuesNeedNoQuotes) {
  EXPECT_EQ(as_json("{ route: GET /api/users/:id, page: /, at: \"@web\" }"),
            R"({"route":"GET /api/users/:id","page":"/","at":"@web"})");
}

}  // namespace
}  // namespace budgetcheck::json
