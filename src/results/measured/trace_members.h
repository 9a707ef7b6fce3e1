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
    a("example", &UnboundedName::example);
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
  }
};

}  // namespace budgetcheck::measured
