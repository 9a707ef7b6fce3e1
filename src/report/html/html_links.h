#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/report.h"
#include "report/html/html_parts.h"
#include "report/html/html_requests.h"

namespace budgetcheck {

/// A place of the page that shows what is behind a verdict or a finding.
struct PageLink {
  std::string target;  ///< id of an element: "p0"
  std::string words;   ///< "Parts of entry=main"; printable, not yet escaped
};

/// How many statements of each place are in the page: so many of one, and of all together. 0 for what has none.
std::vector<std::size_t> statement_rows(const std::vector<PartPlace>& places);

/// Finds those places. Ids are "p" and the number of a PartPlace; "q", that number, "-", the row of a statement; "r",
/// the number of a RequestGroup, "-", the row of a request. A row that the page has no room for is not linked, its
/// group is. Keeps a reference to the places.
class PageLinks {
 public:
  PageLinks(const std::vector<PartPlace>& places, const std::vector<RequestGroup>& groups);

  std::vector<PageLink> of(const Verdict& verdict) const;
  std::vector<PageLink> of(const Finding& finding) const;

 private:
  const PartPlace* nearest(std::string_view group, const Labels& where) const;
  const PartPlace* bundle_with(const std::string& part) const;
  const PartPlace* route(std::string_view group, const std::string& route) const;
  void add(std::vector<PageLink>& links, const PartPlace* place) const;
  void add_statements(std::vector<PageLink>& links, const std::string& route, const std::string& sql) const;

  const std::vector<PartPlace>& places_;
  std::vector<std::size_t> statement_rows_;
  std::map<std::string, PageLink> pages_;    ///< the requests of a page, by its path
  std::map<std::string, PageLink> routes_;   ///< the first request of a route
  std::map<std::string, PageLink> entries_;  ///< an entry of a capture, by its place in the file
};

}  // namespace budgetcheck
