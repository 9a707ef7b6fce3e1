#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "collect/bundle/bundlers/webpack.h"
#include "json/stream/select.h"

namespace budgetcheck::webpack_testing {

inline const std::string kFixtures = BUDGETCHECK_SOURCE_DIR "/fixtures/";

/// What one input gave.
struct Collected {
  std::string format;  ///< empty: nothing recognised it
  Input input;
  Facts facts;
  std::optional<Error> error;

  const Sample* find(const std::string& metric, const Labels& where) const {
    for (const Sample& sample : facts.samples) {
      if (sample.metric == metric && sample.where == where) {
        return &sample;
      }
    }
    return nullptr;
  }
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
};

inline Collected collect_content(const FileContent& content, const FileSystem& files, const std::string& root) {
  Collected result;
  Sniff sniff;
  sniff.head = content.bytes().substr(0, 65'536);
  sniff.is_object = sniff.head.starts_with("{");
  sniff.is_array = sniff.head.starts_with("[");
  json::Selector keys;
  keys.each("*", [&](std::string_view key, json::Value&&) {
    sniff.top_keys.emplace_back(key);
    return true;
  });
  (void)json::select("stats.json", content, keys);
  Source source{"dist/stats.json", "dist/stats.json", &content};
  source.settings.set("root", root);
  for (const Format& format : {rspack_format(), webpack_format()}) {
    if (result.format.empty() && format.recognises(sniff)) {
      result.format = format.name;
      const auto done = format.collect(source, {&files, nullptr}, result.input, result.facts);
      if (!done) {
        result.error = done.error();
      }
    }
  }
  return result;
}

inline Collected collect_text(const std::string& text, const FileSystem& files = MemoryFileSystem(),
                              const std::string& root = "") {
  return collect_content(*content_from_string(text), files, root);
}

inline Collected collect_fixture(const std::string& name, const std::string& root = "") {
  const DiskFileSystem files;
  const auto content = files.open(kFixtures + "webpack/" + name + ".json");
  EXPECT_TRUE(content) << name;
  return collect_content(**content, files, root);
}

/// Stats with one entry of the given assets (JSON members after the name).
inline std::string stats(const std::string& assets, const std::string& entry = R"([{"name":"a.js"}])",
                         const std::string& rest = "") {
  return R"({"hash":"1","version":"5","time":1,"assets":[)" + assets + R"(],"entrypoints":{"main":{"assets":)" + entry +
         "}}" + rest + "}";
}

}  // namespace budgetcheck::webpack_testing
