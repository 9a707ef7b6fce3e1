#include "base/keyed_hash.h"

#include <gtest/gtest.h>

#include <set>

namespace budgetcheck {
namespace {

/// The authors' key: bytes 00 to 0f.
constexpr HashKey kKey{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};

// vectors_sip128 of the authors' own vectors.h, each half read from its lowest byte: "a3 81 7f 04 ba 25 a8 e6 | 6d f6
// 72 14 c7 55 02 93" for no byte, "da 87 c1 d8 6b 99 af 44 | 34 76 59 11 9b 22 fc 45" for the byte 00.
TEST(KeyedHash, IsTheAuthorsOwn) {
  EXPECT_EQ(keyed_hash(kKey, ""), "e6a825ba047f81a3930255c71472f66d");
  EXPECT_EQ(keyed_hash(kKey, std::string_view("\0", 1)), "44af996bd8c187da45fc229b11597634");
}

TEST(KeyedHash, DependsOnKeyLengthAndEveryByte) {
  std::set<std::string> hashes;
  std::string text;
  for (int i = 0; i < 40; ++i) {
    hashes.insert(keyed_hash(kKey, text));
    hashes.insert(keyed_hash({kKey[0], kKey[1] ^ 1U}, text));
    text += '\0';
  }
  for (char& c : text) {
    c = '\1';
    hashes.insert(keyed_hash(kKey, text));
    c = '\0';
  }
  EXPECT_EQ(hashes.size(), 120U);
}

}  // namespace
}  // namespace budgetcheck
