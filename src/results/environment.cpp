#include "results/environment.h"

#include <cmath>

namespace budgetcheck {
namespace {

constexpr std::size_t kMostRuns = 1000;
constexpr std::size_t kMostParts = 100;

}  // namespace

Environment read_environment(const json::Value& value) {
  Environment out;
  out.key = value.string_or("key", "");
  if (const json::Value* paired = value.find("paired"); paired != nullptr && paired->boolean() != nullptr) {
    out.paired = *paired->boolean();
  }
  const json::Value* index = value.find("benchmark_index");
  if (index != nullptr && index->array() != nullptr) {
    for (const json::Value& run : *index->array()) {
      if (run.number() != nullptr && std::isfinite(*run.number()) && out.benchmark_index.size() < kMostRuns) {
        out.benchmark_index.push_back(*run.number());
      }
    }
  }
  const json::Value* parts = value.find("parts");
  if (parts != nullptr && parts->object() != nullptr) {
    for (const json::Member& part : *parts->object()) {
      if (part.value.string() != nullptr && out.parts.size() < kMostParts) {
        out.parts.emplace(part.key, *part.value.string());
      }
    }
  }
  return out;
}

void write_environment(json::Writer& writer, const Environment& environment) {
  writer.begin_object();
  if (!environment.key.empty()) {
    writer.member("key", environment.key);
  }
  writer.member("paired", environment.paired);
  if (!environment.benchmark_index.empty()) {
    writer.key("benchmark_index").begin_array();
    for (const double run : environment.benchmark_index) {
      writer.number(run);
    }
    writer.end_array();
  }
  if (!environment.parts.empty()) {
    writer.key("parts").begin_object();
    for (const auto& [name, text] : environment.parts) {
      writer.member(name, text);
    }
    writer.end_object();
  }
  writer.end_object();
}

}  // namespace budgetcheck
