#pragma once

#include "model/telemetry/collector_facts.h"
#include "model/telemetry/log_facts.h"
#include "results/measured/value_codec.h"

// The members of what is said of telemetry (members.h). For src/results/measured only.
namespace budgetcheck::measured {

template <>
inline constexpr CollectorPart::Kind kLast<CollectorPart::Kind> = CollectorPart::Kind::kExtension;
template <>
inline constexpr CollectorSink::Fault kLast<CollectorSink::Fault> = CollectorSink::Fault::kUnverified;

template <>
struct Members<CollectorPart> {
  template <class A>
  static constexpr void each(A& a) {
    a("kind", &CollectorPart::kind);
    a("name", &CollectorPart::name);
    a("used", &CollectorPart::used);
    a("location", &CollectorPart::location);
  }
};

template <>
struct Members<CollectorRedaction> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &CollectorRedaction::name);
    a("masks_values", &CollectorRedaction::masks_values);
    a("masks_keys", &CollectorRedaction::masks_keys);
    a("is_verbose", &CollectorRedaction::is_verbose);
    a("location", &CollectorRedaction::location);
    a("values_location", &CollectorRedaction::values_location);
    a("summary_location", &CollectorRedaction::summary_location);
  }
};

template <>
struct Members<CollectorListener> {
  template <class A>
  static constexpr void each(A& a) {
    a("receiver", &CollectorListener::receiver);
    a("port", &CollectorListener::port);
    a("location", &CollectorListener::location);
  }
};

template <>
struct Members<CollectorSink> {
  template <class A>
  static constexpr void each(A& a) {
    a("exporter", &CollectorSink::exporter);
    a("fault", &CollectorSink::fault);
    a("is_near", &CollectorSink::is_near);
    a("location", &CollectorSink::location);
  }
};

template <>
struct Members<CollectorPrinter> {
  template <class A>
  static constexpr void each(A& a) {
    a("exporter", &CollectorPrinter::exporter);
    a("verbosity", &CollectorPrinter::verbosity);
    a("location", &CollectorPrinter::location);
  }
};

template <>
struct Members<KeptShare> {
  template <class A>
  static constexpr void each(A& a) {
    a("least", &KeptShare::least);
    a("most", &KeptShare::most);
  }
};

template <>
struct Members<CollectorSampler> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &CollectorSampler::name);
    a("errors", &CollectorSampler::errors);
    a("slow", &CollectorSampler::slow);
    a("ordinary", &CollectorSampler::ordinary);
    a("slow_from_ms", &CollectorSampler::slow_from_ms);
    a("location", &CollectorSampler::location);
    a("slow_location", &CollectorSampler::slow_location);
    a("ordinary_location", &CollectorSampler::ordinary_location);
  }
};

template <>
struct Members<CollectorPipeline> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &CollectorPipeline::name);
    a("receivers", &CollectorPipeline::receivers);
    a("processors", &CollectorPipeline::processors);
    a("exporters", &CollectorPipeline::exporters);
    a("is_whole", &CollectorPipeline::is_whole);
    a("location", &CollectorPipeline::location);
  }
};

template <>
struct Members<AgreedSampling> {
  template <class A>
  static constexpr void each(A& a) {
    a("keep_errors", &AgreedSampling::keep_errors);
    a("keep_slower_than_ms", &AgreedSampling::keep_slower_than_ms);
    a("baseline_min", &AgreedSampling::baseline_min);
    a("baseline_max", &AgreedSampling::baseline_max);
  }
};

template <>
struct Members<CollectorConfig> {
  template <class A>
  static constexpr void each(A& a) {
    a("input", &CollectorConfig::input);
    a("parts", &CollectorConfig::parts);
    a("pipelines", &CollectorConfig::pipelines);
    a("redactions", &CollectorConfig::redactions);
    a("open", &CollectorConfig::open);
    a("insecure", &CollectorConfig::insecure);
    a("printers", &CollectorConfig::printers);
    a("samplers", &CollectorConfig::samplers);
    a("agreed", &CollectorConfig::agreed);
    a("limits_memory", &CollectorConfig::limits_memory);
  }
};

template <>
struct Members<CollectorFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("configs", &CollectorFacts::configs);
  }
};

template <>
struct Members<LackingRecords> {
  template <class A>
  static constexpr void each(A& a) {
    a("attributes", &LackingRecords::attributes);
    a("min_percent", &LackingRecords::min_percent);
    a("count", &LackingRecords::count);
    a("first", &LackingRecords::first);
  }
};

template <>
struct Members<LoggerRecords> {
  template <class A>
  static constexpr void each(A& a) {
    a("input", &LoggerRecords::input);
    a("service", &LoggerRecords::service);
    a("logger", &LoggerRecords::logger);
    a("library", &LoggerRecords::library);
    a("records", &LoggerRecords::records);
    a("correlated", &LoggerRecords::correlated);
    a("lacking", &LoggerRecords::lacking);
  }
};

template <>
struct Members<LogFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("loggers", &LogFacts::loggers);
  }
};

}  // namespace budgetcheck::measured
