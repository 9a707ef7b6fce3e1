#include "collect/query_log/names.h"

namespace budgetcheck::query_log {

std::string_view operation_of(Verb verb) {
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

}  // namespace budgetcheck::query_log
