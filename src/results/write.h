#pragma once

#include "json/writer.h"
#include "model/finding.h"
#include "model/input.h"
#include "model/part.h"
#include "model/sample.h"

namespace budgetcheck {

// The single objects of a results file; read_results (results/read.h) reads them back.

/// False when the sample has no value that JSON can carry (none at all, or one that is not finite).
bool is_writable(const Sample& sample);
void write_input(json::Writer& writer, const Input& input);
/// `sample` must be writable.
void write_sample(json::Writer& writer, const Sample& sample);
void write_part(json::Writer& writer, const Part& part);
/// "where": {...}
void write_where(json::Writer& writer, const Labels& where);
/// "NAME": {"file": ...}; nothing at all without a file.
void write_location(json::Writer& writer, std::string_view name, const Location& location);

}  // namespace budgetcheck
