#pragma once

#include <memory>

#include "collect/joint_reader.h"

namespace budgetcheck {

/// Reads files of spans, in any form: a trace may lie in several of them.
std::unique_ptr<JointReader> make_trace_inputs(const CollectContext& context);

}  // namespace budgetcheck
