#include "detect/capture/uncompressed_response.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "detect/capture/exchange_group.h"
#include "detect/capture/sites.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

double uncompressed_bytes(const Exchange& exchange, const Rule& rule) {
  constexpr int kOk = 200;
  constexpr int kPartialContent = 206;
  constexpr int kRedirects = 300;
  const bool whole = exchange.status >= kOk && exchange.status < kRedirects && exchange.status != kPartialContent;
  const bool plain = exchange.content_encoding.empty() || exchange.content_encoding == "identity";
  if (!whole || !plain || exchange.from_cache || !is_compressible(exchange.mime_type) ||
      exchange.decoded_bytes < rule.param("min_bytes")) {
    return -1;
  }
  // Some proxies compress and drop the header; the sizes show it.
  const double on_wire = exchange.body_bytes >= 0 ? exchange.body_bytes : exchange.transfer_bytes;
  return on_wire >= exchange.decoded_bytes ? exchange.decoded_bytes : -1;
}

std::string advice(const Exchange& exchange) {
  if (is_routed(exchange)) {
    return fmt::format(
        "Compress them in the server (Next.js compress: true, Express compression(), @fastify/compress) or in nginx "
        "(gzip_types {})",
        exchange.mime_type);
  }
  return fmt::format(
      "Serve static files compressed: nginx 'gzip on' (or gzip_static, brotli_static) with gzip_types {}, Express "
      "app.use(compression()) before express.static, or let the CDN do it",
      exchange.mime_type);
}

}  // namespace

void detect_uncompressed_response(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const Sites sites(facts);
  for (const ExchangeGroup& group : offending_groups(facts, rule, uncompressed_bytes)) {
    Finding& finding = findings.emplace_back();
    finding.rule = rule.id;
    const bool foreign = sites.is_foreign(*group.worst);
    finding.level = foreign ? std::min(rule.level, Level::kNote) : rule.level;
    finding.subject = group.subject;
    finding.message = fmt::format("'{}' sends {} of {} without compression{}{}", group.subject,
                                  format_quantity(group.worst_bytes, Unit::kBytes), group.worst->mime_type,
                                  in_all(group), foreign ? ", from another site" : "");
    finding.location = group.worst->location;
    finding.evidence.count = group.count;
    finding.evidence.input = group.worst->location.file;
    finding.evidence.route = is_routed(*group.worst) ? group.subject : "";
    finding.evidence.details = {{"host", group.worst->host},
                                {"largest body", format_quantity(group.worst_bytes, Unit::kBytes)}};
    finding.fix.text = advice(*group.worst);
    finding.magnitude = group.worst_bytes;
    finding.key = finding_key(rule.id, {group.stable});
  }
}

}  // namespace budgetcheck
