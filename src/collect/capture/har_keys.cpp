#include "collect/capture/har_keys.h"

#include <fmt/format.h>

#include "base/date.h"
#include "base/text.h"
#include "collect/capture/har.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

using json::Value;

std::string text_at(const Value& entry, std::initializer_list<std::string_view> path) {
  const Value* value = entry.at(path);
  return value == nullptr || value->string() == nullptr ? "" : *value->string();
}

std::string value_in(const Value& entry, const KeyPlace& place) {
  if (!place.argument.empty()) {
    const std::string url = text_at(entry, {"request", "url"});
    if (const std::string_view value = argument_of(url, place.argument); !value.empty()) {
      return std::string(value);
    }
  }
  const Value* headers = entry.at({"request", "headers"});
  const json::Array* list = headers == nullptr ? nullptr : headers->array();
  if (list == nullptr) {
    return {};
  }
  const std::string wanted = !place.header.empty() ? place.header
                             : place.names.empty() ? ""
                                                   : lower(place.names.front());
  for (const Value& header : *list) {
    if (!wanted.empty() && lower(std::string(header.string_or("name", ""))) == wanted) {
      return std::string(header.string_or("value", ""));
    }
  }
  return {};
}

}  // namespace

Expected<KeyedCounts> read_keyed_har(const std::string& path, const FileContent& content, const KeyPlace& key,
                                     const KeyPlace& plan, const TakeKeyedRequest& take) {
  KeyedCounts counts;
  json::Selector selector;
  for (const char* part : {"startedDateTime", "request/url", "request/headers", "response/status"}) {
    selector.keep(std::string("log/entries/*/") + part);
  }
  selector.each("log/entries/*", [&](std::string_view, Value&& entry) {
    ++counts.lines;
    if (counts.lines > kMaxHarEntries) {
      return false;
    }
    const std::string started = text_at(entry, {"startedDateTime"});
    const std::string key_value = value_in(entry, key);
    const std::string plan_value = value_in(entry, plan);
    const Value* status = entry.at({"response", "status"});
    const double* code = status == nullptr ? nullptr : status->number();
    constexpr double kMostStatus = 999;
    KeyedRequest request;
    request.at_ms = time_ms(started).value_or(-1);
    request.whole_seconds = started.find('.') == std::string::npos;
    request.key = key_value;
    request.plan = plan_value;
    request.status = code != nullptr && *code >= 0 && *code <= kMostStatus ? static_cast<int>(*code) : 0;
    request.line = counts.lines;
    ++counts.requests;
    take(request);
    return true;
  });
  const Expected<Value> rest = json::select(path, content, selector);
  if (!rest) {
    return tl::unexpected(rest.error());
  }
  if (counts.lines > kMaxHarEntries) {
    return fail(ErrorKind::kInput, fmt::format("the capture holds more than {} entries", kMaxHarEntries),
                Location::of(path), "split the capture");
  }
  return counts;
}

}  // namespace budgetcheck
