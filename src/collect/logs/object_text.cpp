#include "collect/logs/object_text.h"

#include <algorithm>

#include "base/file_system.h"
#include "base/text.h"
#include "collect/logs/text/statement_tail.h"
#include "collect/text/envelope.h"
#include "collect/text/unescaped.h"

namespace budgetcheck {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

constexpr std::size_t kLooked = 512;

/// The verb of a statement, a mark of Prisma, an object, or "Params: …" of a statement in the line before. What is no
/// statement after all costs a second look.
bool may_hold_statement(std::string_view raw) {
  const std::string_view front = raw.substr(0, kLooked);
  const std::size_t begin = front.find_first_not_of(" \t");
  if (begin == std::string_view::npos) {
    return false;
  }
  if (front[begin] == '{' || front.find("prisma:") != std::string_view::npos) {
    return true;
  }
  for (std::size_t at = begin; at < front.size(); ++at) {
    constexpr std::string_view kFirst = "siudrmpbqSIUDRMPBQ";
    if (kFirst.find(front[at]) == std::string_view::npos ||
        (at > 0 && is_alnum(front[at - 1]) && (at < 2 || front[at - 2] != '\\'))) {  // behind "\n" a word begins
      continue;
    }
    for (const std::string_view word : {"select", "insert", "update", "delete", "replace", "merge", "params",
                                        "parameters", "bindings", "duration", "query"}) {
      if (equals_ignoring_case(front.substr(at, word.size()), word)) {
        return true;
      }
    }
  }
  return false;
}

/// "query": "select …" somewhere, or "sql". The letter q is rare.
bool names_statement(std::string_view line) {
  for (std::size_t at = line.find('q'); at != std::string_view::npos; at = line.find('q', at + 1)) {
    std::string_view rest = line.substr(at + 1);
    if (!rest.starts_with("uery\":") && !rest.starts_with("l\":")) {
      continue;
    }
    rest = trim(rest.substr(rest.find(':') + 1));
    constexpr std::string_view kVerbs = "sSiIuUdDwWrRmM";
    if (rest.size() > 1 && rest.front() == '"' && kVerbs.find(rest[1]) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

ObjectText ObjectTextFinder::find(std::string_view line, const json::LineReader& object) {
  ObjectText found;
  const std::size_t message = message_index(object);
  if (message != kNone && may_hold_statement(object.fields()[message].raw)) {
    found.text = unescaped(object.fields()[message].raw);
  } else if (names_statement(line)) {
    if (const std::optional<std::string_view> inner = inner_query_object(line); inner && inner->size() < line.size()) {
      found.text = *inner;
      found.is_object = true;
    }
  }
  return found;
}

std::size_t ObjectTextFinder::message_index(const json::LineReader& object) {
  const auto& fields = object.fields();
  const auto find = [&] {
    const json::LineField* field = message_of(fields);
    return field == nullptr ? kNone : static_cast<std::size_t>(field - fields.data());
  };
  if (object.layout() == 0) {
    return find();
  }
  Known& known = known_[object.layout() % known_.size()];
  if (known.layout != object.layout()) {
    known = {object.layout(), find()};
  }
  return known.message;
}

std::string listed_params(const json::LineReader& object) {
  std::string list;
  for (const json::LineField& field : object.fields()) {
    if (field.parent.empty() || console::name_of(field.parent) != console::Name::kParams) {
      continue;
    }
    list += list.empty() ? "[" : ",";
    if (field.type == json::LineField::Type::kString) {
      list.append("\"").append(field.raw).append("\"");
    } else {
      list.append(field.raw);
    }
  }
  return list.empty() ? list : list + "]";
}

}  // namespace budgetcheck
