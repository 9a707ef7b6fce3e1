#include "generate/limits/nginx_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refused(const std::string& text) {
  const auto read = read_nginx_config("a.conf", text);
  return read ? "" : to_string(read.error());
}

TEST(NginxConfig, ReadsDirectivesAndBlocks) {
  const auto read = read_nginx_config("a.conf", R"(# comment { ;
map $a $b { default ""; "~^x\.{2}" 'it''s'; }
http {
  server { limit_req zone=free burst=10 nodelay; } # end
  return 200 "${arg}; }";
  set $x a${b}c;
})");
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->size(), 8U);
  EXPECT_THAT((*read)[0].words, ElementsAre("map", "$a", "$b"));
  EXPECT_THAT((*read)[1].words, ElementsAre("default", ""));
  EXPECT_EQ((*read)[2].words[0], "~^x\\.{2}");
  EXPECT_EQ((*read)[2].parent, 0U);
  EXPECT_EQ((*read)[4].words[0], "server");
  const NginxDirective& limit = (*read)[5];
  EXPECT_EQ(limit.parent, 4U);
  EXPECT_EQ(limit.line, 4U);
  EXPECT_EQ(limit.column, 12U);
  EXPECT_EQ(limit.argument("burst"), "10");
  EXPECT_FALSE(limit.argument("bur"));
  EXPECT_EQ((*read)[6].words[2], "${arg}; }");
  EXPECT_EQ((*read)[7].words[2], "a${b}c");
}

TEST(NginxConfig, LuaIsPassedOver) {
  const auto read = read_nginx_config("a.conf", "content_by_lua_block { local a = { b = 'c' }; }\nlimit_req zone=a;\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->size(), 2U);
}

TEST(NginxConfig, SaysWhereItIsBroken) {
  EXPECT_THAT(refused("a {\n b;\n"), HasSubstr("a block does not end"));
  EXPECT_THAT(refused("a;\n}\n"), HasSubstr("a.conf:2:2: a block ends that did not begin"));
  EXPECT_THAT(refused("a { b }\n"), HasSubstr("does not end with ;"));
  EXPECT_THAT(refused("a \"b;\n"), HasSubstr("a quote does not end"));
  EXPECT_THAT(refused("a b"), HasSubstr("the last directive does not end with ;"));
  EXPECT_THAT(refused("{ a; }"), HasSubstr("a block has no name"));
}

}  // namespace
}  // namespace budgetcheck
