#include "collect/collect.h"

#include <utility>

#include "collect/measure.h"

namespace budgetcheck {

Facts collect(const FileSystem& files, const std::vector<InputSpec>& inputs, const std::vector<std::string>& routes,
              const CollectOptions& options, const std::vector<Format>& table) {
  MeasureOptions how;
  how.sizes = options.sizes;
  how.wishes = options.wishes;
  how.route_names = options.route_names;
  how.settings = options.settings;
  how.telemetry = options.telemetry;
  how.traces = options.traces;
  how.queues = options.queues;
  Expected<Measured> measured = measure_inputs(files, inputs, routes, how, table);
  if (!measured) {
    throw InternalError("inputs that are read whole were refused");
  }
  return combine(std::move(*measured), table);
}

}  // namespace budgetcheck
