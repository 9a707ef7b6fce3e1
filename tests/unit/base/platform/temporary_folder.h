#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace budgetcheck {

/// Tests with a folder of their own on the disk.
class TemporaryFolder : public testing::Test {
 protected:
  TemporaryFolder() {
    folder = (std::filesystem::temp_directory_path() / "budgetcheck-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) {
      folder.clear();
    }
  }
  ~TemporaryFolder() override { std::filesystem::remove_all(folder); }
  void SetUp() override { ASSERT_FALSE(folder.empty()); }

  std::string write(const std::string& name, std::string_view text) const {
    const std::string path = folder + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  static std::string read(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  std::string folder;
};

}  // namespace budgetcheck
