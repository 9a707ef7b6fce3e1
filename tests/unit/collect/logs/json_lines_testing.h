#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "collect/logs/json_lines.h"
#include "detect/detect.h"

namespace budgetcheck::json_lines_testing {

struct Read {
  bool recognised = false;
  Input input;
  Facts facts;
  std::vector<Finding> findings;

  const QueryLog& log() const { return facts.queries.logs.at(0); }
  const Sample* sample(std::string_view metric, const std::string& route) const {
    for (const Sample& s : facts.samples) {
      if (s.metric == metric && s.where == Labels{{"route", route}}) {
        return &s;
      }
    }
    return nullptr;
  }
  double of(std::string_view metric, const std::string& route, Stat stat = Stat::kMax) const {
    const Sample* s = sample(metric, route);
    return s == nullptr ? -1 : aggregate(*s, stat);
  }
  /// "rule count level" of each finding.
  std::string found() const {
    std::string out;
    for (const Finding& f : findings) {
      out += (out.empty() ? "" : ", ") + f.rule + " " + std::to_string(f.evidence.count) + " " +
             std::string(to_string(f.level));
    }
    return out;
  }
};

inline Rule rule_of(std::string_view id, Level level, double min_repeats) {
  Rule rule;
  rule.id = id;
  rule.level = level;
  rule.params.push_back({"min_repeats", Unit::kCount, min_repeats, 2, 1000, ""});
  return rule;
}

inline Read read(const std::string& text, const std::vector<std::string>& routes = {}) {
  const auto content = content_from_string(text);
  const RouteTable table(routes);
  Source source;
  source.path = "app.log";
  source.content = content.get();
  CollectContext context;
  context.routes = &table;
  Sniff sniff;
  sniff.path = source.path;
  sniff.head = content->bytes().substr(0, 65'536);
  Read result;
  const Format format = prisma_log_format();
  result.recognised = format.recognises(sniff);
  EXPECT_TRUE(format.collect(source, context, result.input, result.facts).has_value());
  for (const Detector& detector : detectors()) {
    if (detector.rule == "n-plus-one" || detector.rule == "n-plus-one-write") {
      detector.detect(result.facts, rule_of(detector.rule, Level::kError, 5), result.findings);
    } else if (detector.rule == "duplicate-query") {
      detector.detect(result.facts, rule_of(detector.rule, Level::kWarning, 2), result.findings);
    }
  }
  return result;
}

inline std::string pino(const std::string& request, const std::string& sql, const std::string& params,
                        const std::string& route = "/a") {
  std::string line = R"({"level":30,"time":1,)";
  line += request.empty() ? "" : R"("reqId":")" + request + R"(",)";
  line += route.empty() ? "" : R"("route":")" + route + R"(",)";
  return line + R"("query":")" + sql + R"(","params":")" + params + R"(","durationMs":2,"msg":"q"})" + "\n";
}

inline const std::string kParents = "SELECT id FROM posts WHERE 1=1 LIMIT $1 OFFSET $2";
inline const std::string kChild = "SELECT id FROM users WHERE (id = $1 AND 1=1) LIMIT $2 OFFSET $3";

inline std::string loop(int n, const std::string& request = "r1", const std::string& sql = kChild,
                        const std::function<std::string(int)>& params = {}) {
  std::string text;
  for (int i = 0; i < n; ++i) {
    text += pino(request, sql, params ? params(i) : "[" + std::to_string(i) + R"(,\"1\",\"0\"])");
  }
  return text;
}

}  // namespace budgetcheck::json_lines_testing
