#pragma once

#include <string>

#include "detect/query/loop_relation.h"
#include "model/facts.h"

namespace budgetcheck {

/// Of a request's repeat, what waits for something outside is weak. Where no request is named what surrounds the
/// repeat decides: a read before it that the schema ties to it, one transaction around it, nothing else in between, no
/// pauses.
LoopStrength strength_of(const QueryLog& log, const Repeat& repeat, const LoopRelation& relation);

/// What speaks for it, for the message: "5 turns after a read of 'Post' …". Empty for a request's repeat.
std::string strength_words(const QueryLog& log, LoopStrength strength, const Repeat& repeat,
                           const LoopRelation& relation);

}  // namespace budgetcheck
