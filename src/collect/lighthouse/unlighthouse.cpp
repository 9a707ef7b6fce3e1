#include "collect/lighthouse/unlighthouse.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/account.h"
#include "collect/http/page_label.h"
#include "collect/lighthouse/audits.h"
#include "collect/lighthouse/values.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNotes = 4;
constexpr std::size_t kMaxRoutes = 20'000;
constexpr std::string_view kScanAgain = "run unlighthouse-ci again";

/// A score is a hundredth, and 0.57 * 100 is not 57.
double points(double score) {
  constexpr double kScale = 1e8;
  return std::round(score * kScale) / (kScale / 100);
}

class RouteCollector {
 public:
  RouteCollector(const std::string& file, Account& account, Facts& facts)
      : file_(file), account_(account), facts_(facts) {}

  void add(const json::Value& route, const std::string& pointer) {
    ++routes_;
    const std::string_view path = route.string_or("path", "");
    const json::Object* members = route.object();
    if (path.empty() || members == nullptr) {
      account_.incomplete(fmt::format("'{}' names no path", pointer), kScanAgain);
      return;
    }
    where_ = Labels{{"page", page_label(path)}};
    pointer_ = pointer;
    const std::size_t before = facts_.samples.size();
    const json::Value* categories = route.find("categories");
    if (const json::Object* scores = categories == nullptr ? nullptr : categories->object()) {
      for (const json::Member& category : *scores) {
        add_score(category.key, category.value.find("score"));
      }
    } else {
      for (const json::Member& member : *members) {
        if (looks_like_name(member.key) && member.key != "path" && member.key != "score" && member.key != "metrics") {
          add_score(member.key, &member.value);
        }
      }
    }
    const json::Value* metrics = route.find("metrics");
    if (const json::Object* audits = metrics == nullptr ? nullptr : metrics->object()) {
      for (const json::Member& audit : *audits) {
        add_metric(audit.key, audit.value.find("numericValue"));
      }
    }
    if (facts_.samples.size() == before) {
      account_.incomplete(fmt::format("the page '{}' has no score", *where_.find("page")), kScanAgain);
    }
  }

  std::size_t routes() const { return routes_; }

 private:
  void add_score(const std::string& category, const json::Value* value) {
    const double* score = finite_number(value);
    const std::string metric = "lighthouse.score." + shown_name(category);
    if (score == nullptr || *score < 0 || *score > 1) {
      leave_open(metric, fmt::format("the category '{}' has no score", shown_name(category)));
    } else {
      add_sample(metric, Unit::kPoints, points(*score));
    }
  }

  void add_metric(const std::string& id, const json::Value* value) {
    const AuditRow* row = find_known_audit(id);
    const double* number = finite_number(value);
    if (row == nullptr || number == nullptr || *number < 0) {
      leave_open(audit_metric(id), fmt::format("the audit '{}' has no number", shown_name(id)));
    } else {
      add_sample(audit_metric(id), row->unit, *number);
    }
  }

  void add_sample(const std::string& metric, Unit unit, double value) {
    Sample sample;
    sample.metric = metric;
    sample.where = where_;
    sample.unit = unit;
    sample.value = Runs{value};
    sample.location = {file_, 0, 0, pointer_};
    sample.source = "Unlighthouse";
    facts_.samples.push_back(std::move(sample));
  }

  void leave_open(const std::string& metric, std::string reason) {
    facts_.unmeasured.push_back(
        {metric, where_, std::move(reason), std::string(kScanAgain), {file_, 0, 0, pointer_}, true});
  }

  const std::string& file_;
  Account& account_;
  Facts& facts_;
  Labels where_;
  std::string pointer_;
  std::size_t routes_ = 0;
};

bool recognises(const Sniff& sniff) {
  const auto names = [&](std::string_view key) {
    return sniff.head.find("\"" + std::string(key) + "\"") != std::string_view::npos;
  };
  const bool is_list = sniff.is_array && names("path") && names("score") &&
                       (names("performance") || names("accessibility") || names("best-practices") || names("seo"));
  return is_list || (sniff.is_object && sniff.has("summary") && sniff.has("routes") && sniff.has("metadata"));
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  Account account(input, kMaxNotes);
  RouteCollector routes(source.path, account, facts);
  json::Selector wanted;
  const bool is_list = trim(sniff(source.path, *source.content, false).head).starts_with('[');
  const std::string list = is_list ? "" : "routes/";
  wanted.keep(list + "*");
  wanted.each(list + "*", [&](std::string_view index, json::Value&& route) {
    routes.add(route, fmt::format("/{}{}", list, index));
    return routes.routes() < kMaxRoutes;
  });
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  if (routes.routes() == 0) {
    account.incomplete("Unlighthouse scanned no page", kScanAgain, "lighthouse.", Location::of(source.path), facts);
  } else if (routes.routes() >= kMaxRoutes) {
    account.incomplete(fmt::format("only the first {} were read", counted(kMaxRoutes, "page")),
                       "scan the site in several parts", "lighthouse.", Location::of(source.path), facts);
  }
  if (is_list) {
    facts.unmeasured.push_back({"lighthouse.",
                                {},
                                "this report of Unlighthouse has scores only",
                                "write it with --reporter jsonExpanded, which has metrics too",
                                Location::of(source.path),
                                false});
  }
  account.note("Unlighthouse does not write the device and the throttling, so they are no labels");
  return {};
}

}  // namespace

Format unlighthouse_format() {
  Format format{"unlighthouse", {"lighthouse."}, recognises, collect};
  format.is_given_as = "Unlighthouse (ci-result.json)";
  format.page =
      "`ci-result.json` of `unlighthouse-ci`: the scores of each page, and with `--reporter jsonExpanded` its metrics "
      "too. It names neither device nor throttling, so budgets on it have only `page` in `where`.";
  format.copy_is_same_run = true;
  return format;
}

}  // namespace budgetcheck
