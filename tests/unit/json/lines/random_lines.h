#pragma once

#include <iterator>
#include <random>
#include <string>

namespace budgetcheck::json {

inline std::string random_value(std::mt19937& random, int depth) {
  static const std::string kPieces[] = {"a", "\\\"", "\\\\", "é", "\\n", " ", "{", "]", "\\u00e9", "/", "long text "};
  switch (random() % (depth > 3 ? 4U : 6U)) {
    case 0:
      return std::to_string(random() % 100'000);
    case 1:
      return random() % 2 != 0 ? "null" : "-0.5e2";
    case 4: {
      std::string out = "[";
      for (std::size_t n = random() % 3; n > 0; --n) {
        out += (out.size() > 1 ? "," : "") + random_value(random, depth + 1);
      }
      return out + "]";
    }
    case 5: {
      std::string out = "{";
      for (std::size_t n = random() % 4; n > 0; --n) {
        out += (out.size() > 1 ? ",\"" : "\"") + std::string(1, static_cast<char>('a' + random() % 26)) +
               "\":" + random_value(random, depth + 1);
      }
      return out + "}";
    }
    default: {
      std::string out = "\"";
      for (std::size_t n = random() % 30; n > 0; --n) {
        out += kPieces[random() % std::size(kPieces)];
      }
      return out + "\"";
    }
  }
}

}  // namespace budgetcheck::json
