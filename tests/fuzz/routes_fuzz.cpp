#include <vector>

#include "fuzz.h"
#include "model/route.h"
#include "model/routes/slug_routes.h"

// First line: a URL; the others: templates.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string input = fuzz::text_of(data, size);
  std::string_view rest = input;
  const std::string_view url = fuzz::next_line(rest);
  std::vector<std::string> templates;
  while (!rest.empty() && templates.size() < 100) {
    templates.emplace_back(fuzz::next_line(rest));
  }
  const std::string path = path_of_url(url);
  fuzz::require(path.find('?') == std::string::npos && path.find('#') == std::string::npos, "no query string remains");
  host_of_url(url);
  const RouteTable::Match match = RouteTable(templates).match(path);
  fuzz::require(!match.route.empty() || !templates.empty(), "a path has a route");
  const RouteTable::Match again = RouteTable(templates).match(path);
  fuzz::require(match.route == again.route && match.inferred == again.inferred, "the same path has the same route");
  // Every line as a route: names settle, and stay what they are.
  SlugRoutes slugs;
  std::string_view lines = input;
  for (int i = 0; i < 1000 && !lines.empty(); ++i) {
    slugs.add(fuzz::next_line(lines));
  }
  slugs.settle();
  const std::string name = slugs.name_of(url);
  fuzz::require(name == slugs.name_of(url), "the same route has the same name");
  return 0;
}
