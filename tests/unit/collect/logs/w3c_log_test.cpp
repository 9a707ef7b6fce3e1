#include "collect/logs/w3c_log.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

const std::string kCloudFront =
    "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status "
    "cs-uri-query time-taken\n";

std::string hit(const std::string& path, const std::string& status = "200", const std::string& seconds = "0.012") {
  return "2026-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111.cloudfront.net\t" + path + "\t" + status +
         "\ttoken=s3cr3t\t" + seconds + "\n";
}

TEST(W3cLog, CloudFrontWritesSeconds) {
  const std::string text = kCloudFront + hit("/a") + hit("/a", "200", "1.5");
  const Read read = access(text);
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.input.message, "");
  EXPECT_THAT(read.values("payload.time", "GET /a"), ElementsAre(12, 1500));
  EXPECT_THAT(read.values("payload.transfer", "GET /a"), ElementsAre(392, 392));
  EXPECT_EQ(format_of(text), "access-log");
}

TEST(W3cLog, AViewerThatWentAwayHasNoAnswer) {
  const Read read = access(kCloudFront + hit("/a") + hit("/a", "000"));
  EXPECT_EQ(read.requests("GET /a"), 2);
  EXPECT_TRUE(read.route("payload.transfer", "GET /a")->lower_bound);
}

TEST(W3cLog, FieldsMayChangeOnTheWay) {
  const Read read = access(kCloudFront + hit("/a") + "#Fields: cs-method cs-uri-stem sc-status x-edge-location\n" +
                           "GET\t/b\t200\tLAX1\n");
  EXPECT_EQ(read.requests("GET /a"), 1);
  EXPECT_EQ(read.requests("GET /b"), 1);
}

TEST(W3cLog, IisWritesMillisecondsAndOthersAreNotKnown) {
  const std::string lines =
      "#Fields: date time cs-method cs-uri-stem cs-uri-query sc-status sc-bytes time-taken\n"
      "2026-12-04 21:02:31 GET /a - 200 392 15\n";
  const Read iis = access("#Software: Microsoft Internet Information Services 10.0\n" + lines);
  EXPECT_THAT(iis.values("payload.time", "GET /a"), ElementsAre(15));
  const Read other = access(lines);
  EXPECT_EQ(other.requests("GET /a"), 1);
  EXPECT_EQ(other.route("payload.time", "GET /a"), nullptr);
  EXPECT_NE(other.gap("payload.time"), nullptr);
}

TEST(W3cLog, LinesThatDoNotFitAreBroken) {
  const Read read = access(kCloudFront + hit("/a") + "2026-12-04\t21:02\n");
  EXPECT_THAT(read.input.message, HasSubstr("1 of 2 lines is not a request"));
  EXPECT_EQ(access(hit("/a")).requests("GET /a"), -1) << "nothing names the columns";
}

}  // namespace
}  // namespace budgetcheck
