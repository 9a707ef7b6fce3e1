#include "differential/pg_query.h"

extern "C" {
#include <pg_query.h>
}

#include <vector>

namespace budgetcheck::oracle {
namespace {

/// Every value of "name": in a JSON text whose strings hold nothing to escape.
std::vector<std::string> values_of(const std::string& json, const std::string& name) {
  std::vector<std::string> values;
  const std::string member = "\"" + name + "\":\"";
  for (std::size_t at = json.find(member); at != std::string::npos; at = json.find(member, at)) {
    at += member.size();
    values.push_back(json.substr(at, json.find('"', at) - at));
  }
  return values;
}

}  // namespace

Parsed parse(const std::string& sql) {
  Parsed parsed;
  const PgQueryFingerprintResult print = pg_query_fingerprint(sql.c_str());
  parsed.error = print.error == nullptr ? "" : print.error->message;
  parsed.fingerprint = print.fingerprint_str == nullptr ? "" : print.fingerprint_str;
  pg_query_free_fingerprint_result(print);
  const PgQueryParseResult tree = pg_query_parse(sql.c_str());
  std::string json = tree.parse_tree == nullptr ? "" : tree.parse_tree;
  pg_query_free_parse_result(tree);
  // The target of an INSERT is written and not read.
  const std::string insert = "\"InsertStmt\":{\"relation\":{";
  for (std::size_t at = json.find(insert); at != std::string::npos; at = json.find(insert, at)) {
    at += insert.size();
    const std::size_t name = json.find("\"relname\":", at);
    json.replace(name, 10, "\"target\":");
  }
  for (std::string& name : values_of(json, "relname")) {
    parsed.read.insert(std::move(name));
  }
  for (const std::string& name : values_of(json, "ctename")) {
    parsed.read.erase(name);
  }
  return parsed;
}

}  // namespace budgetcheck::oracle
