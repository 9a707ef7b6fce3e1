#include "model/part.h"

namespace budgetcheck {

std::string_view to_string(Cause::Change change) {
  switch (change) {
    case Cause::Change::kNew:
      return "new";
    case Cause::Change::kGone:
      return "gone";
    case Cause::Change::kBigger:
      return "bigger";
    case Cause::Change::kSmaller:
      return "smaller";
  }
  return "new";
}

}  // namespace budgetcheck
