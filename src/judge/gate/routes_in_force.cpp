#include "judge/gate/routes_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "model/route.h"
#include "model/routes/route_names.h"
#include "model/routes/slug_routes.h"

namespace budgetcheck {
namespace {

/// Paths of the routes that were measured, without the method of "GET /api/users".
std::set<std::string> measured_routes(const Results& results) {
  std::set<std::string> routes;
  for (const Sample& sample : results.samples) {
    const std::string* route = sample.where.find("route");
    const std::size_t path = route == nullptr ? std::string::npos : route->find('/');
    if (path == 0 || (path != std::string::npos && (*route)[path - 1] == ' ')) {
      routes.insert(route->substr(path));
    }
  }
  return routes;
}

/// "'/a' is '/:page' now" for each route that the two lists name differently.
std::vector<std::string> renamed(const std::set<std::string>& routes, const RouteTable& then, const RouteTable& now) {
  std::vector<std::string> out;
  for (const std::string& route : routes) {
    const std::string name = now.match(route).route;
    if (name != route && then.match(route).route == route) {
      out.push_back(fmt::format("'{}' is '{}' now", printable(route), printable(name)));
    }
  }
  return out;
}

/// Budgets that are new name routes that the base measured within others: "GET /products/coat" of "GET
/// /products/:slug". Those are judged apart from now on.
void remark_routes_taken_out(const BudgetsFile& head, const BudgetsFile& base, const Results& results,
                             std::vector<std::string>& remarks) {
  RouteNames then;
  add_selected(base, then);
  const std::set<std::string> known(then.selected.begin(), then.selected.end());
  add_measured(results.samples, then);
  RouteNames now;
  add_selected(head, now);
  const RouteTable table(base.routes, then);
  const SlugRoutes slugs(&table);
  for (const std::string& name : now.selected) {
    const std::size_t space = name.find(" /");
    if (known.contains(name) || is_glob(name) || space == std::string::npos) {
      continue;
    }
    const std::string method = name.substr(0, space);
    const RouteTable::Match match = table.match(name.substr(space + 1), method);
    const std::string route = method + " " + match.route;
    const std::string before = match.given ? route : slugs.name_of(route);
    if (before != name && table.was_measured(before)) {
      remarks.push_back(
          fmt::format("it judges '{}' apart, which the base measured within '{}'", printable(name), printable(before)));
    }
  }
}

}  // namespace

std::vector<std::string> routes_in_force(const BudgetsFile& head, const BudgetsFile& base, const Results* results,
                                         const Excuses& excuses, std::vector<Verdict>& verdicts,
                                         std::vector<std::string>& remarks) {
  if (results != nullptr) {
    remark_routes_taken_out(head, base, *results, remarks);
  }
  const std::set<std::string> now(head.routes.begin(), head.routes.end());
  const std::set<std::string> then(base.routes.begin(), base.routes.end());
  if (now == then) {
    return head.routes;
  }
  const std::vector<std::string> others =
      results == nullptr ? std::vector<std::string>()
                         : renamed(measured_routes(*results), RouteTable(base.routes), RouteTable(head.routes));
  if (others.empty()) {
    remarks.emplace_back("it changes the list of routes");
    return head.routes;
  }
  Excuses::Answer answer = excuses.judge(
      {"routes",
       {},
       fmt::format("gives {} another name ({}{})", counted(others.size(), "measured route"), others.front(),
                   others.size() > 1 ? fmt::format(" and {} more", others.size() - 1) : ""),
       "the base's routes hold",
       Level::kError,
       excuses.place_of({"routes"})});
  verdicts.push_back(std::move(answer.verdict));
  return answer.accepted ? head.routes : base.routes;
}

}  // namespace budgetcheck
