#include "collect/binary_forms.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

using namespace std::string_literals;

std::string what(std::string_view bytes) {
  const std::optional<BinaryForm> form = binary_form(bytes);
  return form ? form->what : "";
}

TEST(BinaryForms, PackersAreNamedWithHowToUnpack) {
  EXPECT_EQ(what("\x28\xB5\x2F\xFD rest"), "it is packed by zstd, which is not unpacked here");
  EXPECT_NE(binary_form("\x28\xB5\x2F\xFD")->hint.find("compression: zstd"), std::string_view::npos);
  EXPECT_EQ(what("\xFD"
                 "7zXZ\0rest"s),
            "it is packed by xz, which is not unpacked here");
  EXPECT_EQ(what("PK\x03\x04rest"), "it is packed by zip, which is not unpacked here");
  EXPECT_EQ(what("\x04\x22\x4D\x18rest"), "it is packed by lz4, which is not unpacked here");
  EXPECT_EQ(what("BZh91AY\0\x01"s), "it is packed by bzip2, which is not unpacked here");
}

TEST(BinaryForms, TextThatBeginsAsAPackersFileIsText) {
  EXPECT_EQ(what("BZhang wrote this log"), "");
  EXPECT_EQ(what("PK is a word"), "");
}

TEST(BinaryForms, ProtobufOfTelemetryIsToldByItsNames) {
  const std::string message = "\x0a\xc8\x03\x0a\x1f\x0a\x0cservice.name\x12\x06\x0a\x04shop"s;
  EXPECT_EQ(what(message), "it is telemetry as protobuf, and only JSON is read");
  EXPECT_NE(binary_form(message)->hint.find("OTEL_EXPORTER_OTLP_PROTOCOL=http/json"), std::string_view::npos);
  EXPECT_EQ(what("\x0a\xc8\x03\x0a\x1f other"), "") << "protobuf of something else";
  EXPECT_EQ(what(R"({"key":"service.name"})"), "") << "text";
  EXPECT_EQ(what(std::string(4096, ' ') + message), "") << "only the beginning is looked at";
}

TEST(BinaryForms, NothingIsNone) {
  EXPECT_EQ(what(""), "");
  EXPECT_EQ(what("\0"s), "");
}

}  // namespace
}  // namespace budgetcheck
