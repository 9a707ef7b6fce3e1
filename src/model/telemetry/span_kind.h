#pragma once

#include <cstdint>

namespace budgetcheck {

enum class SpanKind : std::uint8_t { kUnknown, kInternal, kServer, kClient, kProducer, kConsumer };

}  // namespace budgetcheck
