#include "results/causes.h"

#include "base/units.h"
#include "results/fields.h"

namespace budgetcheck {
namespace {

Cause cause_of(const json::Value& v) {
  Cause out;
  for (const Cause::Change change :
       {Cause::Change::kNew, Cause::Change::kGone, Cause::Change::kBigger, Cause::Change::kSmaller}) {
    out.change = v.string_or("change", "") == to_string(change) ? change : out.change;
  }
  const UnitName unit = unit_at(v);
  out.kind = text_at(v, "kind");
  out.name = text_at(v, "name");
  out.unit = unit.unit;
  out.base = number_at(v, "base", unit.scale).value_or(0);
  out.now = number_at(v, "now", unit.scale).value_or(0);
  out.importer = text_at(v, "importer");
  out.at_least = flag_at(v, "at_least");
  return out;
}

}  // namespace

void write_causes(json::Writer& writer, const std::vector<Cause>& causes) {
  if (causes.empty()) {
    return;
  }
  writer.key("causes").begin_array();
  for (const Cause& cause : causes) {
    writer.begin_object();
    writer.member("change", to_string(cause.change)).member("kind", cause.kind).member("name", cause.name);
    writer.member("unit", unit_symbol(cause.unit)).member("base", cause.base).member("now", cause.now);
    if (!cause.importer.empty()) {
      writer.member("importer", cause.importer);
    }
    if (cause.at_least) {
      writer.member("at_least", true);
    }
    writer.end_object();
  }
  writer.end_array();
}

std::vector<Cause> read_causes(const json::Value& verdict) {
  std::vector<Cause> out;
  each_at(verdict, "causes", [&](const json::Value& cause) { out.push_back(cause_of(cause)); });
  return out;
}

}  // namespace budgetcheck
