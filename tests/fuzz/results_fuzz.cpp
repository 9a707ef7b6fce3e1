#include <cmath>

#include "fuzz.h"
#include "results/read.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const auto results = read_results("base.json", fuzz::text_of(data, size));
  if (!results) {
    fuzz::require(!results.error().empty(), "a refusal has a reason");
    for (const Error& error : results.error()) {
      fuzz::require_printable(error.message, "messages are printable");
    }
    return 0;
  }
  for (const Sample& sample : results->samples) {
    for (const std::string& name : stat_names()) {
      Stat stat = Stat::kMedian;
      parse_stat(name, stat);
      fuzz::require(std::isfinite(aggregate(sample, stat)), "every statistic is finite");
    }
  }
  return 0;
}
