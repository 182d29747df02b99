// BMP, our own: 8 bits a channel, bottom row first as in memory. Grey as a palette, colour as 24 bits, colour with
// alpha as 32 bits with the masks of the version 4 header, which say that there is alpha. Reads 8, 24 and 32 bits,
// uncompressed.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "io/codecs.h"
#include "io/little_endian.h"
#include "io/row_converter.h"

namespace cookline {
namespace {

constexpr std::uint32_t file_header_bytes = 14, info_header_bytes = 40, v4_header_bytes = 108;
constexpr std::uint32_t uncompressed = 0, by_masks = 3;
constexpr std::int64_t max_bmp_bytes = 0xffff'0000;  // the header states the size of the file in 32 bits

std::int64_t padded(std::int64_t row_bytes) { return (row_bytes + 3) / 4 * 4; }

int bits_of(PixelFormat format) {
  switch (info(format).layout) {
    case Layout::mono:
      return 8;
    case Layout::rg:
    case Layout::rgb:
      return 24;
    default:
      return 32;
  }
}

void append_header(std::vector<std::byte>& file, const Image& image, int bits, std::uint32_t pixel_bytes) {
  const std::uint32_t header = bits == 32 ? v4_header_bytes : info_header_bytes;
  const std::uint32_t colours = bits == 8 ? 256 : 0;
  const std::uint32_t start = file_header_bytes + header + 4 * colours;
  file.push_back(std::byte('B'));
  file.push_back(std::byte('M'));
  for (const std::uint32_t value :
       {start + pixel_bytes, 0u, start, header, std::uint32_t(image.width()), std::uint32_t(image.height())})
    append_little_endian(file, value);
  append_little_endian(file, 1, 2);  // planes
  append_little_endian(file, std::uint32_t(bits), 2);
  const std::uint32_t scheme = bits == 32 ? by_masks : uncompressed;
  for (const std::uint32_t value : {scheme, pixel_bytes, 2835u, 2835u, colours, 0u})  // 72 pixels an inch
    append_little_endian(file, value);
  if (bits == 32) {
    for (const std::uint32_t mask : {0xff0000u, 0xff00u, 0xffu, 0xff000000u}) append_little_endian(file, mask);
    append_little_endian(file, 0x73524742);  // colour space: sRGB
    file.resize(file_header_bytes + v4_header_bytes);
  }
  for (std::uint32_t grey = 0; grey < colours; ++grey) append_little_endian(file, grey * 0x10101);
}

void append_rows(std::vector<std::byte>& file, const Image& image, int bits) {
  const auto pixel = std::size_t(bits / 8), width = std::size_t(image.width());
  RowConverter convert(image.format(), bits == 8 ? PixelFormat::mono8fixed : PixelFormat::rgba8fixed, image.width());
  std::vector<std::byte> row(width * (bits == 8 ? 1 : 4));
  const auto row_bytes = std::size_t(padded(std::int64_t(width * pixel)));
  std::size_t start = file.size();
  file.resize(start + row_bytes * std::size_t(image.height()));
  for (int y = 0; y < image.height(); ++y, start += row_bytes) {
    convert(image.row(y), row.data());
    if (bits == 8) {
      std::memcpy(file.data() + start, row.data(), width);
      continue;
    }
    for (std::size_t x = 0; x < width; ++x) {
      const std::byte bgra[4] = {row[4 * x + 2], row[4 * x + 1], row[4 * x], row[4 * x + 3]};
      std::memcpy(file.data() + start + x * pixel, bgra, pixel);
    }
  }
}

struct Source {
  std::int64_t width = 0, height = 0;
  bool top_first = false;
  int bits = 0;
  std::array<std::uint32_t, 4> masks = {0xff0000, 0xff00, 0xff, 0};  // red, green, blue, alpha
  std::size_t palette = 0, colours = 0;                              // where it begins, its length
  std::size_t pixels = 0;                                            // where they begin

  std::size_t row_bytes() const { return std::size_t(padded(width * bits / 8)); }
};

Error incomplete() { return failure("", "is a damaged or incomplete BMP file"); }

Result<Source> source_of(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  if (bytes.size() < file_header_bytes + info_header_bytes) return incomplete();
  const std::uint32_t header = little_endian_at(bytes, 14);
  if (header < info_header_bytes || header > 1024 || bytes.size() < file_header_bytes + header) return incomplete();
  Source s;
  s.width = std::int32_t(little_endian_at(bytes, 18));
  s.height = std::int32_t(little_endian_at(bytes, 22));
  s.top_first = s.height < 0;
  if (s.top_first) s.height = -s.height;
  if (const Status size = check_decoded_size(s.width, s.height, limits); !size) return size.error();
  s.bits = int(little_endian_at(bytes, 28, 2));
  const std::uint32_t scheme = little_endian_at(bytes, 30);
  const bool known =
      scheme == uncompressed ? s.bits == 8 || s.bits == 24 || s.bits == 32 : scheme == by_masks && s.bits == 32;
  if (!known)
    return project_error("", fmt::format("is a BMP of {} bits with compression {}, which is not read", s.bits, scheme),
                         "store it with 8, 24 or 32 bits, uncompressed");
  s.pixels = little_endian_at(bytes, 10);
  s.palette = file_header_bytes + header;
  if (s.bits == 8) {
    const std::uint32_t stated = little_endian_at(bytes, 46);
    s.colours = stated == 0 ? 256 : stated;
    if (s.colours > 256 || bytes.size() < s.palette + 4 * s.colours) return incomplete();
  }
  if (scheme == by_masks) {
    if (bytes.size() < 70) return incomplete();
    for (std::size_t c = 0; c < 4; ++c) s.masks[c] = c < 3 || header >= 56 ? little_endian_at(bytes, 54 + 4 * c) : 0;
  }
  if (s.pixels > bytes.size() || s.row_bytes() * std::size_t(s.height) > bytes.size() - s.pixels) return incomplete();
  return s;
}

// Where a mask's 8 bits begin, 0 to 24; nothing for other masks.
std::optional<int> shift_of(std::uint32_t mask) {
  const int shift = mask ? std::countr_zero(mask) : 0;
  return mask >> shift == 0xff ? std::optional(shift) : std::nullopt;
}

Result<Image> read_masked(std::span<const std::byte> bytes, const Source& s) {
  std::array<int, 4> shifts{};
  for (std::size_t c = 0; c < 4; ++c) {
    const auto shift = shift_of(s.masks[c]);
    if (!shift && (c < 3 || s.masks[c]))
      return project_error("", fmt::format("is a BMP whose channel has the bits {:#x}, which is not read", s.masks[c]),
                           "store it with 8 bits a channel");
    shifts[c] = shift.value_or(0);
  }
  Image image(int(s.width), int(s.height), PixelFormat::rgba8fixed);
  for (int y = 0; y < image.height(); ++y) {
    std::size_t from = s.pixels + s.row_bytes() * std::size_t(s.top_first ? image.height() - 1 - y : y);
    std::byte* to = image.row(y);
    for (int x = 0; x < image.width(); ++x, from += std::size_t(s.bits / 8), to += 4) {
      const std::uint32_t word = little_endian_at(bytes, from, s.bits / 8);
      for (std::size_t c = 0; c < 4; ++c) to[c] = s.masks[c] ? std::byte(word >> shifts[c]) : std::byte(255);
    }
  }
  return image;
}

bool is_grey(std::span<const std::byte> palette) {
  for (std::size_t i = 0; i + 4 <= palette.size(); i += 4)
    if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2]) return false;
  return true;
}

Result<Image> read_palette(std::span<const std::byte> bytes, const Source& s) {
  const auto palette = bytes.subspan(s.palette, 4 * s.colours);
  const bool grey = is_grey(palette);
  Image image(int(s.width), int(s.height), grey ? PixelFormat::mono8fixed : PixelFormat::rgba8fixed);
  for (int y = 0; y < image.height(); ++y) {
    const std::size_t from = s.pixels + s.row_bytes() * std::size_t(s.top_first ? image.height() - 1 - y : y);
    std::byte* to = image.row(y);
    for (std::size_t x = 0; x < std::size_t(s.width); ++x, to += grey ? 1 : 4) {
      const auto index = std::size_t(bytes[from + x]);
      if (index >= s.colours) return incomplete();
      const std::byte* const bgr = palette.data() + 4 * index;
      const std::byte rgba[4] = {bgr[2], bgr[1], bgr[0], std::byte(255)};
      std::memcpy(to, rgba, grey ? 1 : 4);
    }
  }
  return image;
}

}  // namespace

EncodedImage encode_bmp(const Image& image, const EncodeOptions&) {
  const int bits = bits_of(image.format());
  const std::int64_t bytes = padded(std::int64_t(image.width()) * bits / 8) * image.height();
  if (bytes > max_bmp_bytes)
    return project_error("", fmt::format("a picture of {} x {} pixels needs {} bytes, and a BMP holds at most {}",
                                         image.width(), image.height(), bytes, max_bmp_bytes));
  std::vector<std::byte> file;
  file.reserve(std::size_t(bytes) + file_header_bytes + v4_header_bytes + 1024);
  append_header(file, image, bits, std::uint32_t(bytes));
  append_rows(file, image, bits);
  return file;
}

Result<Image> decode_bmp(std::span<const std::byte> bytes, const DecodeLimits& limits) {
  const Result<Source> source = source_of(bytes, limits);
  if (!source) return source.error();
  return source->bits == 8 ? read_palette(bytes, *source) : read_masked(bytes, *source);
}

}  // namespace cookline
