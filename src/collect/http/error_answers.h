#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

// What captures and logs of HTTP requests share; for src/collect only.
namespace budgetcheck {

/// Nothing arrived (0 or negative), or the server or the request was wrong (4xx, 5xx): what was sent is an error's page
/// and says nothing of the thing that was asked for.
inline bool is_error_answer(int status) { return status <= 0 || status >= 400; }
/// An error of which the one who asked is free: no application answers so when it works.
inline bool is_server_error(int status) { return status <= 0 || status >= 500; }

/// Which answers of one input are errors. A share of them is worth a note. Where all are, nothing was measured of what
/// the input is there for: it is incomplete.
class ErrorAnswers {
 public:
  /// `name` says what was asked, such as "GET /api/users/:id"; it must be safe to show.
  void add(int status, std::string_view name);
  bool all() const { return requests_ != 0 && errors_ == requests_; }
  /// "3 of 10 responses are errors (404, 500), the first 'GET /api/users/:id'"; empty when no answer is one.
  /// Requests that nothing answered are not among them.
  std::string note() const;
  /// For all(): "each of its 3 requests failed or was answered with an error (500)".
  std::string all_note() const;

  static constexpr std::string_view kHint =
      "Let the server be ready, the paths right and the login valid, then record it again";

 private:
  std::string statuses() const;

  std::uint64_t requests_ = 0;
  std::uint64_t errors_ = 0;  ///< with those that nothing answered
  std::uint64_t answered_errors_ = 0;
  std::set<int> statuses_;
  std::string first_;
};

}  // namespace budgetcheck
