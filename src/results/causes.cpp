#include "results/causes.h"

#include "base/units.h"

namespace budgetcheck {

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

}  // namespace budgetcheck
