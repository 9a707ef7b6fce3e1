#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "collect/personal_data/json_walk.h"

namespace budgetcheck::personal {

/// Looks into the lines of a text, one by one: objects of JSON, pairs of logfmt, headers as curl -v prints them, or
/// anything else, which has no fields.
class TextWalk {
 public:
  TextWalk(const Search& search, FoundValues& found)
      : search_(search), fields_(search), json_(search, fields_, found), found_(found) {}

  /// What curl -v says of connections begins with "* ": addresses there are those of servers.
  void expect_curl() { is_curl_ = true; }
  void look(std::string_view line, std::uint32_t number);

 private:
  void look_at(std::string_view path, std::string_view value, std::uint32_t number);
  bool look_at_object(std::string_view line, std::uint32_t number);
  bool look_at_pairs(std::string_view line, std::uint32_t number);
  bool look_at_header(std::string_view line, std::uint32_t number);

  const Search& search_;
  Fields fields_;
  JsonWalk json_;
  json::NoEvents nothing_;
  FoundValues& found_;
  bool is_curl_ = false;
  std::string buffer_;
  std::vector<Found> values_;
};

}  // namespace budgetcheck::personal
