#include "detect/capture/oversized_response.h"

#include <fmt/format.h>

#include "base/units.h"
#include "detect/capture/exchange_group.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

double oversized_bytes(const Exchange& exchange, const Rule& rule) {
  if (failed(exchange) || !is_routed(exchange) || !is_json(exchange.mime_type)) {
    return -1;
  }
  const double bytes = exchange.decoded_bytes >= 0 ? exchange.decoded_bytes : exchange.body_bytes;
  return bytes > rule.param("max_bytes") ? bytes : -1;
}

}  // namespace

void detect_oversized_response(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const double limit = rule.param("max_bytes");
  for (const ExchangeGroup& group : offending_groups(facts, rule, oversized_bytes)) {
    Finding& finding = findings.emplace_back();
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = group.subject;
    finding.message = fmt::format("'{}' answers with {}{} of JSON, more than {}{}", group.subject,
                                  group.worst->decoded_bytes < 0 ? "at least " : "",
                                  format_quantity(group.worst_bytes, Unit::kBytes, limit),
                                  format_quantity(limit, Unit::kBytes), in_all(group));
    finding.location = group.worst->location;
    finding.evidence.count = group.count;
    finding.evidence.input = group.worst->location.file;
    finding.evidence.route = group.subject;
    finding.evidence.details = {{"host", group.worst->host}};
    finding.fix.text =
        "Page through the list (Prisma: take and cursor; in the API: ?limit=) and name the fields that the page shows "
        "(Prisma: select in place of include)";
    finding.magnitude = group.worst_bytes;
    finding.key = finding_key(rule.id, {group.stable});
  }
}

}  // namespace budgetcheck
