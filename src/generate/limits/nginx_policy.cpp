#include "generate/limits/nginx_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/glob.h"
#include "base/number.h"
#include "base/text.h"
#include "detect/rule_findings.h"
#include "generate/limits/nginx_config.h"
#include "generate/limits/nginx_limits.h"

namespace budgetcheck {
namespace {

struct ConfigFile {
  std::string path;
  std::vector<NginxDirective> directives;
  std::map<std::size_t, std::string> statuses = {};  ///< limit_req_status by the block that it stands in
};

/// "5r/s" in requests a second; nothing for anything else.
std::optional<double> rate_of(const std::string& text) {
  constexpr double kMinute = 60;
  if (!text.ends_with("r/s") && !text.ends_with("r/m")) {
    return std::nullopt;
  }
  const std::optional<double> number = parse_number(std::string_view(text).substr(0, text.size() - 3));
  return number && text.ends_with("r/m") ? std::optional(*number / kMinute) : number;
}

std::string plain(std::string_view name) { return lower(replace_all(std::string(name), "-", "_")); }

/// The plan whose name stands in the zone's, between its ends and '_': the longest of several.
const LimitPlan* plan_of(const RateLimits& limits, const std::string& zone) {
  const std::string padded = "_" + plain(zone) + "_";
  const LimitPlan* best = nullptr;
  for (const LimitPlan& plan : limits.plans) {
    const bool is_in = padded.find("_" + plain(plan.name) + "_") != std::string::npos;
    best = is_in && (best == nullptr || plan.name.size() > best->name.size()) ? &plan : best;
  }
  return best;
}

class Policy {
 public:
  Policy(const Rule& rule, const RateLimits& limits, std::vector<ConfigFile> files)
      : rule_(rule), limits_(limits), files_(std::move(files)) {}

  std::vector<Finding> take() {
    for (ConfigFile& file : files_) {
      for (const NginxDirective& one : file.directives) {
        note_map(file, one);
        if (one.name() == "limit_req_status" && one.words.size() > 1) {
          file.statuses.emplace(one.parent, one.words[1]);
        }
      }
      const auto top = file.statuses.find(NginxDirective::kTop);
      top_status_ = top == file.statuses.end() ? top_status_ : top->second;
    }
    for (const ConfigFile& file : files_) {
      for (const NginxDirective& one : file.directives) {
        if (one.name() == "limit_req_zone") {
          check_zone(file, one);
        } else if (one.name() == "limit_req") {
          check_use(file, one);
        }
      }
    }
    for (const LimitPlan& plan : limits_.plans) {
      check_plan(plan);
    }
    return std::move(found_);
  }

 private:
  struct Zone {
    const ConfigFile* file = nullptr;
    const NginxDirective* directive = nullptr;
  };

  void add(const ConfigFile& file, const NginxDirective& at, std::string_view check, const std::string& subject,
           std::string message, std::string fix) {
    Finding finding;
    finding.rule = rule_.id;
    finding.level = rule_.level;
    finding.subject = fmt::format("{} {}", check, subject);
    finding.message = std::move(message);
    finding.location = {file.path, at.line, at.column, {}};
    finding.evidence.input = file.path;
    finding.evidence.line = at.line;
    finding.evidence.details = {{"check", std::string(check)}, {"plan", subject}};
    finding.fix.text = std::move(fix);
    found_.push_back(std::move(finding));
  }

  /// "map $key $limit_free { … "~^fr_" $http_x_api_key; }": what the variable may be.
  void note_map(const ConfigFile& file, const NginxDirective& one) {
    if (one.parent == NginxDirective::kTop || one.words.size() != 2) {
      return;
    }
    const NginxDirective& block = file.directives[one.parent];
    if (block.name() == "map" && block.words.size() > 2 && !one.words[1].empty()) {
      mapped_[block.words[2]].insert(one.words[1]);
    }
  }

  void check_zone(const ConfigFile& file, const NginxDirective& zone) {
    const std::string name = std::string(zone.argument("zone").value_or(""));
    const LimitPlan* plan = plan_of(limits_, name.substr(0, name.find(':')));
    if (plan == nullptr || zone.words.size() < 2) {
      return;
    }
    zones_[plan->name] = {&file, &zone};
    const std::string written = zone.argument("rate").value_or("1r/s");
    const std::optional<double> rate = rate_of(written);
    const double agreed = plan->rate.per_second();
    if (rate && std::fabs(*rate - agreed) > 1e-6 * agreed) {
      add(file, zone, "rate", plan->name,
          fmt::format("the zone '{}' lets through {}, and the plan '{}' says {}",
                      printable(name.substr(0, name.find(':'))), printable(written), plan->name, plan->rate.text),
          fmt::format("Write rate={}, or change the plan in the budgets file.",
                      nginx_rate(plan->rate).value_or(plan->rate.text)));
    }
    check_key(file, zone, *plan);
  }

  void check_key(const ConfigFile& file, const NginxDirective& zone, const LimitPlan& plan) {
    const std::string& variable = zone.words[1];
    if (limits_.key.empty() || variable == limits_.key) {
      return;
    }
    const auto mapped = mapped_.find(variable);
    const bool is_mapped = mapped != mapped_.end();
    const bool is_built_in = variable == "$binary_remote_addr" || variable.starts_with("$http_") ||
                             variable == "$remote_addr" || variable.starts_with("$cookie_") ||
                             variable.starts_with("$arg_") || variable == "$server_name";
    const bool is_address = (limits_.key == "$remote_addr" || limits_.key == "$binary_remote_addr") &&
                            (variable == "$remote_addr" || variable == "$binary_remote_addr");
    // Another variable may be set in a file that is not named.
    if (is_address || (is_mapped ? mapped->second.contains(limits_.key) : !is_built_in)) {
      return;
    }
    add(file, zone, "key", plan.name,
        fmt::format("the zone of the plan '{}' tells customers apart by {}, and the budgets file says {}", plan.name,
                    printable(is_mapped ? *mapped->second.begin() : variable), limits_.key),
        fmt::format("Limit by {}, or change the key in the budgets file.", limits_.key));
  }

  void check_use(const ConfigFile& file, const NginxDirective& use) {
    const std::string zone = use.argument("zone").value_or("");
    const LimitPlan* plan = plan_of(limits_, zone);
    if (plan == nullptr) {
      return;
    }
    used_.insert(plan->name);
    const std::string written = use.argument("burst").value_or("0");
    const std::optional<double> burst = parse_number(written);
    if (burst && *burst != static_cast<double>(plan->burst)) {
      add(file, use, "burst", plan->name,
          fmt::format("the zone '{}' takes a burst of {}, and the plan '{}' says {}", printable(zone),
                      printable(written), plan->name, plan->burst),
          fmt::format("Write burst={}, or change the plan in the budgets file.", plan->burst));
    }
    const std::string status = status_at(file, use);
    if (status != "429") {
      add(file, use, "status", plan->name,
          fmt::format("who is over the limit of '{}' is answered {}{}, which says that the service is down", plan->name,
                      printable(status), status == "503" ? "" : " and not 429"),
          "Write limit_req_status 429; beside it: clients wait and try again then.");
    }
  }

  /// What holds where a directive stands: the nearest one around it, or that of the files' tops; nginx' default is 503.
  std::string status_at(const ConfigFile& file, const NginxDirective& use) const {
    for (std::size_t block = use.parent;; block = file.directives[block].parent) {
      if (const auto found = file.statuses.find(block); found != file.statuses.end()) {
        return found->second;
      }
      if (block == NginxDirective::kTop) {
        return top_status_.empty() ? "503" : top_status_;
      }
    }
  }

  void check_plan(const LimitPlan& plan) {
    const auto zone = zones_.find(plan.name);
    if (zone == zones_.end()) {
      Finding finding;
      finding.rule = rule_.id;
      finding.level = rule_.level;
      finding.subject = "zone " + plan.name;
      finding.message = fmt::format(
          "no limit_req_zone in {} is named after the plan '{}', so nothing limits it",
          files_.size() == 1 ? "'" + printable(files_.front().path) + "'" : counted(files_.size(), "file"), plan.name);
      finding.location = plan.location;
      finding.evidence.input = files_.front().path;
      finding.evidence.details = {{"check", "zone"}, {"plan", plan.name}};
      finding.fix.text = fmt::format(
          "Add a zone for it: limit_req_zone … zone={}:1m rate={}; or name the file that has "
          "it under limits.nginx.",
          plain(plan.name), nginx_rate(plan.rate).value_or(plan.rate.text));
      finding.key = finding_key(rule_.id, {"zone", plan.name});
      found_.push_back(std::move(finding));
    } else if (!used_.contains(plan.name) && !used_.empty()) {
      add(*zone->second.file, *zone->second.directive, "unused", plan.name,
          fmt::format("the zone of the plan '{}' limits nothing: no limit_req names it", plan.name),
          "Add the limit_req beside those of the other plans.");
    }
  }

  const Rule& rule_;
  const RateLimits& limits_;
  std::vector<ConfigFile> files_;
  std::map<std::string, std::set<std::string>> mapped_;
  std::map<std::string, Zone> zones_;
  std::set<std::string> used_;
  std::string top_status_;
  std::vector<Finding> found_;
};

}  // namespace

NginxComparison compare_nginx(const FileSystem& files, const RuleSet& rules, const RateLimits& limits,
                              const std::vector<std::string>& globs, const std::string& folder) {
  NginxComparison out;
  const Rule* rule = rules.find("generated-file-stale");
  if (rule == nullptr || rule->level == Level::kOff || globs.empty()) {
    return out;
  }
  std::vector<ConfigFile> read;
  std::set<std::string> seen;
  for (const std::string& glob : globs) {
    const std::vector<std::string> paths = expand_path_glob(files, folder, glob);
    if (paths.empty()) {
      out.unread.push_back({ErrorKind::kInput, fmt::format("no file matches '{}'", printable(glob)),
                            limits.nginx_location,
                            "limits.nginx names configurations of nginx, relative to the "
                            "budgets file"});
    }
    for (const std::string& path : paths) {
      if (!seen.insert(path).second) {
        continue;
      }
      const auto content = files.open(path);
      auto directives = content ? read_nginx_config(path, (*content)->bytes())
                                : Expected<std::vector<NginxDirective>>(tl::unexpected(content.error()));
      if (directives) {
        read.push_back({path, std::move(*directives)});
      } else {
        out.unread.push_back(std::move(directives.error()));
      }
    }
  }
  if (out.unread.empty()) {  // a zone may be in what was not read
    keep_findings(*rule, Policy(*rule, limits, std::move(read)).take(), out.findings);
  }
  return out;
}

}  // namespace budgetcheck
