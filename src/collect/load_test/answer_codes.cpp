#include "collect/load_test/answer_codes.h"

#include "base/number.h"

namespace budgetcheck {

std::optional<AnswerCodes> read_answer_codes(const json::Value* object, std::string_view pointer,
                                             ResultNumbers& numbers) {
  constexpr double kFirst = 200;
  constexpr double kFirstError = 400;
  if (object == nullptr || object->object() == nullptr) {
    return std::nullopt;
  }
  AnswerCodes codes;
  for (const json::Member& member : *object->object()) {
    const std::uint64_t count = numbers.count(&member.value, below(pointer, member.key)).value_or(0);
    const double status = parse_number(member.key).value_or(0);
    codes.all = saturating_add(codes.all, count);
    codes.successes = saturating_add(codes.successes, status >= kFirst && status < kFirstError ? count : 0);
  }
  return codes;
}

}  // namespace budgetcheck
