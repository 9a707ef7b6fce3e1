#pragma once

#include <string>
#include <vector>

namespace budgetcheck::oracle {

/// PostgreSQL statements that all ask for something different.
std::vector<std::string> corpus();

struct Pair {
  std::string one;
  std::string other;
  std::string reason;
};
/// One shape here and two there.
const std::vector<Pair>& we_join();
/// Two shapes here and one there.
const std::vector<Pair>& we_part();

}  // namespace budgetcheck::oracle
