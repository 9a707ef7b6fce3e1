#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "base/number.h"
#include "base/units.h"
#include "detect/telemetry/collector_finding.h"

namespace budgetcheck {
namespace {

/// What reaches a place of what one receiver takes in.
struct Flow {
  KeptShare errors{1, 1};
  KeptShare slow{1, 1};
  KeptShare ordinary{1, 1};
  std::vector<const CollectorSampler*> samplers = {};  ///< on the way, in their order
};
constexpr std::array<KeptShare Flow::*, 3> kOfFlow{&Flow::errors, &Flow::slow, &Flow::ordinary};
constexpr std::array<KeptShare CollectorSampler::*, 3> kOfSampler{&CollectorSampler::errors, &CollectorSampler::slow,
                                                                  &CollectorSampler::ordinary};

using Flows = std::map<std::string, Flow>;  ///< by receiver

/// Longer chains than this are rings, with which no collector starts.
constexpr std::size_t kMaxChain = 20;
constexpr std::array<std::string_view, 4> kKeepNothing{"debug", "logging", "nop", "loadbalancing"};

std::string percent(double share) { return format_rounded(share * 100, 2) + "%"; }

class Sampling {
 public:
  Sampling(const CollectorConfig& config, std::vector<CollectorFault>& faults)
      : config_(config), agreed_(*config.agreed), faults_(faults) {}

  void find() {
    std::map<std::pair<std::string, std::string>, std::pair<Flow, const CollectorPipeline*>> arriving;
    for (const CollectorPipeline& pipeline : config_.pipelines) {
      if (pipeline.signal() != "traces") {
        continue;
      }
      if (!pipeline.is_whole) {
        return;  // what it lets through is not known, and neither is what arrives
      }
      for (const auto& [receiver, flow] : through(pipeline, 0)) {
        for (const std::string& exporter : pipeline.exporters) {
          const std::string_view type = std::string_view(exporter).substr(0, exporter.find('/'));
          const bool keeps = std::find(kKeepNothing.begin(), kKeepNothing.end(), type) == kKeepNothing.end();
          if (keeps && !is_connector(config_, exporter)) {
            const auto [at, is_new] = arriving.try_emplace({exporter, receiver}, flow, &pipeline);
            if (!is_new) {
              join(at->second.first, flow);
            }
          }
        }
      }
    }
    for (const auto& [where, what] : arriving) {
      judge(where.first, what.first, *what.second);
    }
  }

 private:
  const CollectorSampler* sampler(const std::string& name) const {
    const auto found = std::find_if(config_.samplers.begin(), config_.samplers.end(),
                                    [&](const CollectorSampler& one) { return one.name == name; });
    return found == config_.samplers.end() ? nullptr : &*found;
  }

  /// Two ways to one place: what either lets through arrives.
  static void join(Flow& flow, const Flow& other) {
    for (const auto kind : kOfFlow) {
      (flow.*kind).least = std::max((flow.*kind).least, (other.*kind).least);
      (flow.*kind).most = std::min(1.0, (flow.*kind).most + (other.*kind).most);
    }
    for (const CollectorSampler* one : other.samplers) {
      if (std::find(flow.samplers.begin(), flow.samplers.end(), one) == flow.samplers.end()) {
        flow.samplers.push_back(one);
      }
    }
  }

  Flows into(const CollectorPipeline& pipeline, std::size_t depth) {
    Flows flows;
    for (const std::string& receiver : pipeline.receivers) {
      if (!is_connector(config_, receiver)) {
        flows.try_emplace(receiver);
        continue;
      }
      for (const CollectorPipeline& before : config_.pipelines) {
        const bool feeds =
            std::find(before.exporters.begin(), before.exporters.end(), receiver) != before.exporters.end();
        if (!feeds || before.signal() != "traces" || !before.is_whole) {
          continue;
        }
        for (const auto& [from, flow] : through(before, depth + 1)) {
          const auto [at, is_new] = flows.try_emplace(from, flow);
          if (!is_new) {
            join(at->second, flow);
          }
        }
      }
    }
    return flows;
  }

  const Flows& through(const CollectorPipeline& pipeline, std::size_t depth) {
    static const Flows kNone;
    if (depth > kMaxChain) {
      return kNone;
    }
    if (const auto known = through_.find(&pipeline); known != through_.end()) {
      return known->second;
    }
    Flows flows = into(pipeline, depth);
    for (const std::string& name : pipeline.processors) {
      if (const CollectorSampler* one = sampler(name)) {
        for (auto& [receiver, flow] : flows) {
          for (std::size_t kind = 0; kind < kOfFlow.size(); ++kind) {
            (flow.*kOfFlow[kind]).least *= (one->*kOfSampler[kind]).least;
            (flow.*kOfFlow[kind]).most *= (one->*kOfSampler[kind]).most;
          }
          flow.samplers.push_back(one);
        }
      }
    }
    return through_.insert_or_assign(&pipeline, std::move(flows)).first->second;
  }

  /// The first sampler on the way that keeps less than all.
  static const CollectorSampler* loser(const Flow& flow, KeptShare CollectorSampler::*kind) {
    for (const CollectorSampler* one : flow.samplers) {
      if ((one->*kind).least < 1) {
        return one;
      }
    }
    return flow.samplers.empty() ? nullptr : flow.samplers.front();
  }

  void add(CollectorFault fault) {
    if (said_.insert({fault.check, fault.location.line, fault.location.column}).second) {
      faults_.push_back(std::move(fault));
    }
  }

  void judge(const std::string& exporter, const Flow& flow, const CollectorPipeline& pipeline) {
    if (agreed_.keep_errors && flow.errors.least < 1) {
      judge_errors(exporter, *loser(flow, &CollectorSampler::errors));
    }
    if (agreed_.keep_slower_than_ms > 0 && flow.slow.least < 1) {
      judge_slow(exporter, *loser(flow, &CollectorSampler::slow));
    }
    judge_baseline(exporter, flow, pipeline);
  }

  void judge_errors(const std::string& exporter, const CollectorSampler& sampler) {
    const bool is_tail = sampler.name.starts_with("tail_sampling");
    add({"sampling-errors", sampler.name, Level::kError,
         fmt::format("'{}' does not keep every trace with an error, which is agreed, so '{}' misses some", sampler.name,
                     exporter),
         is_tail
             ? "Add the policy { name: errors, type: status_code, status_code: { status_codes: [ERROR] } }."
             : "A probabilistic_sampler decides before the error is known: sample with tail_sampling, with a policy "
               "status_code for ERROR and one that is probabilistic for the rest.",
         sampler.location});
  }

  void judge_slow(const std::string& exporter, const CollectorSampler& sampler) {
    const std::string agreed = format_quantity(agreed_.keep_slower_than_ms, Unit::kMilliseconds);
    const bool has_time = sampler.slow_from_ms > agreed_.keep_slower_than_ms;
    const std::string from =
        has_time ? fmt::format(": its policy 'latency' begins at {}",
                               format_quantity(sampler.slow_from_ms, Unit::kMilliseconds, agreed_.keep_slower_than_ms))
                 : "";
    const std::string threshold = format_number(agreed_.keep_slower_than_ms);
    add({"sampling-slow", sampler.name, Level::kError,
         fmt::format("'{}' does not keep every slow trace of {} and more, which is agreed, so '{}' misses some{}",
                     sampler.name, agreed, exporter, from),
         has_time ? fmt::format("Write threshold_ms: {} there.", threshold)
                  : fmt::format("Sample with tail_sampling, and with the policy {{ name: slow, type: latency, latency: "
                                "{{ threshold_ms: {} }} }}.",
                                threshold),
         has_time ? sampler.slow_location : sampler.location});
  }

  void judge_baseline(const std::string& exporter, const Flow& flow, const CollectorPipeline& pipeline) {
    // Shares are products and quotients of percentages.
    constexpr double kRounding = 1e-9;
    const auto high = agreed_.baseline_max && flow.ordinary.least > *agreed_.baseline_max + kRounding;
    const auto low = agreed_.baseline_min && flow.ordinary.most < *agreed_.baseline_min - kRounding;
    if (!high && !low) {
      return;
    }
    const double kept = high ? flow.ordinary.least : flow.ordinary.most;
    const std::string agreed = high ? fmt::format("at most {}", percent(*agreed_.baseline_max))
                                    : fmt::format("at least {}", percent(*agreed_.baseline_min));
    if (flow.samplers.empty()) {
      add({"sampling-baseline", pipeline.name, Level::kError,
           fmt::format("the pipeline '{}' samples nothing, so '{}' gets 100% of the traces where a baseline of {} is "
                       "agreed",
                       pipeline.name, exporter, agreed),
           "Add a processor tail_sampling with a policy that is probabilistic for the rest.", pipeline.location});
      return;
    }
    const CollectorSampler& sampler = *loser(flow, &CollectorSampler::ordinary);
    add({"sampling-baseline", sampler.name, Level::kError,
         fmt::format("'{}' keeps {} of the traces that are neither slow nor have an error, where a baseline of {} is "
                     "agreed",
                     sampler.name, percent(kept), agreed),
         kept <= 0 ? fmt::format("Add the policy {{ name: rest, type: probabilistic, probabilistic: {{ "
                                 "sampling_percentage: {} }} }}.",
                                 format_rounded(*agreed_.baseline_min * 100, 4))
                   : fmt::format("Write a sampling_percentage of {} there, or agree on another baseline.", agreed),
         sampler.ordinary_location});
  }

  const CollectorConfig& config_;
  const AgreedSampling& agreed_;
  std::vector<CollectorFault>& faults_;
  std::map<const CollectorPipeline*, Flows> through_;
  std::set<std::tuple<std::string_view, std::uint32_t, std::uint32_t>> said_;
};

}  // namespace

void find_sampling_faults(const CollectorConfig& config, std::vector<CollectorFault>& faults) {
  if (config.agreed) {
    Sampling(config, faults).find();
  }
}

}  // namespace budgetcheck
