#include "budget/catalogue.h"
#include "collect/keyed_requests.h"
#include "fuzz.h"
#include "generate/limits/nginx_policy.h"
#include "report/review/limits_review.h"

// What `budgetcheck review limits` and the comparison with nginx read. The first line says where the key stands (a
// variable or a field), or "nginx"; the rest is a log, a capture or a configuration.
namespace budgetcheck {
namespace {

RateLimits plans() {
  RateLimits limits;
  limits.key = "$http_x_api_key";
  LimitPlan free;
  free.name = "free";
  free.rate = {5, 1, "5/s"};
  free.burst = 2;
  limits.plans = {free};
  return limits;
}

void compare(std::string_view text) {
  MemoryFileSystem files;
  files.add("a.conf", std::string(text));
  const NginxComparison compared = compare_nginx(files, shipped_rules(), plans(), {"a.conf"}, ".");
  for (const Finding& finding : compared.findings) {
    fuzz::require_printable(finding.message + finding.fix.text + finding.subject, "findings are printable");
    fuzz::require(!finding.key.empty() && finding.location.line + 1 > 0, "findings have a key");
  }
  fuzz::require(compared.unread.empty() || compared.findings.empty(), "what is not understood is not judged");
}

void replay(std::string_view where, std::string_view text) {
  MemoryFileSystem files;
  files.add("a.log", std::string(text));
  const RateLimits limits = plans();
  LimitReplay limiter(limits, 8);
  const KeyPlace key = key_place(std::string(where));
  std::uint64_t shown = 0;
  const auto counts = read_keyed_requests(files, "a.log", key, {}, [&](const KeyedRequest& one) {
    ++shown;
    limiter.take({one.at_ms, one.whole_seconds, one.key, one.plan, one.status, "a.log", one.line});
  });
  fuzz::require(!counts || counts->requests == shown, "each request is shown");
  LimitsReview review{{"a.log"}, limiter.finish(), {}};
  for (const ReplayedPlan& plan : review.replay.plans) {
    fuzz::require(plan.count.limited <= plan.count.requests && plan.count.most <= plan.count.requests,
                  "no more are limited than there are");
  }
  for (const std::string& rendered : {render_limits_text(review), render_limits_markdown(review)}) {
    fuzz::require(valid_utf8(rendered) == rendered, "what is shown is UTF-8");
  }
}

}  // namespace
}  // namespace budgetcheck

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string text = fuzz::text_of(data, size);
  std::string_view rest = text;
  const std::string_view where = fuzz::next_line(rest);
  if (where == "nginx") {
    compare(rest);
  } else {
    replay(where, rest);
  }
  return 0;
}
