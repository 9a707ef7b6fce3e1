#pragma once

#include <string>
#include <string_view>

#include "base/text.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"
#include "model/facts.h"

// Limits and wording that the readers of query logs share; for src/collect only.
namespace budgetcheck::query_log {

constexpr std::size_t kMaxName = 200;
constexpr std::size_t kMaxRoutes = 2'000;

constexpr std::string_view kIdHint =
    "log the request's id with every query: keep it in an AsyncLocalStorage and write "
    "prisma.$on('query', e => logger.info({ ...e, reqId: als.getStore()?.reqId, route: als.getStore()?.route }))";
/// The same for what a database logs.
constexpr std::string_view kCommentHint =
    "a database learns of requests from comments in the SQL only: add Prisma's sqlcommenter plugins (requestId, "
    "route), "
    "or give the application's query log too";
constexpr std::string_view kRouteHint = "log the route's template with every query, as route: '/api/users/:id'";

inline std::string many(std::uint64_t n, std::string_view singular, std::string_view plural = {}) {
  return counted(static_cast<std::size_t>(n), singular, plural);
}

/// What a statement does, as the label operation says it; empty for what touches no rows.
inline std::string_view operation_of(Verb verb) {
  switch (verb) {
    case Verb::kSelect:
      return "select";
    case Verb::kInsert:
      return "insert";
    case Verb::kUpdate:
      return "update";
    case Verb::kDelete:
      return "delete";
    case Verb::kOther:
      break;
  }
  return {};
}

/// A string of a line of JSON with its escapes undone.
inline std::string unescaped(std::string_view raw) {
  std::string text;
  if (raw.find('\\') == std::string_view::npos || !json::unescape(raw, text)) {
    text = raw;
  }
  return text;
}

/// A name that is shown: safe, one line, not endless.
inline std::string name_of(std::string_view raw) {
  return shorten(printable(unescaped(raw.substr(0, 4 * kMaxName))), kMaxName);
}

}  // namespace budgetcheck::query_log
