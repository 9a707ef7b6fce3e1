#include "collect/lighthouse/field_data.h"

#include "collect/http/page_label.h"
#include "collect/lighthouse/field_metrics.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kPage = "loadingExperience";
constexpr std::string_view kOrigin = "originLoadingExperience";

bool is_url(std::string_view text) { return !url_origin(text).empty(); }

/// The page that the data is of: what it was found under, else what was asked for.
std::string url_of(const json::Value& answer, const json::Value& experience) {
  for (const std::string_view url :
       {experience.string_or("id", ""), experience.string_or("initial_url", ""), answer.string_or("id", "")}) {
    if (is_url(url)) {
      return std::string(url);
    }
  }
  return {};
}

std::size_t collect_experience(const json::Value& experience, const std::string& file, const FieldKey& key,
                               Facts& facts) {
  FieldRecord record(file, key, facts);
  for (const FieldMetric& metric : field_metrics()) {
    if (!metric.pagespeed.empty()) {
      record.add(metric,
                 {experience.at({"metrics", metric.pagespeed, "percentile"}),
                  "/metrics/" + std::string(metric.pagespeed) + "/percentile"},
                 metric.pagespeed_scale);
    }
  }
  return record.measured();
}

}  // namespace

void select_field_data(json::Selector& wanted, const std::string& prefix) {
  wanted.keep(prefix + "id");
  for (const std::string_view part : {kPage, kOrigin}) {
    for (const std::string_view path : {"id", "initial_url", "origin_fallback", "metrics/*/percentile"}) {
      wanted.keep(prefix + std::string(part) + "/" + std::string(path));
    }
  }
}

bool has_field_data(const json::Value& answer) {
  return answer.find(kPage) != nullptr || answer.find(kOrigin) != nullptr;
}

void collect_field_data(const json::Value& answer, const std::string& file, const std::string& pointer,
                        const std::string& device, Account& account, Facts& facts) {
  std::size_t measured = 0;
  if (const json::Value* page = answer.find(kPage)) {
    const json::Value* fallback = page->find("origin_fallback");
    const bool is_of_origin = fallback != nullptr && fallback->boolean() != nullptr && *fallback->boolean();
    const FieldKey key{url_of(answer, *page), "", device, pointer + "/" + std::string(kPage)};
    const json::Value none;
    measured += collect_experience(is_of_origin ? none : *page, file, key, facts);
  }
  if (const json::Value* origin = answer.find(kOrigin)) {
    const FieldKey key{"", url_of(answer, *origin), device, pointer + "/" + std::string(kOrigin)};
    measured += collect_experience(*origin, file, key, facts);
  }
  if (measured == 0) {
    account.note("it has no field data: too few people visited the page", kTooFewVisits);
  }
}

}  // namespace budgetcheck
