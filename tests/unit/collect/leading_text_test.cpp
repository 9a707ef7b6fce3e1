#include "collect/leading_text.h"

#include <gtest/gtest.h>

#include "collect/collect.h"

namespace budgetcheck {
namespace {

std::string found(const std::string& text) {
  const auto content = content_from_string(text);
  const std::optional<LateDocument> late = document_behind_text("f.json", *content);
  return late ? std::to_string(late->line) + ":" + std::string(late->content->bytes()) : "none";
}

TEST(LeadingText, TheDocumentBeginsALine) {
  EXPECT_EQ(found("webpack starting\n{\"a\":1}\n"), "2:{\"a\":1}\n");
  EXPECT_EQ(found("\n> app@1.0.0 build\n> webpack --json\n\n[1]"), "5:[1]");
  EXPECT_EQ(found("[webpack] compiling\r\n{\"a\":1}"), "2:{\"a\":1}");
  EXPECT_EQ(found("{not json}\n{\n  \"a\": [\n{}\n]\n}\n"), "2:{\n  \"a\": [\n{}\n]\n}\n");
}

TEST(LeadingText, NothingElseMayFollow) {
  EXPECT_EQ(found("start\n{\"a\":1}\ndone\n"), "none");
  EXPECT_EQ(found("start\n{\"a\":1} done"), "none");
  EXPECT_EQ(found("start\n{\"a\":\n"), "none");
}

TEST(LeadingText, OtherFilesHaveNone) {
  EXPECT_EQ(found(""), "none");
  EXPECT_EQ(found("{\"a\":1}"), "none");
  EXPECT_EQ(found("text\n  {\"a\":1}\n"), "none");
  EXPECT_EQ(found(std::string(70'000, 'x') + "\n{}"), "none");
}

TEST(LeadingText, SuchAFileIsReadAndSaysSo) {
  const std::string lhr =
      R"({"lighthouseVersion":"13.5.0","requestedUrl":"https://shop.example/","audits":{"largest-contentful-paint":)"
      R"({"scoreDisplayMode":"numeric","numericValue":2100,"numericUnit":"millisecond"}},"configSettings":)"
      R"({"formFactor":"mobile"}})";
  MemoryFileSystem files;
  files.add("lhr.json", "\n> app@1.0.0 lighthouse\n> lighthouse --output=json\n\n" + lhr);
  files.add("other.json", "start\n{\"hello\":1}");
  std::vector<InputSpec> specs(2);
  specs[0].path = "lhr.json";
  specs[1].path = "other.json";
  const Facts facts = collect(files, specs, {});
  ASSERT_EQ(facts.inputs.size(), 2U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
  EXPECT_EQ(facts.inputs[0].message, "its JSON begins in line 5; what is printed before it was passed over");
  ASSERT_FALSE(facts.samples.empty());
  EXPECT_EQ(facts.inputs[1].state, InputState::kUnreadable);
  EXPECT_EQ(facts.inputs[1].message, "its JSON begins in line 2, behind other text, and is of no known format");
}

}  // namespace
}  // namespace budgetcheck
