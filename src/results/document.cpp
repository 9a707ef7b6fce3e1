#include "results/document.h"

namespace budgetcheck {

std::string quoted(std::string_view text) { return json::to_json(json::Value(std::string(text))); }

void JsonDocument::raw(std::string_view name, const std::string& json) {
  out_ += out_.empty() ? "{\n" : ",\n";
  out_ += quoted(name) + ": " + json;
}

void JsonDocument::text(std::string_view name, std::string_view value) {
  if (!value.empty()) {
    raw(name, quoted(value));
  }
}

void JsonDocument::list(std::string_view name, const std::vector<std::string>& records) {
  std::string json = "[";
  for (std::size_t i = 0; i < records.size(); ++i) {
    json += (i == 0 ? "\n  " : ",\n  ") + records[i];
  }
  raw(name, json + (records.empty() ? "]" : "\n]"));
}

}  // namespace budgetcheck
