#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// What the comments around a statement say: sqlcommenter's /*key='url-encoded value',…*/ behind it or before it, and
/// the barer forms /*key=value*/ of older Prisma versions and /*key:value,…*/ of Marginalia. Fields are empty when
/// they do not say it.
struct SqlComment {
  std::string trace_id;  ///< the trace part of traceparent
  std::string request_id;
  std::string route;  ///< or "controller#action"
  std::string application;
  std::string prisma_model;   ///< "Post" of prismaQuery='Post.findMany:…'
  std::string prisma_action;  ///< "findMany"
};

/// The statement without the comment that ends it, those that begin it, and the blanks between. All of `sql` when
/// there are none, or when where they begin and end is not certain. Works on text that is still JSON-escaped too.
std::string_view without_outer_comments(std::string_view sql);

/// Reads the comments that without_outer_comments takes away.
SqlComment parse_sql_comment(std::string_view sql);

/// "4bf9…36" of "00-4bf9…36-00f0…b7-01"; empty when it is none, or all zeros.
std::string_view trace_of_traceparent(std::string_view traceparent);

}  // namespace budgetcheck
