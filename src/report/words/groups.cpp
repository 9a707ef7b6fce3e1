#include "report/words/groups.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "report/words/finding_words.h"

namespace budgetcheck {
namespace {

/// Pairs that are compared one by one; beyond it a problem may be told twice, and none is lost.
constexpr std::size_t kMostCompared = 400;

std::string label_of(const Labels& where, std::string_view name) {
  const std::string* value = where.find(name);
  return value == nullptr ? std::string() : *value;
}

bool is_any_of(std::string_view metric, std::initializer_list<std::string_view> metrics) {
  return std::find(metrics.begin(), metrics.end(), metric) != metrics.end();
}

/// "image" of "lighthouse.resource.image.bytes"; empty: it is no such metric.
std::string_view resource_type(std::string_view metric, std::string_view what) {
  constexpr std::string_view kFamily = "lighthouse.resource.";
  if (!metric.starts_with(kFamily) || !metric.ends_with(what) || metric.size() <= kFamily.size() + what.size()) {
    return {};
  }
  return metric.substr(kFamily.size(), metric.size() - kFamily.size() - what.size());
}

/// What a page loads, whoever measured it: Lighthouse on a phone or a desktop, or a capture of the network.
std::string page_load(std::string_view what, const Labels& where, std::string_view type) {
  return "page " + std::string(what) + "\n" + label_of(where, "page") + "\n" + label_of(where, "host") + "\n" +
         std::string(type == "total" ? "" : type);
}

/// Of a report of several apps, which one the finding is of; else empty.
std::string app_of(const Finding& finding) {
  const std::size_t slash = finding.key.rfind('/');
  return slash == std::string::npos ? std::string() : finding.key.substr(0, slash);
}

/// Places of two apps are never one.
std::string of_app(const std::string& app, const std::string& place) { return app + "\n" + place; }

/// Equal for verdicts on one quantity of one app.
std::string quantity_of(const Verdict& verdict) {
  if (is_unmeasured(verdict)) {
    return "why\n" + verdict.message;
  }
  const std::string_view metric = verdict.metric;
  const bool is_of_page = verdict.where.find("page") != nullptr;
  const bool is_of_all_sources = verdict.where.find("origin") == nullptr && verdict.where.find("entity") == nullptr;
  const std::string_view bytes_of = resource_type(metric, ".bytes");
  const std::string_view requests_of = resource_type(metric, ".requests");
  if (is_of_page && is_of_all_sources && !bytes_of.empty()) {
    return page_load("bytes", verdict.where, bytes_of);
  }
  if (is_of_page && is_of_all_sources && !requests_of.empty()) {
    return page_load("requests", verdict.where, requests_of);
  }
  if (is_of_page && metric == "lighthouse.total-byte-weight") {
    return page_load("bytes", verdict.where, "");
  }
  const bool is_sent = is_any_of(metric, {"payload.transfer", "payload.body", "payload.decoded"});
  if (is_of_page && verdict.where.find("status") == nullptr && (is_sent || metric == "payload.requests")) {
    return page_load(is_sent ? "bytes" : "requests", verdict.where, label_of(verdict.where, "type"));
  }
  const std::string_view family = is_sent                                                             ? "payload"
                                  : is_any_of(metric, {"bundle.raw", "bundle.gzip", "bundle.brotli"}) ? "bundle"
                                                                                                      : metric;
  return std::string(family) + "\n" + to_string(verdict.where);
}

/// How far it is over its maximum; nothing: it is not.
std::optional<double> excess(const Verdict& verdict) {
  const bool is_over = verdict.value && verdict.limit && !verdict.limit_is_min && *verdict.value > *verdict.limit;
  return is_over ? std::optional<double>(*verdict.value - *verdict.limit) : std::nullopt;
}

/// Verdicts and findings by number (findings after verdicts), and which of them are one problem.
class Grouping {
 public:
  explicit Grouping(const Report& report) : report_(report) {
    for (const Verdict* verdict : worst_first(report.verdicts)) {
      if (gravity(*verdict) <= Gravity::kWarns && !alters_gate(*verdict)) {
        verdicts_.push_back(verdict);
      }
    }
    for (const Finding* finding : worst_first(report.findings)) {
      const Gravity g = gravity(*finding);
      if (g == Gravity::kFails || g == Gravity::kWarns || g == Gravity::kNote) {
        findings_.push_back(finding);
      }
    }
    leader_.resize(verdicts_.size() + findings_.size());
    std::iota(leader_.begin(), leader_.end(), std::size_t{0});
  }

  std::vector<Group> groups() {
    join_quantities();
    join_causes();
    join_findings();
    join_places();
    join_parts();
    const std::vector<std::size_t> sizes = group_sizes();
    join_lists(sizes);
    return collected(sizes);
  }

 private:
  using Places = std::map<std::string, std::vector<std::size_t>>;

  std::size_t number_of_finding(std::size_t index) const { return verdicts_.size() + index; }

  std::size_t leader(std::size_t item) {
    while (leader_[item] != item) {
      leader_[item] = leader_[leader_[item]];
      item = leader_[item];
    }
    return item;
  }

  /// The smaller number leads, so that groups do not depend on the order in which they are joined.
  void unite(std::size_t a, std::size_t b) {
    const std::size_t first = leader(a);
    const std::size_t second = leader(b);
    leader_[std::max(first, second)] = std::min(first, second);
  }

  void join_quantities() {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      const std::string quantity = of_app(verdicts_[i]->app, quantity_of(*verdicts_[i]));
      unite(i, first.try_emplace(quantity, i).first->second);
    }
  }

  void join_findings() {
    Places by_route;
    Places by_page;
    Places by_queue;
    std::vector<std::size_t> bundles;
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      if (const std::string* route = verdicts_[i]->where.find("route")) {
        by_route[of_app(verdicts_[i]->app, *route)].push_back(i);
      }
      if (const std::string* page = verdicts_[i]->where.find("page")) {
        by_page[of_app(verdicts_[i]->app, *page)].push_back(i);
      }
      if (const std::string* queue = verdicts_[i]->where.find("queue")) {
        by_queue[of_app(verdicts_[i]->app, *queue)].push_back(i);
      }
      if (verdicts_[i]->metric.starts_with("bundle.") && bundles.size() < kMostCompared) {
        bundles.push_back(i);
      }
    }
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const Finding& finding = *findings_[i];
      join_explained(by_route, finding.evidence.route, i);
      join_explained(by_page, detail_of(finding, "page"), i);
      join_explained(by_queue, detail_of(finding, "queue"), i);
      join_bundle(bundles, i);
    }
  }

  bool explains(const Finding& finding, const Verdict& verdict) const {
    const Rule* rule = report_.rules.find(finding.rule);
    return rule != nullptr && std::any_of(rule->explains.begin(), rule->explains.end(), [&](const std::string& name) {
             return name.ends_with('.') ? verdict.metric.starts_with(name) : verdict.metric == name;
           });
  }

  void join_explained(const Places& places, const std::string& place, std::size_t finding) {
    const auto found = place.empty() ? places.end() : places.find(of_app(app_of(*findings_[finding]), place));
    const std::size_t candidates = found == places.end() ? 0 : std::min(found->second.size(), kMostCompared);
    for (std::size_t i = 0; i < candidates; ++i) {
      if (explains(*findings_[finding], *verdicts_[found->second[i]])) {
        unite(found->second[i], number_of_finding(finding));
      }
    }
  }

  static std::string detail_of(const Finding& finding, std::string_view name) {
    const auto& details = finding.evidence.details;
    const auto found = std::find_if(details.begin(), details.end(), [&](const auto& one) { return one.first == name; });
    return found == details.end() ? std::string() : found->second;
  }

  /// What the whole bundle and one of its entries grew by is one thing; so are its new copy and its growth.
  void join_causes() {
    std::map<std::string, std::size_t> first;
    const auto name_of = [](const std::string& kind, const std::string& name) { return kind + "\n" + name; };
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      if (!verdicts_[i]->causes.empty() &&
          verdicts_[i]->causes.front().name != rest_name(verdicts_[i]->causes.front().kind)) {
        const Cause& cause = verdicts_[i]->causes.front();
        unite(i, first.try_emplace(of_app(verdicts_[i]->app, name_of(cause.kind, cause.name)), i).first->second);
      }
    }
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      for (const std::string_view kind : {"package", "bundled package"}) {
        const auto found = first.find(of_app(app_of(*findings_[i]), name_of(std::string(kind), findings_[i]->subject)));
        if (found != first.end() && explains(*findings_[i], *verdicts_[found->second])) {
          unite(found->second, number_of_finding(i));
        }
      }
    }
  }

  void join_bundle(const std::vector<std::size_t>& bundles, std::size_t index) {
    const Finding& finding = *findings_[index];
    for (const std::size_t i : bundles) {
      const Verdict& verdict = *verdicts_[i];
      if (explains(finding, verdict) && verdict.app == app_of(finding) &&
          verdict.sample_location.file == finding.location.file && holds(verdict, finding.subject)) {
        unite(i, number_of_finding(index));
      }
    }
  }

  /// Whether the package, or whatever else the finding is about, is in what the verdict measures. Where packages are
  /// not known by place (nothing but the whole build is), they are in all scripts.
  bool holds(const Verdict& verdict, const std::string& subject) {
    if (const std::string* package = verdict.where.find("package")) {
      return *package == subject;
    }
    Labels place = verdict.where;
    const std::string type = label_of(place, "type");
    place.erase("type");
    if (!type.empty() && type != "js") {
      return false;
    }
    if (packages_.empty()) {
      for (const Part& part : report_.parts) {
        if (is_package_kind(part.kind)) {
          packages_[part.where].insert(part.name);
        }
      }
    }
    const auto known = packages_.find(place);
    return known == packages_.end() || known->second.contains(subject);
  }

  /// The images of a page are over by 90 kB and the whole page by 60: what mends the images mends the page.
  void join_parts() {
    std::map<std::string, std::vector<std::size_t>> over;
    for (std::size_t i = 0; i < verdicts_.size(); ++i) {
      const Verdict& verdict = *verdicts_[i];
      std::vector<std::size_t>& same = over[verdict.metric];
      if (verdict.unit == Unit::kBytes && excess(verdict) && same.size() < kMostCompared) {
        same.push_back(i);
      }
    }
    for (const auto& [metric, same] : over) {
      for (const std::size_t whole : same) {
        for (const std::size_t part : same) {
          const Verdict& w = *verdicts_[whole];
          const Verdict& p = *verdicts_[part];
          if (w.where.size() < p.where.size() && w.where.subset_of(p.where) && *excess(w) <= *excess(p)) {
            unite(whole, part);
          }
        }
      }
    }
  }

  /// One rule at one place: two kinds of files of a folder, two loops of a route.
  void join_places() {
    std::map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const Finding& f = *findings_[i];
      if (!f.subject.empty()) {
        const std::string place = of_app(app_of(f), f.rule + "\n" + f.location.file + "\n" + f.subject);
        unite(number_of_finding(i), number_of_finding(first.try_emplace(place, i).first->second));
      }
    }
  }

  std::vector<std::size_t> group_sizes() {
    std::vector<std::size_t> sizes(leader_.size(), 0);
    for (std::size_t i = 0; i < leader_.size(); ++i) {
      ++sizes[leader(i)];
    }
    return sizes;
  }

  /// What is alone after all that is known of causes, and says the same as others that are.
  void join_lists(const std::vector<std::size_t>& sizes) {
    std::map<std::string, std::size_t> first;
    const auto is_alone = [&](std::size_t item) { return sizes[leader_[item]] == 1 && leader_[item] == item; };
    std::vector<std::size_t> alone;
    for (std::size_t i = 0; i < leader_.size(); ++i) {
      if (is_alone(i)) {
        alone.push_back(i);
      }
    }
    for (const std::size_t i : alone) {
      std::string same;
      if (i < verdicts_.size()) {
        same = "budget\n" + verdicts_[i]->budget + "\n" + verdicts_[i]->code + "\n" +
               std::string(to_string(verdicts_[i]->status));
      } else {
        const Finding& finding = *findings_[i - verdicts_.size()];
        same = of_app(app_of(finding), "rule") + "\n" + finding.rule + "\n" + std::string(status_word(finding)) + "\n" +
               next_step(finding, report_.rules);
      }
      unite(i, first.try_emplace(same, i).first->second);
    }
  }

  std::vector<Group> collected(const std::vector<std::size_t>& sizes_before_lists) {
    std::map<std::size_t, Group> by_leader;
    for (std::size_t i = 0; i < leader_.size(); ++i) {
      Group& group = by_leader[leader(i)];
      if (i < verdicts_.size()) {
        group.verdicts.push_back(verdicts_[i]);
        group.gravity = std::min(group.gravity, gravity(*verdicts_[i]));
      } else {
        group.findings.push_back(findings_[i - verdicts_.size()]);
        group.gravity = std::min(group.gravity, gravity(*findings_[i - verdicts_.size()]));
      }
    }
    std::vector<Group> out;
    for (auto& [number, group] : by_leader) {
      group.is_list = sizes_before_lists[number] == 1 && group.verdicts.size() + group.findings.size() > 1;
      out.push_back(std::move(group));
    }
    std::stable_sort(out.begin(), out.end(), [](const Group& a, const Group& b) { return a.gravity < b.gravity; });
    return out;
  }

  const Report& report_;
  std::vector<const Verdict*> verdicts_;
  std::vector<const Finding*> findings_;
  std::vector<std::size_t> leader_;
  std::map<Labels, std::set<std::string>> packages_;  ///< of each place that has any
};

}  // namespace

bool is_unmeasured(const Verdict& verdict) {
  return verdict.status == Status::kInconclusive && !verdict.value && verdict.code == "NO_MATCH" &&
         !verdict.message.empty();
}

std::vector<Group> problem_groups(const Report& report) { return Grouping(report).groups(); }

}  // namespace budgetcheck
