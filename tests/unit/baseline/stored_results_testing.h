#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "baseline/find_base.h"
#include "baseline/notes.h"
#include "results/trim.h"
#include "unit/baseline/git_testing.h"

namespace budgetcheck {

/// A main branch of four commits, without a remote.
class StoredResults : public testing::Test {
 protected:
  void SetUp() override {
    write_file("web/budgets.yml", "version: 1 # first");
    for (int i = 0; i < 4; ++i) {
      repo_.git({"add", "-A"});
      commits_.push_back(repo_.commit("c" + std::to_string(i)));
    }
  }

  void write_file(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = repo_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  /// A record of commit `i` with one sample of `value`.
  void store(std::size_t i, double value, bool with_budgets = false, const std::string& app = "shop") const {
    Results results;
    Sample sample;
    sample.metric = "bundle.gzip";
    sample.unit = Unit::kBytes;
    sample.value = value;
    results.samples.push_back(sample);
    if (with_budgets) {
      results.budgets = json::Value(json::Object{{"version", json::Value(1.0)}});
    }
    Record record;
    record.commit = commits_[i];
    if (i > 0) {
      record.parents = {commits_[i - 1]};
    }
    record.time = "2026-11-23T10:00:0" + std::to_string(i) + "Z";
    record.set(app, trim_results(results, "pass", {}));
    const auto repository = open_repository(repo_.path(), variables_);
    ASSERT_TRUE(repository);
    Notes notes(**repository);
    const auto made = notes.commit({{commits_[i], write_record(record)}}, {}, "x");
    ASSERT_TRUE(made && *made);
  }

  GitFolder repo_;
  DiskFileSystem files_;
  Variables variables_ = fake_variables({});
  std::vector<std::string> commits_;
};

}  // namespace budgetcheck
