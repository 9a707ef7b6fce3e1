#include "detect/telemetry/collector_config.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "detect/telemetry/collector_finding.h"

namespace budgetcheck {
namespace {

constexpr const char* kRedaction =
    "redaction: { allow_all_keys: true, blocked_key_patterns: [\".*password.*\", \".*token.*\"], blocked_values: "
    "['[\\w.+-]+@[\\w-]+\\.[\\w.]+'], summary: silent }";

std::string_view type_of(std::string_view name) { return name.substr(0, name.find('/')); }

/// Where the first processor of a kind stands; npos: none.
std::size_t place_of(const CollectorPipeline& pipeline, std::string_view type) {
  const auto found = std::find_if(pipeline.processors.begin(), pipeline.processors.end(),
                                  [&](const std::string& name) { return type_of(name) == type; });
  return found == pipeline.processors.end() ? std::string::npos
                                            : static_cast<std::size_t>(found - pipeline.processors.begin());
}

std::string_view word_of(CollectorPart::Kind kind) {
  switch (kind) {
    case CollectorPart::Kind::kReceiver:
      return "receiver";
    case CollectorPart::Kind::kProcessor:
      return "processor";
    case CollectorPart::Kind::kExporter:
      return "exporter";
    case CollectorPart::Kind::kConnector:
      return "connector";
    case CollectorPart::Kind::kExtension:
      break;
  }
  return "extension";
}

class ConfigCheck {
 public:
  ConfigCheck(const CollectorConfig& config, std::vector<CollectorFault>& faults) : config_(config), faults_(faults) {}

  void run() {
    find_redacted();
    for (const CollectorPipeline& pipeline : config_.pipelines) {
      if (pipeline.is_whole) {
        check_redaction(pipeline);
        check_memory_limiter(pipeline);
      }
    }
    check_redactions();
    check_ends();
    find_sampling_faults(config_, faults_);
    check_unused();
  }

 private:
  /// Nothing of a profile can be redacted.
  static bool can_be_redacted(const CollectorPipeline& pipeline) { return pipeline.signal() != "profiles"; }

  bool is_redacted_before(const CollectorPipeline& pipeline) const {
    return std::all_of(pipeline.receivers.begin(), pipeline.receivers.end(), [&](const std::string& receiver) {
      return is_connector(config_, receiver) &&
             std::all_of(config_.pipelines.begin(), config_.pipelines.end(), [&](const CollectorPipeline& before) {
               return !names(before.exporters, receiver) || redacted_.at(before.name);
             });
    });
  }

  static bool names(const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  }

  /// What leaves a pipeline is redacted when it is so in it, or when all that comes in is.
  void find_redacted() {
    for (const CollectorPipeline& pipeline : config_.pipelines) {
      redacted_[pipeline.name] = true;
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (const CollectorPipeline& pipeline : config_.pipelines) {
        bool& redacted = redacted_[pipeline.name];
        if (redacted && pipeline.is_whole && place_of(pipeline, "redaction") == std::string::npos &&
            !is_redacted_before(pipeline)) {
          redacted = false;
          changed = true;
        }
      }
    }
  }

  bool leaves_the_collector(const CollectorPipeline& pipeline) const {
    return std::any_of(pipeline.exporters.begin(), pipeline.exporters.end(), [&](const std::string& exporter) {
      return !is_connector(config_, exporter) && type_of(exporter) != "nop";
    });
  }

  void check_redaction(const CollectorPipeline& pipeline) {
    if (!can_be_redacted(pipeline)) {
      return;
    }
    if (!redacted_.at(pipeline.name) && leaves_the_collector(pipeline)) {
      const bool is_defined = !config_.redactions.empty();
      faults_.push_back(
          {"redaction-missing", pipeline.name, Level::kError,
           fmt::format("the pipeline '{}' redacts nothing, so personal data in it leave the collector", pipeline.name),
           is_defined ? fmt::format("Name '{}' in its processors, before batch.", config_.redactions.front().name)
                      : fmt::format("Define a processor, {}, and name it in its processors, before batch.", kRedaction),
           pipeline.location});
      return;
    }
    const std::size_t batch = place_of(pipeline, "batch");
    const std::size_t redaction = place_of(pipeline, "redaction");
    if (redaction != std::string::npos && batch < redaction && !is_redacted_before(pipeline)) {
      faults_.push_back(
          {"redaction-after-batch", pipeline.name, Level::kWarning,
           fmt::format("the pipeline '{}' redacts behind batch, so what it collects there is not redacted yet",
                       pipeline.name),
           fmt::format("Write '{}' in front of '{}'.", pipeline.processors[redaction], pipeline.processors[batch]),
           pipeline.location});
    }
  }

  void check_memory_limiter(const CollectorPipeline& pipeline) {
    const std::size_t at = place_of(pipeline, "memory_limiter");
    const bool takes_in = std::any_of(pipeline.receivers.begin(), pipeline.receivers.end(),
                                      [&](const std::string& receiver) { return !is_connector(config_, receiver); });
    if (at == std::string::npos && takes_in && !config_.limits_memory) {
      faults_.push_back(
          {"memory-limiter-missing", pipeline.name, Level::kWarning,
           fmt::format("the pipeline '{}' has no memory_limiter, so a burst ends the collector and loses "
                       "what it holds",
                       pipeline.name),
           "Define memory_limiter: { check_interval: 1s, limit_percentage: 80, spike_limit_percentage: 20 "
           "}, and name it first in its processors.",
           pipeline.location});
    } else if (at != std::string::npos && at > 0) {
      faults_.push_back(
          {"memory-limiter-not-first", pipeline.name, Level::kWarning,
           fmt::format("the pipeline '{}' limits memory only behind '{}', so the receivers are not told to "
                       "wait in time",
                       pipeline.name, pipeline.processors.front()),
           fmt::format("Write '{}' first in its processors.", pipeline.processors[at]), pipeline.location});
    }
  }

  void check_redactions() {
    for (const CollectorRedaction& redaction : config_.redactions) {
      if (!redaction.masks_values) {
        faults_.push_back(
            {"redaction-empty", redaction.name, redaction.masks_keys ? Level::kWarning : Level::kError,
             redaction.masks_keys
                 ? fmt::format("'{}' lets every key through and blocks no values: an e-mail under another key stays",
                               redaction.name)
                 : fmt::format("'{}' lets every key through and blocks no values, so it redacts nothing",
                               redaction.name),
             "Add blocked_values with the expressions of what must not leave: ['[\\w.+-]+@[\\w-]+\\.[\\w.]+'] for "
             "e-mails; or allow single keys only (allow_all_keys: false, allowed_keys: [...]).",
             redaction.values_location});
      }
      if (redaction.is_verbose) {
        faults_.push_back(
            {"redaction-summary", redaction.name, Level::kWarning,
             fmt::format("'{}' writes a summary of what it redacted, with the names of the keys, into the "
                         "telemetry",
                         redaction.name),
             "Write summary: silent, or info for the counts alone.", redaction.summary_location});
      }
    }
  }

  void check_ends() {
    for (const CollectorPrinter& printer : config_.printers) {
      faults_.push_back({"debug-exporter", printer.exporter, Level::kWarning,
                         fmt::format("'{}' prints what passes through it (verbosity {}) into the collector's own log",
                                     printer.exporter, printer.verbosity),
                         "Take it out of the pipelines, or write verbosity: basic, which prints counts.",
                         printer.location});
    }
    for (const CollectorSink& sink : config_.insecure) {
      check_sink(sink);
    }
    for (const CollectorListener& listener : config_.open) {
      faults_.push_back(
          {"receiver-open", listener.receiver, Level::kWarning,
           fmt::format("'{}' listens on all interfaces{}, without TLS and without authentication", listener.receiver,
                       listener.port.empty() ? "" : fmt::format(" (port {})", listener.port)),
           fmt::format(
               "Write the address that it is reached at: localhost{0}, or ${{env:MY_POD_IP}}{0} in a container; "
               "or add tls: with a certificate, or auth:.",
               listener.port.empty() ? "" : ":" + listener.port),
           listener.location});
    }
  }

  void check_sink(const CollectorSink& sink) {
    const Level level = sink.is_near ? Level::kWarning : Level::kError;
    switch (sink.fault) {
      case CollectorSink::Fault::kInsecure:
        faults_.push_back({"exporter-insecure", sink.exporter, level,
                           fmt::format("'{}' sends without encryption (tls: insecure)", sink.exporter),
                           "Remove insecure: true, and name the authority in tls: { ca_file: ... } if it is your own.",
                           sink.location});
        return;
      case CollectorSink::Fault::kPlainHttp:
        faults_.push_back({"exporter-insecure", sink.exporter, level,
                           fmt::format("'{}' sends without encryption (http://)", sink.exporter),
                           "Write https://, and name the authority in tls: { ca_file: ... } if it is your own.",
                           sink.location});
        return;
      case CollectorSink::Fault::kUnverified:
        faults_.push_back(
            {"exporter-insecure", sink.exporter, level,
             fmt::format("'{}' does not check whom it sends to (tls: insecure_skip_verify)", sink.exporter),
             "Remove insecure_skip_verify: true, and name the authority in tls: { ca_file: ... } if it is "
             "your own.",
             sink.location});
        return;
    }
  }

  void check_unused() {
    for (const CollectorPart& part : config_.parts) {
      if (!part.used) {
        faults_.push_back({"unused-component", part.name, Level::kNote,
                           fmt::format("the {} '{}' is defined and not used{}", word_of(part.kind), part.name,
                                       part.kind == CollectorPart::Kind::kExtension
                                           ? ": neither the service nor another part names it"
                                           : ": no pipeline names it"),
                           "Remove it, or name it where it was meant to be.", part.location});
      }
    }
  }

  const CollectorConfig& config_;
  std::vector<CollectorFault>& faults_;
  std::map<std::string, bool> redacted_;  ///< what leaves the pipeline of that name
};

}  // namespace

bool is_connector(const CollectorConfig& config, const std::string& name) {
  return std::any_of(config.parts.begin(), config.parts.end(), [&](const CollectorPart& part) {
    return part.kind == CollectorPart::Kind::kConnector && part.name == name;
  });
}

Finding collector_finding(const Rule& rule, const CollectorConfig& config, CollectorFault fault) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = fault.level;
  finding.subject = fmt::format("{} {}", fault.check, fault.name);
  finding.message = std::move(fault.message);
  finding.location = std::move(fault.location);
  finding.evidence.input = config.input;
  finding.evidence.line = finding.location.line;
  finding.evidence.details = {{"check", std::string(fault.check)}, {"component", fault.name}};
  finding.fix.text = std::move(fault.fix);
  finding.key = finding_key(rule.id, {config.input, std::string(fault.check), fault.name});
  return finding;
}

void detect_collector_config(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const CollectorConfig& config : facts.collector.configs) {
    std::vector<CollectorFault> faults;
    ConfigCheck(config, faults).run();
    std::map<std::string, int> keys;
    for (CollectorFault& fault : faults) {
      Finding finding = collector_finding(rule, config, std::move(fault));
      // A receiver with two open endpoints is two findings.
      if (const int before = keys[finding.key]++; before > 0) {
        finding.key = finding_key(rule.id, {finding.key, std::to_string(before)});
      }
      findings.push_back(std::move(finding));
    }
  }
}

}  // namespace budgetcheck
