#include "collect/text/delimited.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// Rows parted by '/', fields by '|'.
std::string rows(std::string_view text, char separator = ',') {
  DelimitedReader reader(text, separator);
  std::string out;
  while (reader.next()) {
    out += out.empty() ? "" : "/";
    out += std::to_string(reader.line()) + ":" + join(reader.fields(), "|") + (reader.broken() ? "!" : "") +
           (reader.unended() ? "~" : "");
  }
  return out;
}

TEST(Delimited, Fields) {
  EXPECT_EQ(rows("a,b\r\n1,\n\n,2\n"), "1:a|b/2:1|/4:|2");
  EXPECT_EQ(rows("\"a,\"\"x\"\"\nb\",c\nd,e"), "1:a,\"x\"\nb|c/3:d|e~");
  EXPECT_EQ(rows("a\\nb\t\\N\tc\\\\\n", '\t'), "1:a\nb|NULL|c\\");
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a;b",
                 ';'),
            "1:a|b~");
  EXPECT_EQ(rows(""), "");
  EXPECT_EQ(rows("\n \n"), "");
}

TEST(Delimited, QuotesThatDoNotClose) { EXPECT_EQ(rows("a,\"b\nc,d\n"), "1:a|b\nc,d\n!~"); }

TEST(Delimited, FieldsAreCounted) {
  const std::string text = "a" + std::string(1000, ',');
  DelimitedReader reader(text, ',');
  ASSERT_TRUE(reader.next());
  EXPECT_TRUE(reader.broken());
  EXPECT_EQ(reader.fields().size(), DelimitedReader::kMaxFields);
}

TEST(Delimited, ALongRowIsNotKept) {
  const std::string text = std::string(DelimitedReader::kMaxRow + 1, 'x') + ",a\nb,c\n";
  DelimitedReader reader(text, ',');
  ASSERT_TRUE(reader.next());
  EXPECT_TRUE(reader.broken());
  ASSERT_TRUE(reader.next());
  EXPECT_FALSE(reader.broken());
  EXPECT_EQ(reader.fields().size(), 2U);
}

}  // namespace
}  // namespace budgetcheck
