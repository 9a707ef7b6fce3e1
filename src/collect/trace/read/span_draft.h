#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "collect/trace/read/attribute_keys.h"
#include "collect/trace/span.h"
#include "collect/trace/span_names.h"
#include "json/scan/cursor.h"

namespace budgetcheck {

/// What the fields and attributes of one span say, in whatever order they come and under whichever names.
class SpanDraft {
 public:
  SpanDraft(const AttributeKeys& keys, SpanNames& names) : keys_(keys), names_(names) {}

  void begin(NameId service, NameId scope, std::uint32_t line);
  /// While it is set, attributes are those of a resource, which may name the service.
  void take_resource(bool is_resource) { is_resource_ = is_resource; }
  /// The required attributes that the resource of the spans to come has: each of these has them too.
  void of_resource(std::uint64_t attributes) { of_resource_ = attributes; }

  void trace(const json::RawScalar& value) { read_.trace = trace_id_of(value.text); }
  void id(const json::RawScalar& value) { read_.span.id = span_id_of(value.text); }
  void parent(const json::RawScalar& value) { read_.span.parent = span_id_of(value.text); }
  void name(const json::RawScalar& value) { read_.span.name = number_of(value); }
  void service(const json::RawScalar& value) { read_.span.service = number_of(value); }
  /// OTLP's number or name, Zipkin's and Jaeger's word.
  void kind(const json::RawScalar& value);
  /// OTLP's number or name of a status.
  void status(const json::RawScalar& value);
  void times(std::uint64_t start, std::uint64_t end) {
    read_.span.start = start;
    read_.span.end = end;
  }
  /// To a process that says more of it: its service, and which required attributes it has.
  void belongs_to(NameId service, std::uint64_t attributes) {
    read_.span.service = service != 0 ? service : read_.span.service;
    read_.span.attributes |= attributes;
  }
  void start(std::uint64_t at) { read_.span.start = at; }
  void end(std::uint64_t at) { read_.span.end = at; }

  AttributeKey key_of(std::string_view name) const { return keys_.find(name); }
  /// The value of an attribute that key_of knows. `in_tags`: the form has no other place for kind, scope and status.
  void attribute(const AttributeKey& key, const json::RawScalar& value, bool in_tags);
  /// It has the attribute, whose value is of no use here.
  void present(const AttributeKey& key) { read_.span.attributes |= key.required; }
  /// The parameters of the statement, as a list in JSON.
  void params(std::string list) { params_ = std::move(list); }

  /// Ends it; the views are valid until the next begin().
  const ReadSpan& finish();

 private:
  NameId number_of(const json::RawScalar& value);
  std::string_view plain(const json::RawScalar& value, std::string& own);
  void put(std::string_view& place, const json::RawScalar& value, std::string& own);
  void put_statement(const json::RawScalar& value);

  const AttributeKeys& keys_;
  SpanNames& names_;
  ReadSpan read_;
  std::string params_;
  std::string scratch_;
  std::string url_;
  std::string_view statement_;
  std::string_view system_;
  std::string_view full_url_;
  std::string_view target_;
  std::string_view path_;
  std::string_view query_;
  NameId queue_ = 0;
  std::uint64_t of_resource_ = 0;
  bool is_resource_ = false;
  std::array<std::string, 6> own_;  ///< texts that had escapes
};

/// Nanoseconds of a number, in text or not; `per_unit` of them in one. 0 for what is none, or too many.
std::uint64_t nanoseconds_of(const json::RawScalar& value, std::uint64_t per_unit);

}  // namespace budgetcheck
