#include "results/outcome.h"

#include <fmt/format.h>

#include "json/stream/select.h"
#include "results/fields.h"

namespace budgetcheck {
namespace {

using json::Value;

StoredVerdict read_verdict(const Value& value) {
  return {text_at(value, "budget"), text_at(value, "metric"), labels_at(value), text_at(value, "status"),
          text_at(value, "code")};
}

}  // namespace

std::vector<StoredVerdict> read_verdicts(const Value& document) {
  std::vector<StoredVerdict> out;
  if (const Value* verdicts = document.find("verdicts"); verdicts != nullptr && verdicts->array() != nullptr) {
    for (const Value& verdict : *verdicts->array()) {
      if (verdict.is_object()) {
        out.push_back(read_verdict(verdict));
      }
    }
  }
  return out;
}

Expected<ResultsOutcome> read_outcome(const std::string& path, std::string_view bytes, const std::string& app) {
  json::Selector wanted;
  for (const char* key : {"outcome", "tool/version", "verdicts/*/budget", "verdicts/*/metric", "verdicts/*/where",
                          "verdicts/*/status", "verdicts/*/code"}) {
    wanted.keep(key);
    wanted.keep(fmt::format("apps/*/{}", key));
  }
  wanted.keep("apps/*/app");
  Expected<Value> whole = json::select_text(path, bytes, wanted);
  if (!whole) {
    return tl::unexpected(std::move(whole.error()));
  }
  const Value* document = &*whole;
  each_at(*whole, "apps", [&](const Value& one) { document = text_at(one, "app") == app ? &one : document; });
  ResultsOutcome out;
  out.outcome = document->string_or("outcome", "");
  if (const Value* version = document->at({"tool", "version"}); version != nullptr && version->string() != nullptr) {
    out.tool_version = *version->string();
  }
  out.verdicts = read_verdicts(*document);
  return out;
}

}  // namespace budgetcheck
