#include "collect/personal_data/filter/byte_masks.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace budgetcheck::personal {
namespace {

std::vector<std::uint64_t> bits_of(const ByteMasks& masks) {
  return {masks.digit, masks.word, masks.dot, masks.colon, masks.dash, masks.equal, masks.backslash, masks.sign};
}

TEST(PersonalDataByteMasks, WideStepsSeeWhatSingleBytesAre) {
  constexpr std::size_t kBlocks = 3;
  std::mt19937 random(7);
  for (unsigned round = 0; round < 300; ++round) {
    std::string text(kBlocks * ByteMasks::kBlock + 1, ' ');
    for (char& c : text) {
      c = static_cast<char>(random() % 256);
    }
    const std::string_view from = std::string_view(text).substr(round % 2);  // on no border of memory
    std::vector<ByteMasks> fast(kBlocks);
    std::vector<ByteMasks> slow(kBlocks);
    read_masks(from.data(), kBlocks, fast.data());
    read_masks_slowly(from.data(), kBlocks, slow.data());
    for (std::size_t i = 0; i < kBlocks; ++i) {
      ASSERT_EQ(bits_of(fast[i]), bits_of(slow[i]));
    }
  }
}

TEST(PersonalDataByteMasks, TheFirstByteIsTheLowestBit) {
  std::string text = "1a.:-=\\@%+'_";
  text.resize(ByteMasks::kBlock, ' ');
  ByteMasks masks;
  read_masks(text.data(), 1, &masks);
  EXPECT_EQ(bits_of(masks), (std::vector<std::uint64_t>{1U, 0x803U, 4U, 8U, 16U, 32U, 64U, 0x780U}));
}

}  // namespace
}  // namespace budgetcheck::personal
