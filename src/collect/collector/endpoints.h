#pragma once

#include <optional>
#include <string>
#include <vector>

#include "json/value.h"
#include "model/telemetry/collector_facts.h"

namespace budgetcheck::collector {

/// The endpoints of a receiver, at any depth, that listen on every interface and ask neither for TLS nor for
/// authentication. `endpoint: 0.0.0.0:4317`, `[::]:4317` and `:4317` do; one with a variable is not known.
void add_open_endpoints(const std::string& file, const std::string& receiver, const json::Value& settings,
                        std::vector<CollectorListener>& open);

/// What is wrong with how an exporter sends; nothing for one that encrypts, sends to its own machine, or whose endpoint
/// is a variable.
std::optional<CollectorSink> insecure_sink(const std::string& file, const std::string& exporter,
                                           const json::Value& settings, const Location& key);

}  // namespace budgetcheck::collector
