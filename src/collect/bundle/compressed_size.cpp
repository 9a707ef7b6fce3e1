#include "collect/bundle/compressed_size.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <string_view>

#include "base/error.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kOutputBytes = std::size_t{64} << 10;
/// Added to the window's bits: zlib is to write or read the frame of a gzip file.
constexpr int kGzipFrame = 16;

/// Moves as much of `bytes` to the stream as zlib can count.
void give_input(z_stream& stream, std::string_view& bytes) {
  const std::size_t take = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(take);
  bytes.remove_prefix(take);
}

/// The smallest window that reaches back over the whole input, as the brotli program chooses it.
std::uint32_t brotli_window_bits(std::size_t size) {
  std::uint32_t bits = BROTLI_MIN_WINDOW_BITS;
  while (bits < BROTLI_MAX_WINDOW_BITS && (std::size_t{1} << bits) - 16 < size) {
    ++bits;
  }
  return bits;
}

}  // namespace

std::uint64_t gzip_size(std::string_view bytes) {
  constexpr int kMemoryLevel = 8;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzipFrame, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw InternalError("zlib cannot start");
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, deflateEnd);
  std::array<Bytef, kOutputBytes> output;
  std::uint64_t total = 0;
  int state = Z_OK;
  while (state != Z_STREAM_END) {
    if (stream.avail_in == 0 && !bytes.empty()) {
      give_input(stream, bytes);
    }
    stream.next_out = output.data();
    stream.avail_out = static_cast<uInt>(output.size());
    state = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
    if (state != Z_OK && state != Z_STREAM_END) {
      throw InternalError("zlib failed");
    }
    total += output.size() - stream.avail_out;
  }
  return total;
}

std::uint64_t brotli_size(std::string_view bytes) {
  const std::unique_ptr<BrotliEncoderState, void (*)(BrotliEncoderState*)> encoder(
      BrotliEncoderCreateInstance(nullptr, nullptr, nullptr), BrotliEncoderDestroyInstance);
  if (!encoder) {
    throw InternalError("brotli cannot start");
  }
  constexpr std::size_t kMaxHint = std::size_t{1} << 30;
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY);
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_LGWIN, brotli_window_bits(bytes.size()));
  BrotliEncoderSetParameter(encoder.get(), BROTLI_PARAM_SIZE_HINT,
                            static_cast<std::uint32_t>(std::min(bytes.size(), kMaxHint)));
  std::array<std::uint8_t, kOutputBytes> output;
  std::uint64_t total = 0;
  std::size_t left = bytes.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(bytes.data());
  // Two steps, as the program does: all of the input, and only then the end. In one step the encoder sees the end
  // coming and cuts its last block elsewhere.
  for (const BrotliEncoderOperation operation : {BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FINISH}) {
    do {
      std::size_t room = output.size();
      std::uint8_t* to = output.data();
      if (BrotliEncoderCompressStream(encoder.get(), operation, &left, &next, &room, &to, nullptr) == BROTLI_FALSE) {
        throw InternalError("brotli failed");
      }
      total += output.size() - room;
    } while (left != 0 || BrotliEncoderHasMoreOutput(encoder.get()) == BROTLI_TRUE);
  }
  return total;
}

bool gzip_holds(std::string_view gzip, std::string_view bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, MAX_WBITS + kGzipFrame) != Z_OK) {
    throw InternalError("zlib cannot start");
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, inflateEnd);
  std::array<Bytef, kOutputBytes> output;
  int state = Z_OK;
  while (state == Z_OK) {
    if (stream.avail_in == 0) {
      give_input(stream, gzip);
    }
    stream.next_out = output.data();
    stream.avail_out = static_cast<uInt>(output.size());
    state = inflate(&stream, Z_NO_FLUSH);  // checks the length and the sum behind the end, too
    const std::string_view got(reinterpret_cast<const char*>(output.data()), output.size() - stream.avail_out);
    if (!bytes.starts_with(got)) {
      return false;
    }
    bytes.remove_prefix(got.size());
  }
  return state == Z_STREAM_END && bytes.empty() && stream.avail_in == 0 && gzip.empty();
}

bool brotli_holds(std::string_view brotli, std::string_view bytes) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> decoder(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (!decoder) {
    throw InternalError("brotli cannot start");
  }
  std::array<std::uint8_t, kOutputBytes> output;
  std::size_t left = brotli.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(brotli.data());
  BrotliDecoderResult state = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (state == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    std::size_t room = output.size();
    std::uint8_t* to = output.data();
    state = BrotliDecoderDecompressStream(decoder.get(), &left, &next, &room, &to, nullptr);
    const std::string_view got(reinterpret_cast<const char*>(output.data()), output.size() - room);
    if (!bytes.starts_with(got)) {
      return false;
    }
    bytes.remove_prefix(got.size());
  }
  return state == BROTLI_DECODER_RESULT_SUCCESS && left == 0 && bytes.empty();
}

std::map<std::string, std::string> compressors(bool found, bool brotli) {
  const std::string_view version = zlibVersion();
  const std::string before = found ? "as built, else " : "";
  std::map<std::string, std::string> out{
      {"gzip", before + (version.find("ng") == std::string_view::npos ? "zlib 9" : "zlib-ng 9")}};
  if (brotli) {
    out["brotli"] = before + "brotli 11";
  }
  return out;
}

}  // namespace budgetcheck
