#include "collect/load_test/text/jmeter.h"
#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">\n";
const std::string kEnd = "</testResults>\n";

std::string sample(const std::string& name, const std::string& more, const std::string& inside = "") {
  const std::string begin = "<" + name + " " + more;
  return inside.empty() ? begin + "/>\n" : begin + ">\n" + inside + "</" + name + ">\n";
}

TEST(JMeterXml, SamplesWithChildren) {
  const std::string text =
      kHead +
      sample("httpSample", R"(t="24" ts="1795912345000" s="true" lb="a &lt;b&gt; &amp;amp;" rc="200" rm="OK")") +
      sample(
          "httpSample", R"(t="60" ts="1795912346900" s="false" lb='Search, with "quotes"' rc="503" rm="x > y")",
          "<assertionResult><failureMessage>expected &lt;200&gt;</failureMessage></assertionResult>\n"
          "<!-- <httpSample t=\"1\"/> --><responseData><![CDATA[<httpSample t=\"2\" s=\"true\"/>]]></responseData>\n") +
      sample("sample",
             R"(t="84" ts="1795912345000" s="true" lb="Buy flow" rm="Number of samples in transaction : 2, x")") +
      kEnd;
  EXPECT_EQ(load_text_is_read_by(text), "jmeter");
  const LoadText got = read_load_text(jmeter_format(), text);
  ASSERT_TRUE(got.result) << got.error();
  EXPECT_EQ(got.number("load.requests"), 2);
  EXPECT_EQ(got.errors(), (Rate{1, 2}));
  EXPECT_NEAR(got.number("load.throughput"), 1 / 1.96, 1e-9);
  EXPECT_EQ(got.number("load.requests", "a <b> &amp;"), 1);
  EXPECT_EQ(got.errors("Search, with \"quotes\""), (Rate{1, 1}));
}

TEST(JMeterXml, ChildrenOfATransactionAreRequestsAndThoseOfARequestAreNot) {
  const std::string page = sample("httpSample", R"(t="30" ts="1" s="true" lb="page")",
                                  sample("httpSample", R"(t="10" ts="2" s="false" lb="image")"));
  const LoadText got = read_load_text(
      jmeter_format(),
      kHead + sample("sample", R"(t="30" ts="1" s="true" lb="Buy" rm="Number of samples in transaction : 1")", page) +
          kEnd);
  EXPECT_EQ(got.number("load.requests"), 1);
  EXPECT_EQ(got.errors(), (Rate{0, 1}));
}

TEST(JMeterXml, CutOff) {
  const std::string one = sample("httpSample", R"(t="24" ts="1" s="true" lb="a")");
  EXPECT_NE(read_load_text(jmeter_format(), kHead + one).error().find("broke off"), std::string::npos);
  EXPECT_FALSE(read_load_text(jmeter_format(), kHead + one + "<httpSample t=\"2").result);
  EXPECT_FALSE(read_load_text(jmeter_format(), kHead + "<!-- " + kEnd).result);
  EXPECT_EQ(read_load_text(jmeter_format(), kHead + kEnd).input.state, InputState::kIncomplete);
  EXPECT_EQ(read_load_text(jmeter_format(), kHead + sample("httpSample", R"(t="x" s="true")") + one + kEnd).input.state,
            InputState::kIncomplete);
  std::string deep = kHead;
  for (int i = 0; i < 2000; ++i) {
    deep += R"(<sample t="1" s="true">)";
  }
  EXPECT_NE(read_load_text(jmeter_format(), deep).error().find("nested"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
