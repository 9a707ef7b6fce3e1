#pragma once

#include "model/measured.h"
#include "results/measured/telemetry_members.h"
#include "results/measured/value_codec.h"

// The members of the structs that a measured file holds. A new member of one of these structs has a line here, or the
// rule that reads it sees nothing of inputs that were measured elsewhere.
namespace budgetcheck::measured {

template <>
inline constexpr Unit kLast<Unit> = Unit::kRatio;
template <>
inline constexpr InputState kLast<InputState> = InputState::kUnreadable;
template <>
inline constexpr FactKind kLast<FactKind> = FactKind::kQueues;
template <>
inline constexpr Verb kLast<Verb> = Verb::kOther;
template <>
inline constexpr DatabaseKind kLast<DatabaseKind> = DatabaseKind::kCockroach;
template <>
inline constexpr ColumnType kLast<ColumnType> = ColumnType::kEnum;
template <>
inline constexpr Relation::OnDelete kLast<Relation::OnDelete> = Relation::OnDelete::kRestrict;
template <>
inline constexpr TableIndex::Kind kLast<TableIndex::Kind> = TableIndex::Kind::kForeignKey;
template <>
inline constexpr TableIndex::Method kLast<TableIndex::Method> = TableIndex::Method::kOther;
template <>
inline constexpr PlanAccess::Way kLast<PlanAccess::Way> = PlanAccess::Way::kUnknown;
template <>
inline constexpr PersonalKind kLast<PersonalKind> = PersonalKind::kSecretField;
template <>
inline constexpr LogPiece::Order kLast<LogPiece::Order> = LogPiece::Order::kNumber;
template <>
inline constexpr MeasuredInput::Place kLast<MeasuredInput::Place> = MeasuredInput::Place::kTraces;

/// Texts of labels and versions by their names.
template <>
struct Codec<Labels> {
  static void write(json::Writer& w, const Labels& labels);
  static bool read(const json::Value& v, Labels& labels);
};
template <>
struct Codec<std::map<std::string, std::string>> {
  static void write(json::Writer& w, const std::map<std::string, std::string>& texts);
  static bool read(const json::Value& v, std::map<std::string, std::string>& texts);
};
/// One number is a single value, a list is runs, the others are objects.
template <>
struct Codec<SampleValue> {
  using Value = SampleValue;
  static void write(json::Writer& w, const Value& value);
  static bool read(const json::Value& v, Value& value);
};

template <>
struct Members<Location> {
  template <class A>
  static constexpr void each(A& a) {
    a("file", &Location::file);
    a("line", &Location::line);
    a("column", &Location::column);
    a("pointer", &Location::pointer);
  }
};

template <>
struct Members<Input> {
  template <class A>
  static constexpr void each(A& a) {
    a("path", &Input::path);
    a("format", &Input::format);
    a("bytes", &Input::bytes);
    a("state", &Input::state);
    a("message", &Input::message);
    a("hint", &Input::hint);
    a("families", &Input::families);
    a("feeds", &Input::feeds);
  }
};

template <>
struct Members<SampleHistory> {
  template <class A>
  static constexpr void each(A& a) {
    a("records", &SampleHistory::records);
    a("s_run", &SampleHistory::s_run);
    a("s_diff", &SampleHistory::s_diff);
    a("max", &SampleHistory::max);
    a("last", &SampleHistory::last);
  }
};

template <>
struct Members<Sample> {
  template <class A>
  static constexpr void each(A& a) {
    a("metric", &Sample::metric);
    a("where", &Sample::where);
    a("unit", &Sample::unit);
    a("value", &Sample::value);
    a("lower_bound", &Sample::lower_bound);
    a("lower_bound_reason", &Sample::lower_bound_reason);
    a("location", &Sample::location);
    a("base_runs", &Sample::base_runs);
    a("history", &Sample::history);
    a("source", &Sample::source);
    a("failures_within", &Sample::failures_within);
    a("base_quantiles", &Sample::base_quantiles);
  }
};

template <>
struct Members<Rate> {
  template <class A>
  static constexpr void each(A& a) {
    a("events", &Rate::events);
    a("n", &Rate::n);
  }
};

template <>
struct Members<KnownQuantiles::Point> {
  template <class A>
  static constexpr void each(A& a) {
    a("q", &KnownQuantiles::Point::q);
    a("value", &KnownQuantiles::Point::value);
  }
};

template <>
struct Members<KnownQuantiles> {
  template <class A>
  static constexpr void each(A& a) {
    a("points", &KnownQuantiles::points);
    a("min", &KnownQuantiles::min);
    a("max", &KnownQuantiles::max);
    a("mean", &KnownQuantiles::mean);
    a("n", &KnownQuantiles::n);
  }
};

template <>
struct Members<Unmeasured> {
  template <class A>
  static constexpr void each(A& a) {
    a("metric", &Unmeasured::metric);
    a("where", &Unmeasured::where);
    a("reason", &Unmeasured::reason);
    a("hint", &Unmeasured::hint);
    a("location", &Unmeasured::location);
    a("input_at_fault", &Unmeasured::input_at_fault);
    a("only_when_named", &Unmeasured::only_when_named);
    a("where_is_whole", &Unmeasured::where_is_whole);
  }
};

template <>
struct Members<Part> {
  template <class A>
  static constexpr void each(A& a) {
    a("metric", &Part::metric);
    a("where", &Part::where);
    a("kind", &Part::kind);
    a("name", &Part::name);
    a("unit", &Part::unit);
    a("size", &Part::size);
    a("importers", &Part::importers);
  }
};

template <>
struct Members<Environment> {
  template <class A>
  static constexpr void each(A& a) {
    a("key", &Environment::key);
    a("paired", &Environment::paired);
    a("benchmark_index", &Environment::benchmark_index);
    a("parts", &Environment::parts);
  }
};

template <>
struct Members<PackageCopies::Copy> {
  template <class A>
  static constexpr void each(A& a) {
    a("folder", &PackageCopies::Copy::folder);
    a("version", &PackageCopies::Copy::version);
    a("bytes", &PackageCopies::Copy::bytes);
    a("importer", &PackageCopies::Copy::importer);
  }
};

template <>
struct Members<PackageCopies> {
  template <class A>
  static constexpr void each(A& a) {
    a("package", &PackageCopies::package);
    a("copies", &PackageCopies::copies);
    a("location", &PackageCopies::location);
  }
};

template <>
struct Members<BundledPackage> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &BundledPackage::name);
    a("bytes", &BundledPackage::bytes);
    a("importer", &BundledPackage::importer);
    a("location", &BundledPackage::location);
  }
};

template <>
struct Members<FailedBuild> {
  template <class A>
  static constexpr void each(A& a) {
    a("errors", &FailedBuild::errors);
    a("first_error", &FailedBuild::first_error);
    a("location", &FailedBuild::location);
  }
};

template <>
struct Members<BundleFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("duplicate_packages", &BundleFacts::duplicate_packages);
    a("packages", &BundleFacts::packages);
    a("failed_builds", &BundleFacts::failed_builds);
  }
};

template <>
struct Members<Exchange> {
  template <class A>
  static constexpr void each(A& a) {
    a("method", &Exchange::method);
    a("path", &Exchange::path);
    a("host", &Exchange::host);
    a("route", &Exchange::route);
    a("route_inferred", &Exchange::route_inferred);
    a("page", &Exchange::page);
    a("type", &Exchange::type);
    a("status", &Exchange::status);
    a("transfer_bytes", &Exchange::transfer_bytes);
    a("body_bytes", &Exchange::body_bytes);
    a("decoded_bytes", &Exchange::decoded_bytes);
    a("time_ms", &Exchange::time_ms);
    a("content_encoding", &Exchange::content_encoding);
    a("mime_type", &Exchange::mime_type);
    a("from_cache", &Exchange::from_cache);
    a("closed", &Exchange::closed);
    a("start_ms", &Exchange::start_ms);
    a("request_key", &Exchange::request_key);
    a("cache_control", &Exchange::cache_control);
    a("has_validator", &Exchange::has_validator);
    a("headers_known", &Exchange::headers_known);
    a("visit", &Exchange::visit);
    a("prefetch", &Exchange::prefetch);
    a("path_hash", &Exchange::path_hash);
    a("location", &Exchange::location);
  }
};

template <>
struct Members<ListFields::Field> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &ListFields::Field::name);
    a("bytes", &ListFields::Field::bytes);
    a("everywhere", &ListFields::Field::everywhere);
    a("constant", &ListFields::Field::constant);
  }
};

template <>
struct Members<ListFields> {
  template <class A>
  static constexpr void each(A& a) {
    a("route", &ListFields::route);
    a("list", &ListFields::list);
    a("answers", &ListFields::answers);
    a("elements", &ListFields::elements);
    a("bytes", &ListFields::bytes);
    a("fields", &ListFields::fields);
    a("location", &ListFields::location);
  }
};

template <>
struct Members<CaptureFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("exchanges", &CaptureFacts::exchanges);
    a("list_fields", &CaptureFacts::list_fields);
  }
};

template <>
struct Members<PersonalValues> {
  template <class A>
  static constexpr void each(A& a) {
    a("kind", &PersonalValues::kind);
    a("field", &PersonalValues::field);
    a("location", &PersonalValues::location);
    a("count", &PersonalValues::count);
    a("sample", &PersonalValues::sample);
  }
};

template <>
struct Members<PersonalFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("values", &PersonalFacts::values);
    a("searched", &PersonalFacts::searched);
  }
};

template <>
struct Members<Facts> {
  template <class A>
  static constexpr void each(A& a) {
    a("inputs", &Facts::inputs);
    a("samples", &Facts::samples);
    a("unmeasured", &Facts::unmeasured);
    a("parts", &Facts::parts);
    a("env", &Facts::env);
    a("notes", &Facts::notes);
    a("bundle", &Facts::bundle);
    a("capture", &Facts::capture);
    a("queries", &Facts::queries);
    a("traces", &Facts::traces);
    a("collector", &Facts::collector);
    a("logs", &Facts::logs);
    a("personal", &Facts::personal);
    a("queues", &Facts::queues);
  }
};

template <>
struct Members<MeasuredSchema> {
  template <class A>
  static constexpr void each(A& a) {
    a("input", &MeasuredSchema::input);
    a("remarks", &MeasuredSchema::remarks);
    a("schema", &MeasuredSchema::schema);
  }
};

template <>
struct Members<MeasuredInput> {
  template <class A>
  static constexpr void each(A& a) {
    a("place", &MeasuredInput::place);
    a("schema", &MeasuredInput::schema);
    a("is_run", &MeasuredInput::is_run);
    a("content", &MeasuredInput::content);
    a("checksum", &MeasuredInput::checksum);
    a("is_torn", &MeasuredInput::is_torn);
    a("piece", &MeasuredInput::piece);
    a("facts", &MeasuredInput::facts);
  }
};

}  // namespace budgetcheck::measured

#include "results/measured/query_members.h"
#include "results/measured/queue_members.h"
#include "results/measured/trace_members.h"
