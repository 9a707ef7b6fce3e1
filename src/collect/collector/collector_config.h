#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The configuration of an OpenTelemetry Collector, which `telemetry.collector` of the budgets file names: YAML with
/// anchors, merge keys and variables, or JSON. Also the one inside an OpenTelemetryCollector resource of the
/// operator and in the values of its Helm chart. Becomes facts for the rule collector-config; nothing that stands in it
/// is shown but names of parts. Errors: what is not such a file, with line and column. Incomplete: pipelines that name
/// what is not defined in it, or whose lists are variables.
Format collector_config_format();

}  // namespace budgetcheck
