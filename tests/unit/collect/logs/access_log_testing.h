#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "collect/logs/access_log.h"
#include "unit/collect/http/payload_testing.h"

namespace budgetcheck::access_log_testing {

using testing::ElementsAre;
using testing::HasSubstr;

inline std::string begin(const std::string& id, const std::string& url, const std::string& time = "1000",
                         const std::string& method = "GET") {
  return R"({"level":30,"time":)" + time + R"(,"pid":7,"hostname":"vm","reqId":")" + id + R"(","req":{"method":")" +
         method + R"(","url":")" + url + R"("},"msg":"incoming request"})" + "\n";
}
inline std::string end(const std::string& id, int status, const std::string& ms, const std::string& time = "1010") {
  return R"({"level":30,"time":)" + time + R"(,"pid":7,"hostname":"vm","reqId":")" + id + R"(","res":{"statusCode":)" +
         std::to_string(status) + R"(},"responseTime":)" + ms + R"(,"msg":"request completed"})" + "\n";
}
inline const std::string kStart = R"({"level":30,"time":1,"pid":7,"hostname":"vm","msg":"Server listening"})"
                                  "\n";

inline const std::string kCommon =
    R"(10.0.0.1 - - [23/Nov/2026:06:45:42 +0000] "GET /api/users/7?token=s3cr3t HTTP/1.1" 200 512)";

inline Read access(const std::string& text, std::vector<std::string> templates = {}) {
  return read_as("access-log", text, std::move(templates));
}

}  // namespace budgetcheck::access_log_testing
