#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// A part of a collector's configuration, by its name there: "redaction/traces". Its kind is what stands before the
/// slash.
struct CollectorPart {
  enum class Kind : std::uint8_t { kReceiver, kProcessor, kExporter, kConnector, kExtension };

  Kind kind = Kind::kReceiver;
  std::string name;
  bool used = false;  ///< a pipeline names it; an extension: the service, or another part
  Location location;  ///< of its key

  std::string_view type() const { return std::string_view(name).substr(0, name.find('/')); }
};

/// A processor `redaction`.
struct CollectorRedaction {
  std::string name;
  /// False: every key may stay, and nothing says which values may not. True also where that is not known.
  bool masks_values = true;
  bool masks_keys = false;  ///< some keys lose their values
  bool is_verbose = false;  ///< summary: debug
  Location location;
  Location values_location;  ///< where it says which values, else of its key
  Location summary_location;
};

/// An endpoint of a receiver that listens on every interface, without TLS and without authentication.
struct CollectorListener {
  std::string receiver;
  std::string port;  ///< may be empty
  Location location;
};

/// An exporter that sends without encryption, or does not check whom it sends to.
struct CollectorSink {
  enum class Fault : std::uint8_t { kInsecure, kPlainHttp, kUnverified };

  std::string exporter;
  Fault fault = Fault::kInsecure;
  bool is_near = false;  ///< a host without a domain: a container beside it
  Location location;
};

/// An exporter that prints what it gets.
struct CollectorPrinter {
  std::string exporter;
  std::string verbosity;  ///< normal or detailed
  Location location;
};

/// How much of some traces a processor keeps: between two shares, equal where they are known.
struct KeptShare {
  double least = 0;
  double most = 1;
};

/// A processor that samples traces: tail_sampling or probabilistic_sampler.
struct CollectorSampler {
  std::string name;
  KeptShare errors;          ///< of traces with an error
  KeptShare slow;            ///< of those that take as long as is agreed
  KeptShare ordinary;        ///< of the others
  double slow_from_ms = -1;  ///< the lowest time from which traces are kept for being slow; negative: none
  Location location;         ///< of its policies, else of its key
  Location slow_location;    ///< of that time
  Location ordinary_location;
};

/// One pipeline. Receivers, processors and exporters are named in the order of the file.
struct CollectorPipeline {
  std::string name;  ///< "traces/sampled"
  std::vector<std::string> receivers;
  std::vector<std::string> processors;
  std::vector<std::string> exporters;
  bool is_whole = true;  ///< false: a list of it is a variable, so it is not known
  Location location;     ///< of its processors, else of its key

  std::string_view signal() const { return std::string_view(name).substr(0, name.find('/')); }
};

/// What is agreed about sampling (see Sampling); shares are parts of one.
struct AgreedSampling {
  bool keep_errors = false;
  double keep_slower_than_ms = 0;  ///< 0: nothing is agreed
  std::optional<double> baseline_min;
  std::optional<double> baseline_max;
};

/// What a configuration of an OpenTelemetry Collector says, without any of its values that may be secret.
struct CollectorConfig {
  std::string input;
  std::vector<CollectorPart> parts;
  std::vector<CollectorPipeline> pipelines;
  std::vector<CollectorRedaction> redactions;
  std::vector<CollectorListener> open;
  std::vector<CollectorSink> insecure;
  std::vector<CollectorPrinter> printers;
  std::vector<CollectorSampler> samplers;
  std::optional<AgreedSampling> agreed;
  bool limits_memory = false;  ///< an extension memory_limiter does
};

struct CollectorFacts {
  std::vector<CollectorConfig> configs;

  void append(CollectorFacts&& other);
};

}  // namespace budgetcheck
