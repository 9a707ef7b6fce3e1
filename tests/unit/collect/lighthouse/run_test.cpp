#include "collect/lighthouse/run.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::numeric;

std::string device_with(const std::string& settings, const std::string& environment = "{}") {
  const testing::Collected got =
      collect_text(R"({"lighthouseVersion":"13.0.0","requestedUrl":"https://shop.example/","configSettings":)" +
                   settings + R"(,"environment":)" + environment + R"(,"audits":{)" + numeric("redirects", "1") + "}}");
  const Sample* sample = got.first("lighthouse.redirects");
  const std::string* device = sample == nullptr ? nullptr : sample->where.find("device");
  const bool is_said = got.input.message.find("does not say its device") != std::string::npos;
  EXPECT_EQ(is_said, device == nullptr);
  return device == nullptr ? "" : *device;
}

TEST(LighthouseDevice, IsWhatTheSettingsSayOrWhatWasEmulated) {
  EXPECT_EQ(device_with(R"({"formFactor":"desktop","emulatedFormFactor":"mobile"})"), "desktop");
  EXPECT_EQ(device_with(R"({"emulatedFormFactor":"mobile"})"), "mobile");
  EXPECT_EQ(device_with(R"({"screenEmulation":{"mobile":true}})"), "mobile");
  EXPECT_EQ(device_with(R"({"screenEmulation":{"mobile":false}})"), "desktop");
  EXPECT_EQ(device_with("{}", R"({"networkUserAgent":"Mozilla/5.0 (Linux; Android 11) Mobile Safari/537.36"})"),
            "mobile");
  EXPECT_EQ(device_with("{}", R"({"networkUserAgent":"Mozilla/5.0 (X11; Linux x86_64) Safari/537.36"})"), "desktop");
}

TEST(LighthouseDevice, IsNotGuessed) {
  EXPECT_EQ(device_with("{}"), "");
  EXPECT_EQ(device_with("{}", R"({"hostUserAgent":"HeadlessChrome/140.0.0.0"})"), "");
}

}  // namespace
}  // namespace budgetcheck
