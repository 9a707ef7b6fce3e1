#include "collect/http/error_answers.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"

namespace budgetcheck {

void ErrorAnswers::add(int status, std::string_view name) {
  constexpr std::size_t kMostStatuses = 5;
  ++requests_;
  if (!is_error_answer(status)) {
    return;
  }
  ++errors_;
  if (status <= 0) {
    return;
  }
  if (answered_errors_++ == 0) {
    first_ = name;
  }
  if (statuses_.size() < kMostStatuses) {
    statuses_.insert(status);
  }
}

std::string ErrorAnswers::statuses() const {
  std::vector<std::string> names;
  for (const int status : statuses_) {
    names.push_back(std::to_string(status));
  }
  return join(names, ", ");
}

std::string ErrorAnswers::note() const {
  if (answered_errors_ == 0) {
    return {};
  }
  return answered_errors_ == 1
             ? fmt::format("1 of {} is an error ({}): '{}'", counted(requests_, "response"), statuses(), first_)
             : fmt::format("{} of {} are errors ({}), the first '{}'", answered_errors_, counted(requests_, "response"),
                           statuses(), first_);
}

std::string ErrorAnswers::all_note() const {
  const std::string which = requests_ == 1 ? "its only request" : "each of its " + counted(requests_, "request");
  if (answered_errors_ == 0) {
    return fmt::format("{} failed", which);
  }
  return fmt::format("{} {}was answered with an error ({})", which, answered_errors_ == errors_ ? "" : "failed or ",
                     statuses());
}

}  // namespace budgetcheck
