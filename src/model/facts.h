#pragma once

#include <string>
#include <vector>

#include "model/bundle_facts.h"
#include "model/capture_facts.h"
#include "model/environment.h"
#include "model/input.h"
#include "model/load/queue_facts.h"
#include "model/part.h"
#include "model/personal/personal_facts.h"
#include "model/query_facts.h"
#include "model/sample.h"
#include "model/telemetry/collector_facts.h"
#include "model/telemetry/log_facts.h"
#include "model/telemetry/trace_facts.h"

namespace budgetcheck {

/// Everything that the inputs say, before any judgement. What every source has stands here; what one family of sources
/// says for its rules is a struct of its own.
struct Facts {
  std::vector<Input> inputs;
  std::vector<Sample> samples;
  std::vector<Unmeasured> unmeasured;
  std::vector<Part> parts;  ///< what samples are made of, for "why it grew"
  Environment env;          ///< of the machine and tools that measured
  /// Remarks for the reader of the report that change no verdict ("routes were inferred: …").
  std::vector<std::string> notes;
  BundleFacts bundle;
  CaptureFacts capture;
  QueryFacts queries;
  TraceFacts traces;
  CollectorFacts collector;
  LogFacts logs;
  PersonalFacts personal;
  QueueFacts queues;

  /// Adds what one input brought, except its list of inputs: its reader answers for that.
  void append(Facts&& other);
};

}  // namespace budgetcheck
