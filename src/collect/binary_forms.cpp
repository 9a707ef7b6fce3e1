#include "collect/binary_forms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace budgetcheck {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLooked = 4096;

struct Packer {
  std::string_view magic;
  std::string_view name;
  std::string_view hint;
};

constexpr std::array kPackers{
    Packer{"\x28\xB5\x2F\xFD"sv, "zstd",
           "unpack it first (zstd -d FILE), or leave 'compression: zstd' out of the Collector's file exporter"},
    Packer{"\xFD"
           "7zXZ\0"sv,
           "xz", "unpack it first (xz -d FILE), and pass the file that comes out of it"},
    Packer{"BZh"sv, "bzip2", "unpack it first (bzip2 -d FILE), and pass the file that comes out of it"},
    Packer{"\x04\x22\x4D\x18"sv, "lz4", "unpack it first (lz4 -d FILE), and pass the file that comes out of it"},
    Packer{"PK\x03\x04"sv, "zip", "unpack it first (unzip FILE), and pass the file that is in it"},
};

/// Lengths and field numbers are bytes that no text has.
bool has_binary_bytes(std::string_view head) {
  return std::any_of(head.begin(), head.end(), [](char c) { return c >= '\0' && c < '\t'; });
}

/// Messages of OpenTelemetry: names of attributes stand in them as they are.
bool is_telemetry(std::string_view head) {
  constexpr std::array kNames{"service.name"sv, "telemetry.sdk."sv, "opentelemetry"sv, "http.request.method"sv};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return head.find(name) != std::string_view::npos; });
}

}  // namespace

std::optional<BinaryForm> binary_form(std::string_view bytes) {
  for (const Packer& packer : kPackers) {
    const bool is_text = packer.name == "bzip2" && !has_binary_bytes(bytes.substr(0, kLooked));
    if (bytes.starts_with(packer.magic) && !is_text) {
      return BinaryForm{fmt::format("it is packed by {}, which is not unpacked here", packer.name), packer.hint};
    }
  }
  const std::string_view head = bytes.substr(0, kLooked);
  if (has_binary_bytes(head) && is_telemetry(head)) {
    return BinaryForm{"it is telemetry as protobuf, and only JSON is read",
                      "write JSON: 'format: json' in the Collector's file exporter (the default), or an exporter whose "
                      "protocol is http/json (OTEL_EXPORTER_OTLP_PROTOCOL=http/json)"};
  }
  return std::nullopt;
}

}  // namespace budgetcheck
