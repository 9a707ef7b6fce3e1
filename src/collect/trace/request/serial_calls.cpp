#include "collect/trace/request/serial_calls.h"

#include <algorithm>
#include <utility>

#include "base/distribution.h"

namespace budgetcheck {
namespace {

double middle_of(std::vector<double> values) { return values.empty() ? 0 : quantile(std::move(values), 0.5); }

}  // namespace

void settle(SerialCalls& serial) {
  for (std::size_t i = 0; i < serial.calls.size(); ++i) {
    SerialCalls::Call& call = serial.calls[i];
    // What is the same in requests for other things stands in the program.
    const bool is_known = !call.varies && (call.unknown == 0 || serial.urls_differ);
    call.independent = i == 0 || (call.reads && is_known);
  }
  std::vector<double> saved;
  std::vector<double> shares;
  for (const SerialCalls::Timed& timed : serial.timed) {
    double sum = 0;
    double longest = 0;
    for (std::size_t i = 0; i < std::min(timed.calls.size(), serial.calls.size()); ++i) {
      if (serial.calls[i].independent) {
        sum += timed.calls[i];
        longest = std::max(longest, timed.calls[i]);
      }
    }
    saved.push_back(sum - longest);
    shares.push_back(timed.request > 0 ? (sum - longest) / timed.request : 0);
  }
  serial.saved_ms = middle_of(std::move(saved));
  serial.saved_share = middle_of(std::move(shares));
}

void add_to(SerialCalls& serial, const SerialCalls& more) {
  serial.requests += more.requests;
  serial.urls_differ = serial.urls_differ || more.urls_differ || serial.url != more.url;
  for (std::size_t i = 0; i < std::min(serial.calls.size(), more.calls.size()); ++i) {
    SerialCalls::Call& call = serial.calls[i];
    call.varies = call.varies || more.calls[i].varies || call.unknown != more.calls[i].unknown;
  }
  for (const SerialCalls::Timed& timed : more.timed) {
    if (serial.timed.size() < SerialCalls::kMostTimed) {
      serial.timed.push_back(timed);
    }
  }
  if (more.longest_ms > serial.longest_ms) {
    serial.longest_ms = more.longest_ms;
    serial.at = more.at;
  }
  settle(serial);
}

}  // namespace budgetcheck
