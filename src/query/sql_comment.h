#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// What a trailing sqlcommenter comment says: /*key='url-encoded value',…*/. Fields are empty when it does not.
struct SqlComment {
  std::string trace_id;  ///< the trace part of traceparent
  std::string request_id;
  std::string route;
};

/// Length of the statement without a comment that ends it (and the blanks before it). The whole length when no
/// comment ends it, or when where it begins is not certain. Works on text that is still JSON-escaped too.
std::size_t length_without_comment(std::string_view sql);

/// Reads the comment that ends `sql`.
SqlComment parse_sql_comment(std::string_view sql);

/// "4bf9…36" of "00-4bf9…36-00f0…b7-01"; empty when it is none, or all zeros.
std::string_view trace_of_traceparent(std::string_view traceparent);

}  // namespace budgetcheck
