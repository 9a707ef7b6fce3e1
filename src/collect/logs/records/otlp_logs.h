#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Log records as OTLP JSON: one export a line, as the Collector's file exporter and the SDKs' exporters write it, one
/// document over many lines, or a list of them. A record's logger is its scope's name, its service that of the
/// resource, wherever these stand in their objects. Ids are hexadecimal or base64; empty ones and zeros are none.
/// Streams in flat memory. Errors: a document that is not JSON. Lines that are none are said.
Format otlp_logs_format();

}  // namespace budgetcheck
