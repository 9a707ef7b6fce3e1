#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collect/capture/field_sizes.h"
#include "model/facts.h"
#include "model/part.h"

namespace budgetcheck {

/// What the JSON answers of a capture are made of. payload.decoded of a route is its largest response (as budgets
/// count it unless they say otherwise), so the parts of a route are the fields of that one; of several captures, each
/// field's largest.
class FieldParts {
 public:
  using Body = std::optional<SizedBody>;

  /// A body passes; which exchange it is of is not known yet.
  void look(std::string_view captured) { body_ = field_sizes_of_body(captured); }
  Body take_body();
  /// The body of such an exchange is looked at: an answer of the application itself, in JSON.
  static bool counts(const Exchange& exchange);
  /// `body` was that of this exchange. Only answers of the application itself count, and only JSON.
  void add(const Exchange& exchange, const Body& body);
  /// Gives routes the names that they have in the end.
  void rename(const std::function<std::string(const std::string& route)>& name_of);
  /// `host_label` gives the value of the label host for the host of an exchange; empty: the label is left out.
  void append_to(std::vector<Part>& parts, const std::function<std::string(const std::string& host)>& host_label);

  static constexpr std::size_t kMaxFieldsOfRoute = 200;
  static constexpr std::size_t kMaxRoutes = 2000;

 private:
  struct Largest {
    double bytes = -1;
    std::vector<FieldSize> fields;
  };
  Body body_;
  std::map<std::pair<std::string, std::string>, Largest> routes_;  ///< by route and host
};

}  // namespace budgetcheck
