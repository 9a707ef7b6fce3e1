#pragma once

#include "base/error.h"
#include "collect/format.h"
#include "collect/logs/line_sink.h"

namespace budgetcheck {

/// The file is one document of JSON with a list of events: what 'gcloud logging read --format=json' and 'aws logs
/// filter-log-events' write, or a logger that collects its events. At least one of the first holds a statement.
bool is_event_document(const Sniff& sniff);

/// It begins as one document does, and not as objects that each stand on a line.
bool may_be_document(std::string_view bytes);

/// Reads its events as if each stood on a line of its own, in the document's order. Errors: those of json::select.
Expected<void> read_events(const Source& source, LineSink& sink);

}  // namespace budgetcheck
