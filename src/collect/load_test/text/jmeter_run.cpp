#include "collect/load_test/text/jmeter_run.h"

#include <fmt/format.h>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"

namespace budgetcheck {
namespace {

constexpr double kFirstError = 400;

/// What is no number is an exception of the client: "Non HTTP response code: …". Empty: another protocol.
bool is_error_code(std::string_view code) {
  const auto status = parse_number(code);
  return status ? *status >= kFirstError : !code.empty();
}

}  // namespace

void JmeterRun::add(const JmeterSample& sample) {
  if (sample.is_transaction()) {
    ++transactions_;
    return;
  }
  RawRequest request;
  request.route = sample.label;
  request.ms = sample.ms;
  request.begin_ms = sample.begin_ms;
  request.failed = sample.success.empty() ? is_error_code(sample.code) : sample.success != "true";
  accepted_errors_ += !request.failed && is_error_code(sample.code) ? 1U : 0U;
  run_.add(request);
}

void JmeterRun::report(const Source& source, Input& input, Facts& facts) const {
  Account account(input);
  if (broken_ > 0) {
    account.incomplete(fmt::format("{} cannot be read", counted(broken_, "sample")), kWriteAgain);
  }
  if (run_.requests() == 0 && transactions_ > 0) {
    account.incomplete(
        fmt::format("it has {} and no request of them", counted(transactions_, "transaction")),
        "turn off 'Generate parent sample' of the transaction controllers, so that the JTL has their requests");
  } else if (transactions_ > 0) {
    account.note(fmt::format("{}, and not counted",
                             transactions_ == 1
                                 ? "1 transaction of a controller is not a request"
                                 : fmt::format("{} transactions of controllers are not requests", transactions_)));
  }
  if (accepted_errors_ > 0) {
    account.note(fmt::format("{} with a status of 400 or above, which the test plan accepts",
                             counted(accepted_errors_, "success has", "successes have")));
  }
  if (run_.beyond_routes() > 0) {
    account.note(fmt::format("only the first {} labels are routes, {} of others are in the whole only",
                             RawRun::kMostRoutes, counted(run_.beyond_routes(), "sample")),
                 "give the samplers names without ids");
  }
  add_load_result(source, {"JMeter", "", run_.parts(), {}}, input, facts);
}

}  // namespace budgetcheck
