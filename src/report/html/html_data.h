#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/html/html_sections.h"

namespace budgetcheck {

/// A verdict as the page says it, once for the markup and once for the script's data. Not yet escaped.
struct VerdictWords {
  Gravity gravity = Gravity::kPasses;
  std::string_view status;
  std::string budget;
  std::string metric;
  std::string subject;
  std::string value;
  std::string base;
  std::string delta;  ///< "same" for no change
  std::string trend;  ///< "good", "bad" or nothing: the class of `delta`
  std::string limit;
  std::string headroom;  ///< "310 ms (12.4%) left", "over by …"
  std::string message;   ///< empty where it says the numbers only
  std::string step;
  std::string why;
  std::string owner;
  std::string place;
  std::string measured_in;
  std::string interval;
  std::vector<std::string> causes;
};

VerdictWords verdict_words(const Verdict& verdict);

}  // namespace budgetcheck
