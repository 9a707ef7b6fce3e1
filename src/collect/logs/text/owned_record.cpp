#include "collect/logs/text/owned_record.h"

#include "collect/text/unescaped.h"

namespace budgetcheck {
namespace {

void put(std::string& to, std::string_view from, bool plain) {
  if (to.empty() && !from.empty()) {
    to = plain ? std::string(from) : unescaped(from);
  }
}

}  // namespace

void OwnedRecord::fill_from(const LogRecord& other) {
  put(query, other.query, other.plain);
  put(process, other.process, other.plain);
  put(host, other.host, other.plain);
  put(service, other.service, other.plain);
  put(url, other.url, other.plain);
  put(source, other.source, other.plain);
  if (around.params.empty()) {
    put(around.params, other.params, other.plain || other.params_are_list);
    if (!around.params.empty() && around.params.front() != '[') {
      around.params = console::list_of(around.params);
    }
  }
  put(around.request, other.request, other.plain);
  put(around.trace, other.trace, other.plain);
  put(around.traceparent, other.traceparent, other.plain);
  put(around.route, other.route, other.plain);
  around.duration_ms = around.duration_ms < 0 ? other.duration_ms : around.duration_ms;
  at_ms = at_ms < 0 ? other.at_ms : at_ms;
  level_is_number = level_is_number || other.level_is_number;
  level_is_word = level_is_word || other.level_is_word;
}

LogRecord OwnedRecord::record() const {
  LogRecord out;
  out.query = query;
  out.params = around.params;
  out.params_are_list = true;
  out.duration_ms = around.duration_ms;
  out.trace = around.trace;
  out.traceparent = around.traceparent;
  out.request = around.request;
  out.process = process;
  out.host = host;
  out.service = service;
  out.route = around.route;
  out.url = url;
  out.source = source;
  out.at_ms = at_ms;
  out.level_is_number = level_is_number;
  out.level_is_word = level_is_word;
  out.plain = true;
  return out;
}

}  // namespace budgetcheck
