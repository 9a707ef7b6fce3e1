#pragma once

#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "collect/collect.h"

namespace budgetcheck::bundle_testing {

/// What the inputs of a file system gave.
struct Collected {
  Facts facts;

  const Input& input() const { return facts.inputs.at(0); }
  const Sample* find(const std::string& metric, const Labels& where) const {
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        return &sample;
      }
    }
    return nullptr;
  }
  /// -1: there is none.
  double value(const std::string& metric, const Labels& where = {}) const {
    const Sample* sample = find(metric, where);
    return sample == nullptr ? -1 : std::get<Single>(sample->value);
  }
  bool lower_bound(const std::string& metric, const Labels& where = {}) const {
    const Sample* sample = find(metric, where);
    return sample != nullptr && sample->lower_bound;
  }
  const Unmeasured* unmeasured(const std::string& metric, const Labels& where = {}) const {
    for (const Unmeasured& one : facts.unmeasured) {
      if (one.metric == metric && one.where == where) {
        return &one;
      }
    }
    return nullptr;
  }
  /// -1: there is none.
  double part(const std::string& kind, const std::string& name, const Labels& where = {}) const {
    for (const Part& part : facts.parts) {
      if (part.kind == kind && part.name == name && part.where == where) {
        return part.size;
      }
    }
    return -1;
  }
};

inline Collected collect_from(const FileSystem& files, const std::string& path, const std::string& root = "") {
  InputSpec spec;
  spec.folder = ".";
  spec.path = path;
  if (!root.empty()) {
    spec.settings.set("root", root);
  }
  return {collect(files, {spec}, {})};
}

inline Collected collect_text(const std::string& text, const std::string& path = "stats.json") {
  MemoryFileSystem files;
  files.add(path, text);
  return collect_from(files, path);
}

}  // namespace budgetcheck::bundle_testing
