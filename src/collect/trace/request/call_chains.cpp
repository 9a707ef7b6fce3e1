#include "collect/trace/request/call_chains.h"

#include <algorithm>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "collect/http/url_parts.h"
#include "collect/trace/request/http_call.h"
#include "collect/trace/request/serial_calls.h"
#include "model/routes/offsets.h"

namespace budgetcheck {
namespace {

/// JavaScript's spans begin at whole milliseconds and end at exact times.
constexpr std::uint64_t kTick = 1'000'000;
constexpr std::size_t kMostLinks = 20;
constexpr std::size_t kMostCalls = 2'000;

/// What the URL has that the request's own does not: it came from somewhere else, an answer most likely, or stands in
/// the program.
std::uint64_t hash_unknown(const CallTarget& target, const std::vector<std::string_view>& known) {
  std::string unknown;
  const auto look = [&](std::string_view part) {
    if (std::find(known.begin(), known.end(), part) == known.end()) {
      unknown.append(part).append("\n");
    }
  };
  for (const std::string_view id : target.ids) {
    look(id);
  }
  for (const std::string_view value : target.values) {
    look(value);
  }
  return unknown.empty() ? 0 : hash64(unknown);
}

}  // namespace

void CallChains::add(const Trace& trace, const TracedRequest& request) {
  const auto calls_made = std::count_if(request.below.begin(), request.below.end(), [&](std::uint32_t i) {
    return is_http_call(trace.spans[i]) && trace.spans[i].url.size != 0;
  });
  if (static_cast<std::size_t>(calls_made) < kLeastInChain) {
    return;  // most requests make few calls, whose URLs need not be taken apart
  }
  const std::vector<Call> calls = calls_of(trace, request);
  if (calls.size() >= kLeastInChain) {
    add_chain(trace, request, stages_of(calls));
    add_repeats(trace, request, calls);
  }
}

std::vector<CallChains::Call> CallChains::calls_of(const Trace& trace, const TracedRequest& request) const {
  const Span& asked = trace.spans[request.span];
  const std::vector<std::string_view> known = parts_of_url(trace.of(asked.url));
  const std::vector<std::string_view> own = parameters_of_url(names_[asked.route], trace.of(asked.url));
  std::vector<Call> calls;
  for (const std::uint32_t i : request.below) {
    const Span& span = trace.spans[i];
    if (!is_http_call(span) || span.url.size == 0 || !span.is_timed() || calls.size() >= kMostCalls) {
      continue;
    }
    const CallTarget target = read_call_target(trace.of(span.url), own);
    const std::string method = method_of(names_[span.method]);
    Call call;
    call.start = span.start;
    call.end = span.end;
    call.reads = method == "GET" || method == "HEAD";
    call.shape = method + " " + shorten(printable(target.shape), 200);
    call.path = target.path;
    call.unknown = hash_unknown(target, known);
    calls.push_back(std::move(call));
  }
  std::stable_sort(calls.begin(), calls.end(), [](const Call& a, const Call& b) { return a.start < b.start; });
  return calls;
}

std::vector<CallChains::Stage> CallChains::stages_of(const std::vector<Call>& calls) {
  std::vector<Stage> stages;
  for (const Call& call : calls) {
    const bool is_next = stages.empty() || call.start + kTick >= stages.back().end;
    const bool is_again = is_next && !stages.empty() && stages.back().shapes == std::vector<std::string>{call.shape};
    if (is_next && !is_again) {
      stages.push_back({{call.shape}, call.start, call.end, call.reads, call.unknown});
      continue;
    }
    Stage& stage = stages.back();
    if (!is_again) {
      stage.shapes.insert(std::upper_bound(stage.shapes.begin(), stage.shapes.end(), call.shape), call.shape);
    }
    stage.end = std::max(stage.end, call.end);
    stage.reads = stage.reads && call.reads;
    stage.unknown = call.unknown == 0 ? stage.unknown : hash64(std::to_string(stage.unknown ^ call.unknown));
  }
  return stages;
}

void CallChains::add_chain(const Trace& trace, const TracedRequest& request, const std::vector<Stage>& stages) {
  if (stages.size() < kLeastInChain || !trace.spans[request.span].is_timed()) {
    return;
  }
  std::string key = std::to_string(request.route);
  for (const Stage& stage : stages) {
    key += '\n' + join(stage.shapes, " + ");
  }
  const auto found = chains_.find(key);
  if (found == chains_.end() && chains_.size() >= kMostKept) {
    return;
  }
  Chain& chain = found == chains_.end() ? chains_[key] : found->second;
  const bool is_first = chain.requests++ == 0;
  const std::uint64_t url = hash64(trace.of(trace.spans[request.span].url));
  chain.url = is_first ? url : chain.url;
  chain.urls_differ = chain.urls_differ || chain.url != url;
  SerialCalls::Timed timed;
  timed.request = trace.spans[request.span].milliseconds();
  for (std::size_t i = 0; i < std::min(stages.size(), kMostLinks); ++i) {
    const Stage& stage = stages[i];
    if (is_first) {
      chain.links.push_back({shorten(join(stage.shapes, " + "), 200), stage.unknown, false, stage.reads});
    }
    chain.links[i].varies = chain.links[i].varies || chain.links[i].unknown != stage.unknown;
    timed.calls.push_back(static_cast<double>(stage.end - stage.start) / 1e6);
  }
  if (timed.request > chain.worst_ms) {
    chain.worst_ms = timed.request;
    chain.route = request.route;
    chain.trace = trace.id;
    chain.line = trace.spans[request.span].line;
  }
  if (chain.timed.size() < SerialCalls::kMostTimed) {
    chain.timed.push_back(std::move(timed));
  }
}

void CallChains::add_repeats(const Trace& trace, const TracedRequest& request, const std::vector<Call>& calls) {
  std::map<std::string, std::vector<const Call*>> by_shape;
  for (const Call& call : calls) {
    if (call.reads && call.shape.find("/:id") != std::string::npos) {
      by_shape[call.shape].push_back(&call);
    }
  }
  for (const auto& [shape, same] : by_shape) {
    std::set<std::string_view> paths;
    bool serial = true;
    for (std::size_t i = 0; i < same.size(); ++i) {
      paths.insert(same[i]->path);
      serial = serial && (i == 0 || same[i]->start + kTick >= same[i - 1]->end);
    }
    if (paths.size() < kRecurring || differ_in_offsets({paths.begin(), paths.end()}, Offsets::kMultiples)) {
      continue;
    }
    const std::string key = std::to_string(request.route) + '\n' + shape;
    const auto found = repeats_.find(key);
    if (found == repeats_.end() && repeats_.size() >= kMostKept) {
      continue;
    }
    Repeat& repeat = found == repeats_.end() ? repeats_[key] : found->second;
    ++repeat.recurring;
    if (paths.size() > repeat.most) {
      repeat.most = paths.size();
      repeat.route = request.route;
      repeat.call = shape;
      repeat.serial = serial;
      repeat.trace = trace.id;
      repeat.line = trace.spans[request.span].line;
    }
  }
}

SerialCalls CallChains::serial_calls(const Chain& chain, const TraceRoutes& routes) {
  SerialCalls serial;
  for (const Link& link : chain.links) {
    serial.calls.push_back({link.call, false, link.reads, link.varies, link.unknown});
  }
  serial.requests = chain.requests;
  serial.route_requests = routes.all()[chain.route].requests;
  serial.longest_ms = chain.worst_ms;
  serial.url = chain.url;
  serial.urls_differ = chain.urls_differ;
  serial.timed = chain.timed;
  settle(serial);
  return serial;
}

RepeatedCalls CallChains::repeated_calls(const Repeat& repeat, const TraceRoutes& routes) {
  RepeatedCalls repeated;
  repeated.call = repeat.call;
  repeated.count = repeat.most;
  repeated.requests = repeat.recurring;
  repeated.serial = repeat.serial;
  repeated.route_requests = routes.all()[repeat.route].requests;
  return repeated;
}

}  // namespace budgetcheck
