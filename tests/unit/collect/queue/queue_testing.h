#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "collect/collect.h"

namespace budgetcheck {

/// What files with these names say of queues.
inline Facts queue_facts(const std::vector<std::pair<std::string, std::string>>& texts,
                         const std::vector<QueueSetting>& settings = {}, const std::string& fields = {}) {
  MemoryFileSystem files;
  std::vector<InputSpec> inputs;
  for (const auto& [name, text] : texts) {
    files.add(name, text);
    InputSpec spec;
    spec.path = name;
    if (!fields.empty()) {
      json::Object mapped;
      for (std::size_t at = 0; at < fields.size();) {
        const std::size_t colon = fields.find(':', at);
        const std::size_t end = std::min(fields.find(',', colon), fields.size());
        json::Member member;
        member.key = fields.substr(at, colon - at);
        member.value = json::Value(fields.substr(colon + 1, end - colon - 1));
        mapped.push_back(std::move(member));
        at = end + 1;
      }
      spec.settings.set("fields", json::Value(std::move(mapped)));
    }
    inputs.push_back(std::move(spec));
  }
  CollectOptions options;
  options.queues = &settings;
  return collect(files, inputs, {}, options);
}

inline const Sample* sample_of(const Facts& facts, std::string_view metric, const std::string& queue) {
  for (const Sample& sample : facts.samples) {
    const std::string* of = sample.where.find("queue");
    if (sample.metric == metric && of != nullptr && *of == queue) {
      return &sample;
    }
  }
  return nullptr;
}

inline const QueueCourse* course_of(const Facts& facts, const std::string& queue) {
  for (const QueueCourse& course : facts.queues.courses) {
    if (course.queue == queue) {
      return &course;
    }
  }
  return nullptr;
}

inline std::string why_not(const Facts& facts, std::string_view metric) {
  for (const Unmeasured& gap : facts.unmeasured) {
    if (gap.metric == metric) {
      return gap.reason;
    }
  }
  return {};
}

}  // namespace budgetcheck
