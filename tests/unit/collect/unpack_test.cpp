#include "collect/unpack.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>

#include "collect/collect.h"

namespace budgetcheck {
namespace {

std::string gzip(const std::string& text) {
  z_stream stream{};
  EXPECT_EQ(::deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(::deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

Expected<std::string> unpacked(const std::string& bytes, const UnpackLimits& limits = {}) {
  Expected<std::unique_ptr<FileContent>> content = unpack("f.gz", content_from_string(bytes), limits);
  if (!content) {
    return tl::unexpected(content.error());
  }
  const std::string_view view = (*content)->bytes();
  for (std::size_t i = 0; i < FileContent::kGuard; ++i) {
    EXPECT_EQ(view.data()[view.size() + i], '\0');
  }
  return std::string(view);
}

std::string fault(const std::string& bytes, const UnpackLimits& limits = {}) {
  const Expected<std::string> text = unpacked(bytes, limits);
  EXPECT_FALSE(text || text.error().hint.empty());
  return text ? "unpacked" : text.error().message;
}

TEST(Unpack, OtherBytesStayAsTheyAre) {
  for (const std::string& bytes :
       {std::string(), std::string("{}"), std::string("\x1F"), std::string("\xEF\xBB\xBF{}")}) {
    EXPECT_EQ(*unpacked(bytes), bytes);
  }
}

TEST(Unpack, GzipIsUnpacked) {
  const std::string text = R"({"a":1})";
  EXPECT_EQ(*unpacked(gzip(text)), text);
  EXPECT_EQ(*unpacked(gzip("")), "");
  std::string much;
  for (std::uint64_t i = 0; i < 400'000; ++i) {
    much += std::to_string(i * 7919) + "\n";
  }
  EXPECT_EQ(*unpacked(gzip(much)), much);
}

TEST(Unpack, MembersFollowEachOtherAndZerosMayFollowTheLast) {
  EXPECT_EQ(*unpacked(gzip("one\n") + gzip("two\n")), "one\ntwo\n");
  EXPECT_EQ(*unpacked(gzip("one\n") + std::string(512, '\0')), "one\n");
}

TEST(Unpack, NothingIsReadOfAPartOfIt) {
  const std::string whole = gzip("a line of a log, and one more\n");
  for (std::size_t size = 2; size < whole.size(); ++size) {
    EXPECT_EQ(fault(whole.substr(0, size)), "the gzip data is cut off") << size;
  }
  std::string wrong_sum = whole;
  wrong_sum[whole.size() - 6] = static_cast<char>(wrong_sum[whole.size() - 6] ^ 1);
  EXPECT_EQ(fault(wrong_sum), "the gzip data is damaged");
  EXPECT_EQ(fault("\x1F\x8B and no gzip"), "the gzip data is damaged");
  EXPECT_EQ(fault(whole + "text"), "there is other data behind the end of the gzip data");
  EXPECT_EQ(fault(whole + gzip("more").substr(0, 12)), "the gzip data is cut off");
}

TEST(Unpack, TheSizeIsBounded) {
  UnpackLimits limits;
  limits.max_bytes = std::size_t{1} << 20;
  EXPECT_EQ(unpacked(gzip(std::string(limits.max_bytes, 'a')), limits)->size(), limits.max_bytes);
  EXPECT_EQ(fault(gzip(std::string(limits.max_bytes + 1, 'a')), limits),
            "the gzip data unpacks to more than 1 MiB, which is the limit");
}

TEST(Unpack, TheRatioIsBoundedWhereItMatters) {
  const std::string bomb = gzip(std::string(std::size_t{2} << 20, 'a'));
  UnpackLimits limits;
  limits.ratio_from = std::size_t{1} << 20;
  EXPECT_EQ(fault(bomb, limits), "the gzip data unpacks to more than 250 times its size, which is the limit");
  limits.ratio_from = std::size_t{2} << 20;
  EXPECT_TRUE(unpacked(bomb, limits));
  limits.ratio_from = 0;
  limits.max_ratio = 2000;
  EXPECT_TRUE(unpacked(bomb, limits));
}

TEST(Unpack, Utf16BecomesUtf8) {
  const std::string little("\xFF\xFE\x7B\x00\x7D\x00\xE9\x00\xAC\x20\x3D\xD8\x00\xDE", 14);
  const std::string big("\xFE\xFF\x00\x7B\x00\x7D\x00\xE9\x20\xAC\xD8\x3D\xDE\x00", 14);
  EXPECT_EQ(*unpacked(little), "{}é€😀");
  EXPECT_EQ(*unpacked(big), "{}é€😀");
  EXPECT_EQ(*unpacked(gzip(little)), "{}é€😀");
  EXPECT_EQ(*unpacked(std::string("\xFF\xFE", 2)), "");
  for (const std::string& bad :
       {std::string("\xFF\xFE\x7B", 3), std::string("\xFF\xFE\x3D\xD8", 4), std::string("\xFF\xFE\x00\xDE\x7B\x00", 6),
        std::string("\xFF\xFE\x3D\xD8\x7B\x00", 6)}) {
    EXPECT_EQ(fault(bad), "the file is UTF-16 text that is cut off or damaged");
  }
}

/// Every format gets what was unpacked.
TEST(Unpack, EveryInputMayBePacked) {
  const std::string lhr =
      R"({"lighthouseVersion":"13.5.0","requestedUrl":"https://shop.example/","audits":{"largest-contentful-paint":)"
      R"({"scoreDisplayMode":"numeric","numericValue":2100,"numericUnit":"millisecond"}}})";
  const std::string log =
      "10.0.0.1 - - [10/Oct/2026:13:55:36 +0000] \"GET /api/cart HTTP/1.1\" 200 2326 \"-\" \"curl\"\n"
      "10.0.0.1 - - [10/Oct/2026:13:55:37 +0000] \"GET /api/cart HTTP/1.1\" 200 2326 \"-\" \"curl\"\n";
  MemoryFileSystem files;
  files.add("lhr.json.gz", gzip(lhr));
  files.add("lhr.json", lhr);
  files.add("access.log.1.gz", gzip(log));
  files.add("cut.json.gz", gzip(lhr).substr(0, 40));
  std::vector<InputSpec> specs(4);
  specs[0].path = "lhr.json.gz";
  specs[1].path = "lhr.json";
  specs[2].path = "access.log.1.gz";
  specs[3].path = "cut.json.gz";
  const Facts facts = collect(files, specs, {});
  ASSERT_EQ(facts.inputs.size(), 4U);
  EXPECT_EQ(facts.inputs[0].format, "lighthouse");
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
  EXPECT_NE(facts.inputs[1].message.find("the same as 'lhr.json.gz'"), std::string::npos) << facts.inputs[1].message;
  EXPECT_EQ(facts.inputs[2].format, "access-log");
  EXPECT_EQ(facts.inputs[2].state, InputState::kRead) << facts.inputs[2].message;
  EXPECT_EQ(facts.inputs[3].state, InputState::kUnreadable);
  EXPECT_EQ(facts.inputs[3].message, "the gzip data is cut off");
}

}  // namespace
}  // namespace budgetcheck
