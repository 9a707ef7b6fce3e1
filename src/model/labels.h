#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace budgetcheck {

/// A small set of label names and values, ordered by name: {device: mobile, page: /}.
class Labels {
 public:
  Labels() = default;
  Labels(std::initializer_list<std::pair<std::string, std::string>> labels);

  void set(std::string_view name, std::string value);
  void erase(std::string_view name);
  /// Null when there is no such label.
  const std::string* find(std::string_view name) const;
  bool empty() const { return items_.empty(); }
  std::size_t size() const { return items_.size(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

  /// Every label of this is in `other` with the same value.
  bool subset_of(const Labels& other) const;

  auto operator<=>(const Labels&) const = default;

 private:
  std::vector<std::pair<std::string, std::string>> items_;
};

/// "page=/, device=mobile": labels in reading order (what first, then kind), for people. Empty for none.
std::string to_string(const Labels& labels);

}  // namespace budgetcheck
