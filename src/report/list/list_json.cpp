#include <cmath>

#include "report/list/list.h"
#include "results/document.h"
#include "results/write.h"

namespace budgetcheck {
namespace {

using json::Writer;

std::string measurement(const ListedMeasurement& m) {
  return json_record([&](Writer& w) {
    w.member("metric", m.metric);
    write_where(w, m.where);
    w.member("unit", unit_symbol(m.unit));
    if (std::isfinite(m.value)) {
      w.member("value", m.value);
    }
    w.member("stat", to_string(m.stat)).member("runs", m.runs);
    if (m.lower_bound) {
      w.member("is_lower_bound", true).member("reason", m.lower_bound_reason);
    }
    w.key("budgets").begin_array();
    for (const std::string& id : m.budgets) {
      w.string(id);
    }
    w.end_array();
    write_location(w, "location", m.location);
  });
}

std::string gap(const Unmeasured& u) {
  return json_record([&](Writer& w) {
    w.member("metric", u.metric);
    write_where(w, u.where);
    w.member("reason", u.reason);
    if (!u.hint.empty()) {
      w.member("hint", u.hint);
    }
    w.member("input_at_fault", u.input_at_fault);
    write_location(w, "location", u.location);
  });
}

template <class Item, class Write>
std::vector<std::string> lines_of(const std::vector<Item>& items, const Write& write) {
  std::vector<std::string> lines;
  for (const Item& item : items) {
    lines.push_back(write(item));
  }
  return lines;
}

}  // namespace

std::string render_list_json(const Listing& listing, const Rendering& /*rendering*/) {
  JsonDocument document;
  document.raw("version", "1");
  document.raw(
      "tool", json_record([&](Writer& w) { w.member("name", "budgetcheck").member("version", listing.tool_version); }));
  document.text("budgets_path", listing.budgets_path);
  document.list("inputs", lines_of(listing.inputs, [](const Input& one) { return json_line(one, write_input); }));
  document.list("measurements", lines_of(listing.measurements, measurement));
  document.raw("others", std::to_string(listing.others));
  document.list("not_measured", lines_of(listing.unmeasured, gap));
  document.list("notes", lines_of(listing.notes, [](const std::string& one) { return quoted(one); }));
  return document.take();
}

}  // namespace budgetcheck
