#include "detect/telemetry/collector_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/text.h"
#include "collect/collect.h"
#include "model/telemetry.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kGood = R"(receivers:
  otlp:
    protocols:
      grpc: { endpoint: 127.0.0.1:4317 }
processors:
  memory_limiter: { check_interval: 1s, limit_percentage: 80 }
  redaction:
    allow_all_keys: true
    blocked_values: ['[\w.+-]+@[\w-]+\.[\w.]+']
    summary: silent
  tail_sampling:
    policies:
      - { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }
      - { name: slow, type: latency, latency: { threshold_ms: 2000 } }
      - { name: rest, type: probabilistic, probabilistic: { sampling_percentage: 10 } }
  batch: {}
exporters:
  otlp/store:
    endpoint: store.internal:4317
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, redaction, tail_sampling, batch]
      exporters: [otlp/store]
)";

Telemetry agreed() {
  Telemetry telemetry;
  telemetry.sampling = Sampling{true, 2000, 1, 10, {}};
  return telemetry;
}

struct Found {
  Input input;
  std::vector<Finding> findings;

  std::vector<std::string> checks() const {
    std::vector<std::string> out;
    for (const Finding& finding : findings) {
      out.push_back(finding.subject + ":" + std::to_string(finding.location.line));
    }
    std::sort(out.begin(), out.end());
    return out;
  }
};

Found found_in(const std::string& text) {
  MemoryFileSystem files;
  files.add("c.yaml", text);
  InputSpec spec;
  spec.path = "c.yaml";
  spec.settings.set("collector", json::Value(true));
  const Telemetry telemetry = agreed();
  CollectOptions options;
  options.telemetry = &telemetry;
  const Facts facts = collect(files, {spec}, {}, options);
  Found found;
  found.input = facts.inputs.front();
  Rule rule;
  rule.id = "collector-config";
  rule.level = Level::kError;
  detect_collector_config(facts, rule, found.findings);
  return found;
}

std::string changed(const std::string& from, const std::string& to, std::string text = kGood) {
  EXPECT_NE(text.find(from), std::string::npos) << from;
  return replace_all(std::move(text), from, to);
}

std::vector<std::string> checks(const std::string& from, const std::string& to) {
  return found_in(changed(from, to)).checks();
}

TEST(CollectorConfig, AGoodOneIsSilent) {
  const Found found = found_in(kGood);
  EXPECT_EQ(found.input.state, InputState::kRead) << found.input.message;
  EXPECT_THAT(found.checks(), IsEmpty());
}

TEST(CollectorConfig, EveryPipelineRedactsBeforeBatch) {
  EXPECT_THAT(checks("memory_limiter, redaction, tail", "memory_limiter, tail"),
              ElementsAre("redaction-missing traces:24", "unused-component redaction:7"));
  EXPECT_THAT(checks("redaction, tail_sampling, batch", "tail_sampling, batch, redaction"),
              ElementsAre("redaction-after-batch traces:24"));
  EXPECT_THAT(checks("redaction, tail_sampling, batch", "tail_sampling, redaction, batch"), IsEmpty());
}

TEST(CollectorConfig, ARedactionHasSomethingToRedact) {
  EXPECT_THAT(checks("blocked_values: ['[\\w.+-]+@[\\w-]+\\.[\\w.]+']", "blocked_values: []"),
              ElementsAre("redaction-empty redaction:9"));
  EXPECT_THAT(checks("allow_all_keys: true", "allowed_keys: [http.route]"), IsEmpty());
  EXPECT_THAT(checks("['[\\w.+-]+@[\\w-]+\\.[\\w.]+']", "${env:BLOCKED}"), IsEmpty()) << "not known";
  EXPECT_THAT(checks("summary: silent", "summary: debug"), ElementsAre("redaction-summary redaction:10"));
  EXPECT_THAT(checks("summary: silent", "summary: info"), IsEmpty());
}

TEST(CollectorConfig, MemoryIsLimitedFirst) {
  EXPECT_THAT(checks("[memory_limiter, redaction", "[redaction, memory_limiter"),
              ElementsAre("memory-limiter-not-first traces:24"));
  EXPECT_THAT(checks("[memory_limiter, redaction", "[redaction"),
              ElementsAre("memory-limiter-missing traces:24", "unused-component memory_limiter:6"));
}

TEST(CollectorConfig, NothingIsPrintedButCounts) {
  const auto with_debug = [](const std::string& settings) {
    return found_in(changed("exporters: [otlp/store]", "exporters: [otlp/store, debug]",
                            changed("exporters:\n  otlp", "exporters:\n  debug: " + settings + "\n  otlp")))
        .checks();
  };
  EXPECT_THAT(with_debug("{ verbosity: detailed }"), ElementsAre("debug-exporter debug:18"));
  EXPECT_THAT(with_debug("{ verbosity: basic }"), IsEmpty());
  EXPECT_THAT(with_debug("{ verbosity: \"${env:VERBOSITY}\" }"), IsEmpty());
}

TEST(CollectorConfig, ExportersEncrypt) {
  const auto with = [](const std::string& settings) {
    const std::string text = changed("    endpoint: store.internal:4317\n", "    " + settings + "\n");
    return found_in(text).checks();
  };
  EXPECT_THAT(with("endpoint: store.internal:4317\n    tls: { insecure: true }"),
              ElementsAre("exporter-insecure otlp/store:20"));
  EXPECT_THAT(with("endpoint: http://store.internal:4318"), ElementsAre("exporter-insecure otlp/store:19"));
  EXPECT_THAT(with("endpoint: store.internal:4317\n    tls: { insecure_skip_verify: true }"),
              ElementsAre("exporter-insecure otlp/store:20"));
  EXPECT_THAT(with("endpoint: https://store.internal:4318\n    tls: { insecure: true }"), IsEmpty());
  EXPECT_THAT(with("endpoint: localhost:4317\n    tls: { insecure: true }"), IsEmpty());
  EXPECT_THAT(with("endpoint: \"[::1]:4317\"\n    tls: { insecure: true }"), IsEmpty());
  EXPECT_THAT(with("endpoint: ${env:STORE}\n    tls: { insecure: true }"), IsEmpty());
  EXPECT_THAT(with("endpoint: store.internal:4317\n    tls: { insecure: \"${env:PLAIN}\" }"), IsEmpty());
}

TEST(CollectorConfig, AHostBesideItIsAWarning) {
  const Found near = found_in(changed("store.internal:4317", "tempo:4317\n    tls: { insecure: true }"));
  ASSERT_EQ(near.findings.size(), 1U);
  EXPECT_EQ(near.findings[0].level, Level::kWarning);
  const Found far = found_in(changed("store.internal:4317", "a.b:4317\n    tls: { insecure: true }"));
  EXPECT_EQ(far.findings.at(0).level, Level::kError);
}

TEST(CollectorConfig, ReceiversAreNotOnAllInterfaces) {
  for (const std::string open : {"0.0.0.0:4317", "\"[::]:4317\"", "\":4317\""}) {
    EXPECT_THAT(checks("127.0.0.1:4317", open), ElementsAre("receiver-open otlp:4")) << open;
  }
  for (const std::string closed : {"10.0.0.7:4317", "\"${env:POD_IP:-0.0.0.0}:4317\"",
                                   "0.0.0.0:4317, tls: { cert_file: a }", "0.0.0.0:4317, auth: { authenticator: b }"}) {
    EXPECT_THAT(checks("127.0.0.1:4317", closed), IsEmpty()) << closed;
  }
}

TEST(CollectorConfig, SamplingKeepsWhatIsAgreed) {
  EXPECT_THAT(checks("status_codes: [ERROR]", "status_codes: [OK]"), ElementsAre("sampling-errors tail_sampling:12"));
  EXPECT_THAT(checks("threshold_ms: 2000", "threshold_ms: 2001"), ElementsAre("sampling-slow tail_sampling:14"));
  EXPECT_THAT(checks("threshold_ms: 2000", "threshold_ms: 1999"), IsEmpty());
  EXPECT_THAT(checks("threshold_ms: 2000", "threshold_ms: 2000, upper_threshold_ms: 9000"),
              ElementsAre("sampling-slow tail_sampling:12"));
  EXPECT_THAT(checks("sampling_percentage: 10", "sampling_percentage: 10.1"),
              ElementsAre("sampling-baseline tail_sampling:15"));
  EXPECT_THAT(checks("sampling_percentage: 10", "sampling_percentage: 0.9"),
              ElementsAre("sampling-baseline tail_sampling:15"));
  EXPECT_THAT(checks("sampling_percentage: 10", "sampling_percentage: 1"), IsEmpty());
  EXPECT_THAT(checks("sampling_percentage: 10", "sampling_percentage: \"${env:SHARE}\""), IsEmpty());
  EXPECT_THAT(checks("threshold_ms: 2000", "threshold_ms: \"${SLOW}\""), IsEmpty());
}

TEST(CollectorConfig, PoliciesAreCombined) {
  const std::string errors = "{ name: errors, type: status_code, status_code: { status_codes: [ERROR] } }";
  const auto with = [&](const std::string& policy) { return checks(errors, policy); };
  EXPECT_THAT(with("{ name: e, type: and, and: { and_sub_policy: [" + errors + ", { type: always_sample }] } }"),
              IsEmpty());
  EXPECT_THAT(with("{ name: e, type: and, and: { and_sub_policy: [" + errors +
                   ", { type: probabilistic, probabilistic: { sampling_percentage: 50 } }] } }"),
              ElementsAre("sampling-errors tail_sampling:12"));
  EXPECT_THAT(with("{ name: e, type: composite, composite: { composite_sub_policy: [" + errors + "] } }"), IsEmpty());
  EXPECT_THAT(with("{ name: all, type: always_sample }"), ElementsAre("sampling-baseline tail_sampling:13"));
  EXPECT_THAT(with(errors + "\n      - { name: no, type: drop, drop: { drop_sub_policy: [{ type: string_attribute, "
                            "string_attribute: { key: http.route, values: [/health] } }] } }"),
              IsEmpty());
  EXPECT_THAT(with(errors + "\n      - { name: vip, type: string_attribute, string_attribute: { key: tenant, values: "
                            "[a] } }"),
              IsEmpty())
      << "by an attribute, which is no part of the baseline";
}

TEST(CollectorConfig, AProbabilisticSamplerDecidesTooEarly) {
  const std::string text = changed("redaction, tail_sampling, batch", "redaction, probabilistic_sampler, batch",
                                   changed("  batch: {}",
                                           "  probabilistic_sampler: { sampling_percentage: 5 }\n  batch: "
                                           "{}"));
  EXPECT_THAT(found_in(text).checks(),
              ElementsAre("sampling-errors probabilistic_sampler:16", "sampling-slow probabilistic_sampler:16",
                          "unused-component tail_sampling:11"));
}

TEST(CollectorConfig, WithoutASamplerAllIsKept) {
  EXPECT_THAT(checks("redaction, tail_sampling, batch", "redaction, batch"),
              ElementsAre("sampling-baseline traces:24", "unused-component tail_sampling:11"));
}

TEST(CollectorConfig, WhatComesFromARedactedPipelineIsRedacted) {
  const std::string connected = changed(
      "      processors: [memory_limiter, redaction, tail_sampling, batch]\n      exporters: [otlp/store]",
      "      processors: [memory_limiter, redaction]\n      exporters: [forward]\n    traces/out:\n      receivers: "
      "[forward]\n      processors: [tail_sampling, batch]\n      exporters: [otlp/store]",
      changed("service:\n", "connectors:\n  forward: {}\nservice:\n"));
  EXPECT_THAT(found_in(connected).checks(), IsEmpty());
  EXPECT_THAT(found_in(changed("[memory_limiter, redaction]", "[memory_limiter]", connected)).checks(),
              ElementsAre("redaction-missing traces/out:30", "unused-component redaction:7"));
}

TEST(CollectorConfig, AnchorsMergesAndVariablesAreFollowed) {
  const std::string merged =
      changed("processors: [memory_limiter, redaction, tail_sampling, batch]\n      exporters: [otlp/store]",
              "<<: *common\n      processors: [memory_limiter, redaction, tail_sampling, batch]",
              changed("  pipelines:\n",
                      "  pipelines:\n    logs: &common\n      receivers: [otlp]\n      processors: "
                      "[memory_limiter, redaction, batch]\n      exporters: [otlp/store]\n"));
  EXPECT_THAT(found_in(merged).checks(), IsEmpty());
  const Found variable = found_in(
      changed("processors: [memory_limiter, redaction, tail_sampling, batch]", "processors: ${env:PROCESSORS}"));
  EXPECT_THAT(variable.checks(), IsEmpty());
  EXPECT_THAT(variable.input.message, HasSubstr("a variable"));
}

TEST(CollectorConfig, ExtensionsAreUsedByWhoeverNamesThem) {
  EXPECT_THAT(checks("service:\n", "extensions: { health_check: {}, basicauth: {} }\nservice:\n"),
              ElementsAre("unused-component basicauth:20", "unused-component health_check:20"));
  EXPECT_THAT(checks("service:\n", "extensions: { health_check: {} }\nservice:\n  extensions: [health_check]\n"),
              IsEmpty());
}

TEST(CollectorConfig, WhatIsNoneIsSaidWithItsPlace) {
  const auto message = [](const std::string& text) {
    const Found found = found_in(text);
    EXPECT_NE(found.input.state, InputState::kRead) << text;
    return found.input.message;
  };
  EXPECT_THAT(message("receivers: [\n"), HasSubstr("YAML"));
  EXPECT_THAT(message("- a\n"), HasSubstr("no collector's configuration"));
  EXPECT_THAT(message("a: 1\n"), HasSubstr("no collector's configuration"));
  EXPECT_THAT(message("receivers: { otlp: {} }\n"), HasSubstr("has no service.pipelines"));
  EXPECT_THAT(message("receivers: {}\npipelines: {}\n"), HasSubstr("before 0.6"));
  EXPECT_THAT(message("receivers: { otlp: {} }\nservice: { pipelines: \"${file:p.yaml}\" }\n"),
              HasSubstr("a variable, so what is in use is not known"));
  for (const std::string none : {"{}", "", "[traces]", "7"}) {
    EXPECT_THAT(message("receivers: { otlp: {} }\nservice:\n  pipelines: " + none + "\n"),
                HasSubstr("has no pipelines, so nothing in it is in use"));
  }
  EXPECT_THAT(message("spec:\n  config: |\n    receivers: {}\n"), HasSubstr("a text inside"));
  EXPECT_THAT(message(changed("[memory_limiter, redaction", "[memory_limiter, redact")),
              HasSubstr("names the processor 'redact', which is not defined"));
}

TEST(CollectorConfig, ThatOfAResourceIsRead) {
  std::string inner = "  " + replace_all(std::string(kGood), "\n", "\n    ");
  EXPECT_THAT(found_in("kind: OpenTelemetryCollector\nspec:\n  config:\n  " + inner + "\n").checks(), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
