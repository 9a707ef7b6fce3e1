#pragma once

#include <string_view>

// What to change in a program so that its log says which request and route a statement belongs to.
namespace budgetcheck::query_log {

constexpr std::string_view kIdHint =
    "log the request's id with every query: keep it in an AsyncLocalStorage and write "
    "prisma.$on('query', e => logger.info({ ...e, reqId: als.getStore()?.reqId, route: als.getStore()?.route }))";
/// The same for what a database logs.
constexpr std::string_view kCommentHint =
    "a database learns of requests only from comments in the SQL: add Prisma's sqlcommenter plugins (requestId, "
    "route), or add the application's query log as an input too";
constexpr std::string_view kRouteHint = "log the route's template with every query, as route: '/api/users/:id'";

}  // namespace budgetcheck::query_log
