#pragma once

#include "model/telemetry/trace_facts.h"
#include "results/measured/value_codec.h"

// Those of what traces say; see members.h.
namespace budgetcheck::measured {

template <>
inline constexpr TelemetryRequirement::On kLast<TelemetryRequirement::On> = TelemetryRequirement::On::kLog;
template <>
inline constexpr TelemetryRequirement::Scope kLast<TelemetryRequirement::Scope> = TelemetryRequirement::Scope::kTrace;
template <>
inline constexpr UnboundedName::What kLast<UnboundedName::What> = UnboundedName::What::kRoute;

template <>
struct Members<TracePlace> {
  template <class A>
  static constexpr void each(A& a) {
    a("service", &TracePlace::service);
    a("route", &TracePlace::route);
    a("trace", &TracePlace::trace);
    a("location", &TracePlace::location);
  }
};

template <>
struct Members<SerialCalls::Call> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &SerialCalls::Call::name);
    a("independent", &SerialCalls::Call::independent);
    a("reads", &SerialCalls::Call::reads);
    a("varies", &SerialCalls::Call::varies);
    a("unknown", &SerialCalls::Call::unknown);
  }
};

template <>
struct Members<SerialCalls::Timed> {
  template <class A>
  static constexpr void each(A& a) {
    a("calls", &SerialCalls::Timed::calls);
    a("request", &SerialCalls::Timed::request);
  }
};

template <>
struct Members<SerialCalls> {
  template <class A>
  static constexpr void each(A& a) {
    a("at", &SerialCalls::at);
    a("calls", &SerialCalls::calls);
    a("requests", &SerialCalls::requests);
    a("route_requests", &SerialCalls::route_requests);
    a("saved_ms", &SerialCalls::saved_ms);
    a("saved_share", &SerialCalls::saved_share);
    a("longest_ms", &SerialCalls::longest_ms);
    a("url", &SerialCalls::url);
    a("urls_differ", &SerialCalls::urls_differ);
    a("timed", &SerialCalls::timed);
  }
};

template <>
struct Members<RepeatedCalls> {
  template <class A>
  static constexpr void each(A& a) {
    a("at", &RepeatedCalls::at);
    a("call", &RepeatedCalls::call);
    a("count", &RepeatedCalls::count);
    a("requests", &RepeatedCalls::requests);
    a("route_requests", &RepeatedCalls::route_requests);
    a("serial", &RepeatedCalls::serial);
  }
};

template <>
struct Members<MissingAttribute::Route> {
  template <class A>
  static constexpr void each(A& a) {
    a("route", &MissingAttribute::Route::route);
    a("spans", &MissingAttribute::Route::spans);
    a("missing", &MissingAttribute::Route::missing);
  }
};

template <>
struct Members<MissingAttribute> {
  template <class A>
  static constexpr void each(A& a) {
    a("requirement", &MissingAttribute::requirement);
    a("on", &MissingAttribute::on);
    a("scope", &MissingAttribute::scope);
    a("min_percent", &MissingAttribute::min_percent);
    a("attribute", &MissingAttribute::attribute);
    a("service", &MissingAttribute::service);
    a("spans", &MissingAttribute::spans);
    a("missing", &MissingAttribute::missing);
    a("routes", &MissingAttribute::routes);
    a("example", &MissingAttribute::example);
  }
};

template <>
struct Members<OrphanSpans> {
  template <class A>
  static constexpr void each(A& a) {
    a("service", &OrphanSpans::service);
    a("spans", &OrphanSpans::spans);
    a("all", &OrphanSpans::all);
    a("example", &OrphanSpans::example);
  }
};

template <>
struct Members<UnboundedName> {
  template <class A>
  static constexpr void each(A& a) {
    a("what", &UnboundedName::what);
    a("service", &UnboundedName::service);
    a("form", &UnboundedName::form);
    a("names", &UnboundedName::names);
    a("dense", &UnboundedName::dense);
    a("numbered", &UnboundedName::numbered);
    a("least", &UnboundedName::least);
    a("most", &UnboundedName::most);
    a("hashes", &UnboundedName::hashes);
    a("example", &UnboundedName::example);
  }
};

template <>
inline constexpr SpanKind kLast<SpanKind> = SpanKind::kConsumer;

template <>
struct Members<TraceRow::Bar> {
  template <class A>
  static constexpr void each(A& a) {
    a("start", &TraceRow::Bar::start_ms);
    a("end", &TraceRow::Bar::end_ms);
  }
};

template <>
struct Members<TraceRow> {
  template <class A>
  static constexpr void each(A& a) {
    a("name", &TraceRow::name);
    a("detail", &TraceRow::detail);
    a("service", &TraceRow::service);
    a("kind", &TraceRow::kind);
    a("depth", &TraceRow::depth);
    a("spans", &TraceRow::spans);
    a("start_ms", &TraceRow::start_ms);
    a("end_ms", &TraceRow::end_ms);
    a("total_ms", &TraceRow::total_ms);
    a("waited_ms", &TraceRow::waited_ms);
    a("on_path", &TraceRow::on_path);
    a("failed", &TraceRow::failed);
    a("is_statement", &TraceRow::is_statement);
    a("moved", &TraceRow::moved);
    a("torn", &TraceRow::torn);
    a("hidden", &TraceRow::hidden);
    a("bars", &TraceRow::bars);
  }
};

template <>
struct Members<TraceView> {
  template <class A>
  static constexpr void each(A& a) {
    a("id", &TraceView::id);
    a("service", &TraceView::service);
    a("route", &TraceView::route);
    a("also", &TraceView::also);
    a("request_ms", &TraceView::request_ms);
    a("duration_ms", &TraceView::duration_ms);
    a("spans", &TraceView::spans);
    a("services", &TraceView::services);
    a("hidden", &TraceView::hidden);
    a("torn", &TraceView::torn);
    a("rings", &TraceView::rings);
    a("is_rest", &TraceView::is_rest);
    a("rows", &TraceView::rows);
    a("location", &TraceView::location);
  }
};

template <>
struct Members<TraceRoute> {
  template <class A>
  static constexpr void each(A& a) {
    a("service", &TraceRoute::service);
    a("route", &TraceRoute::route);
    a("requests", &TraceRoute::requests);
  }
};

template <>
struct Members<SeenTraces> {
  template <class A>
  static constexpr void each(A& a) {
    a("sample", &SeenTraces::sample);
    a("ends", &SeenTraces::ends);
    a("torn", &SeenTraces::torn);
  }
};

template <>
struct Members<TraceFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("serial", &TraceFacts::serial);
    a("repeated", &TraceFacts::repeated);
    a("missing", &TraceFacts::missing);
    a("orphans", &TraceFacts::orphans);
    a("names", &TraceFacts::names);
    a("slowest", &TraceFacts::slowest);
    a("routes", &TraceFacts::routes);
    a("seen", &TraceFacts::seen);
  }
};

}  // namespace budgetcheck::measured
